use serde_json::{Value, json};

use super::{slot_path, slot_with};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn two_mentors_in_each_core_week_at_once(world: World) {
        let fac = world.coming_fac(4, 1);
        let (slots, batch) = (format!("/v1/cohorts/{}/mentor-slots", fac.cohort), format!("/v1/cohorts/{}/mentor-slots/batch", fac.cohort));
        fac.facilitator.patch(&format!("/v1/cohorts/{}/weeks/3", fac.cohort), json!({"phase": "client"})).is(200);
        let pattern = |differences: Value| {
            let mut body = json!({
                "phase": "core", "kind": "week", "min": 1, "capacity": 1, "mentor_role": "lead", "part_of_week": "mornings",
                "place": "Finsbury Park", "url": "https://meet.example/fac",
            });
            body.as_object_mut().unwrap().extend(differences.as_object().unwrap().clone());
            body
        };
        let made = fac.facilitator.post(&batch, pattern(json!({}))).is(201);
        assert_eq!(made.header("location"), slots);
        let weeks = |answer: &Value| -> Vec<i64> {
            answer["data"].as_array().unwrap().iter().map(|slot| slot["week"].as_i64().unwrap()).collect()
        };
        assert_eq!(weeks(&made.json), [1, 2, 4]);
        let first = &made.data()[0];
        let told = ["mentor_role", "part_of_week", "place", "url", "starts_at"].map(|name| first[name].clone());
        assert_eq!(told, [json!("lead"), json!("mornings"), json!("Finsbury Park"), json!("https://meet.example/fac"), Value::Null]);
        assert_eq!(&fac.students[0].get(&slot_path(first["id"].as_str().unwrap())).is(200).json, first);
        let mut support = pattern(json!({"weeks": [4, 2], "mentor_role": "support"}));
        support.as_object_mut().unwrap().remove("phase");
        assert_eq!(weeks(&fac.organiser.post(&batch, support.clone()).is(201).json), [2, 4]);

        // The second time only what is missing is made.
        let again = fac.facilitator.post(&batch, pattern(json!({}))).is(200);
        let exists = [1, 2, 4].map(|week| json!({"week": week, "reason": "exists"}));
        assert_eq!((&again.json["data"], &again.json["left_out"]), (&json!([]), &json!(exists)));
        fac.facilitator.delete(&slot_path(first["id"].as_str().unwrap())).is(204);
        let again = fac.facilitator.post(&batch, pattern(json!({}))).is(201);
        assert_eq!((weeks(&again.json), again.json["left_out"].as_array().unwrap().len()), (vec![1], 2));

        // All of them or none, and each fault by its name.
        let refused = |body: Value, pointer: &str, code: &str| fac.facilitator.post(&batch, body).field(pointer, code);
        refused(pattern(json!({"weeks": [1]})), "/phase", "invalid");
        refused(pattern(json!({"phase": "employment"})), "/phase", "not_found");
        refused(pattern(json!({"min": 2})), "/min", "invalid");
        let mut weeks_of = |weeks: Value, pointer: &str, code: &str| {
            support["weeks"] = weeks;
            refused(support.clone(), pointer, code);
        };
        weeks_of(json!([]), "/weeks", "invalid");
        weeks_of(json!([1, 5]), "/weeks/1", "not_found");
        weeks_of(json!([1, 2, 1]), "/weeks/2", "invalid");
        support.as_object_mut().unwrap().remove("weeks");
        refused(support.clone(), "/weeks", "required");
        assert_eq!(fac.facilitator.get(&slots).is(200).data().len(), 5);
        fac.students[0].post(&batch, pattern(json!({}))).problem(403, "forbidden");
        world.nobody().post(&batch, pattern(json!({}))).problem(401, "authentication_required");
        world.set_status(&fac, "graduated");
        fac.facilitator.post(&batch, pattern(json!({}))).problem(409, "conflict");
    }

    fn weeks_of_a_phase_that_are_over_are_filled_if_somebody_asks(world: World) {
        let fac = world.coming_fac(3, 0);
        world.begin_week(&fac, 1, -14);
        world.begin_week(&fac, 2, -2);
        let batch = |body: Value| fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots/batch", fac.cohort), body).is(201).json;
        let weeks = |answer: &Value| -> Vec<i64> {
            answer["data"].as_array().unwrap().iter().map(|slot| slot["week"].as_i64().unwrap()).collect()
        };
        let slots = |more: Value| {
            let mut body = json!({"kind": "week", "min": 1, "capacity": 1});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        let made = batch(slots(json!({"phase": "core"})));
        assert_eq!((weeks(&made), &made["left_out"]), (vec![2, 3], &json!([{"week": 1, "reason": "past"}])));
        assert_eq!(weeks(&batch(slots(json!({"phase": "core", "include_past": true})))), [1]);
        assert_eq!(weeks(&batch(slots(json!({"weeks": [1], "kind": "role"})))), [1]);
    }

    fn what_is_said_of_a_slot_can_be_changed_and_taken_back(world: World) {
        let fac = world.coming_fac(2, 0);
        let slot = slot_path(&slot_with(&fac, json!({"place": "Nazareth", "part_of_week": "evenings"})));
        let changed = fac.facilitator.patch(&slot, json!({"place": null, "url": "https://meet.example/b"})).is(200);
        assert_eq!((&changed.json["place"], &changed.json["part_of_week"]), (&Value::Null, &json!("evenings")));
        let times = json!({"starts_at": "2099-01-06T10:00:00Z", "ends_at": "2099-01-06T12:00:00Z"});
        fac.facilitator.patch(&slot, times.clone()).field("/part_of_week", "invalid");
        let mut with_times = times;
        with_times["part_of_week"] = Value::Null;
        fac.facilitator.patch(&slot, with_times).is(200);
        fac.facilitator.patch(&slot, json!({"url": "meet"})).field("/url", "invalid");
        fac.facilitator.patch(&slot, json!({"mentor_role": "boss"})).field("/mentor_role", "invalid");
    }
}
