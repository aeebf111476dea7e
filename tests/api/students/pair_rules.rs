use serde_json::json;

use super::{enrolment, mentor};
use crate::{
    harness::{Fac, World},
    on_every_database,
};

fn rules(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/pair-rules", fac.cohort)
}

on_every_database! {
    fn staff_keep_two_apart_or_together(world: World) {
        let fac = world.fac(4, 3);
        let [a, b, c] = [&fac.students[0].id, &fac.students[1].id, &fac.students[2].id];
        let apart = fac.facilitator.post(&rules(&fac), json!({"kind": "apart", "people": [b, a], "from_week": 2})).is(201);
        assert_eq!(apart.header("location"), format!("/v1/pair-rules/{}", apart.id()));
        assert_eq!((&apart.json["from_week"], &apart.json["to_week"]), (&json!(2), &json!(null)));
        assert_eq!(apart.json["created_by"]["id"], json!(fac.facilitator.id));
        let names: Vec<_> = apart.json["people"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(names, [&json!(a), &json!(b)]);
        assert_eq!(fac.organiser.get(apart.header("location")).is(200).json, apart.json);
        let together = fac.facilitator.post(&rules(&fac), json!({"kind": "together", "people": [a, c]})).is(201);
        let listed = fac.organiser.get(&rules(&fac)).is(200);
        assert_eq!(listed.data(), &vec![apart.json.clone(), together.json]);
        let page = fac.organiser.get(&format!("{}?limit=1", rules(&fac))).is(200);
        let cursor = page.json["page"]["next_cursor"].as_str().unwrap();
        assert_eq!(fac.organiser.get(&format!("{}?cursor={cursor}", rules(&fac))).data()[0]["kind"], "together");
        fac.organiser.delete(apart.header("location")).is(204);
        fac.organiser.delete(apart.header("location")).problem(404, "not_found");
        assert_eq!(fac.organiser.get(&rules(&fac)).data().len(), 1);
    }

    fn the_same_and_the_contrary_are_refused_by_name(world: World) {
        let fac = world.fac(4, 2);
        let [a, b] = [&fac.students[0].id, &fac.students[1].id];
        let post = |body| fac.facilitator.post(&rules(&fac), body);
        let id = post(json!({"kind": "apart", "people": [a, b], "from_week": 2, "to_week": 3})).is(201).id();
        for body in [
            json!({"kind": "apart", "people": [b, a], "from_week": 2, "to_week": 3}),
            json!({"kind": "together", "people": [a, b]}),
            json!({"kind": "together", "people": [a, b], "from_week": 3}),
        ] {
            let refused = post(body).problem(409, "conflict");
            assert_eq!(refused.json["pair_rule_id"], json!(id));
            assert!(refused.json["detail"].as_str().unwrap().contains(&id));
        }
        assert_eq!(fac.facilitator.get(&rules(&fac)).data().len(), 1);
        post(json!({"kind": "together", "people": [a, b], "from_week": 4})).is(201);
    }

    fn refuses_what_is_not_right_and_changes_nothing(world: World) {
        let (fac, other) = (world.fac(4, 3), world.campus_with_cohort("other", 4, 1));
        let [a, b] = [&fac.students[0].id, &fac.students[1].id];
        let gone = &fac.students[2];
        fac.facilitator.patch(&enrolment(&fac, gone), json!({"status": "withdrawn"})).is(200);
        let post = |body| fac.facilitator.post(&rules(&fac), body);
        for (people, pointer) in [
            (json!([other.students[0].id, b]), "/people/0"),
            (json!([a, fac.facilitator.id]), "/people/1"),
            (json!([a, gone.id]), "/people/1"),
            (json!([a, "0ds8x2v4fmg00"]), "/people/1"),
        ] {
            post(json!({"kind": "apart", "people": people})).field(pointer, "not_found");
        }
        for (body, pointer, code) in [
            (json!({"kind": "apart", "people": [a, a]}), "/people/1", "invalid"),
            (json!({"kind": "apart", "people": [a]}), "/people", "invalid"),
            (json!({"kind": "apart", "people": [a, b, a]}), "/people", "invalid"),
            (json!({"kind": "near", "people": [a, b]}), "/kind", "invalid"),
            (json!({"people": [a, b]}), "/kind", "required"),
            (json!({"kind": "apart", "people": [a, b], "from_week": 5}), "/from_week", "not_found"),
            (json!({"kind": "apart", "people": [a, b], "from_week": 0}), "/from_week", "not_found"),
            (json!({"kind": "apart", "people": [a, b], "to_week": 5}), "/to_week", "not_found"),
            (json!({"kind": "apart", "people": [a, b], "from_week": 3, "to_week": 2}), "/to_week", "invalid"),
            (json!({"kind": "apart", "people": [a, b], "why": "x"}), "/why", "unknown"),
        ] {
            let answer = post(body.clone()).is(422);
            let error = &answer.json["errors"][0];
            assert!(error["pointer"].as_str().unwrap().starts_with(pointer), "{body}: {}", answer.text);
            assert_eq!(error["code"], code, "{body}");
        }
        assert!(fac.facilitator.get(&rules(&fac)).data().is_empty());
    }

    fn for_all_others_they_do_not_exist(world: World) {
        let (fac, other) = (world.fac(4, 2), world.campus_with_cohort("other", 4, 1));
        let [a, b] = [&fac.students[0], &fac.students[1]];
        let body = json!({"kind": "apart", "people": [a.id, b.id]});
        let rule = fac.facilitator.post(&rules(&fac), body.clone()).is(201).header("location").to_owned();
        let (mentor, alumna) = (mentor(&world, &fac, "Mentor"), world.alumnus(&fac, "Alumna"));
        for outsider in [&mentor, &alumna, &other.students[0], &other.organiser, a, b] {
            outsider.get(&rules(&fac)).problem(404, "not_found");
            outsider.get(&rule).problem(404, "not_found");
            outsider.delete(&rule).problem(404, "not_found");
        }
        for outsider in [&mentor, &alumna, &other.students[0], &other.organiser] {
            outsider.post(&rules(&fac), body.clone()).problem(404, "not_found");
        }
        let nobody = world.nobody();
        nobody.get(&rules(&fac)).problem(401, "authentication_required");
        nobody.post(&rules(&fac), body).problem(401, "authentication_required");
        assert_eq!(fac.facilitator.get(&rules(&fac)).data().len(), 1);
    }

    fn a_student_asks_in_confidence_and_learns_nothing(world: World) {
        let fac = world.fac(4, 3);
        let [a, b, c] = [&fac.students[0], &fac.students[1], &fac.students[2]];
        fac.facilitator.post(&rules(&fac), json!({"kind": "together", "people": [a.id, b.id], "to_week": 2})).is(201);
        let wish = json!({"kind": "apart", "people": [a.id, b.id]});
        let heard = a.post(&rules(&fac), wish.clone()).is(201);
        assert_eq!(heard.json, json!({"id": heard.id(), "kind": "apart"}));
        // Asked again it is the same wish; asked by the other it is one more, and neither can tell.
        assert_eq!(a.post(&rules(&fac), wish.clone()).is(201).json, heard.json);
        let other = b.post(&rules(&fac), wish).is(201);
        assert_ne!(other.id(), heard.id());
        let seen = fac.facilitator.get(&rules(&fac)).is(200);
        let by: Vec<_> = seen.data().iter().map(|one| &one["created_by"]["id"]).collect();
        assert_eq!(by, [&json!(fac.facilitator.id), &json!(a.id), &json!(b.id)]);
        a.get(heard.header("location")).problem(404, "not_found");
        a.delete(heard.header("location")).problem(404, "not_found");
        a.post(&rules(&fac), json!({"kind": "together", "people": [a.id, c.id]})).problem(403, "forbidden");
        a.post(&rules(&fac), json!({"kind": "apart", "people": [b.id, c.id]})).problem(403, "forbidden");
        a.post(&rules(&fac), json!({"kind": "apart", "people": [a.id, fac.organiser.id]})).field("/people/1", "not_found");
        assert_eq!(fac.facilitator.get(&rules(&fac)).data().len(), 3);
    }
}
