use serde_json::{Value, json};

use super::{places, sign_ups_path, slot, slot_path, slot_with};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn staff_note_who_came(world: World) {
        let fac = world.coming_fac(2, 1);
        let slot = slot(&fac, 1);
        let alumni = ["A", "B"].map(|name| world.alumnus(&fac, name));
        for alumna in &alumni {
            alumna.post(&sign_ups_path(&slot), Value::Null).is(201);
        }
        world.begin_week(&fac, 1, 0);
        let of = |n: usize| format!("{}/{}", sign_ups_path(&slot), alumni[n].id);
        let tag = fac.facilitator.get(&of(0)).is(200).header("etag").to_owned();
        let came = fac.facilitator.with("If-Match", &tag).patch(&of(0), json!({"status": "attended"})).is(200);
        assert_eq!((&came.json["status"], &came.json["version"]), (&json!("attended"), &json!(2)));
        fac.facilitator.with("If-Match", &tag).patch(&of(0), json!({"status": "no_show"})).problem(412, "precondition_failed");
        assert_eq!(fac.organiser.patch(&of(0), json!({"status": "no_show"})).is(200).json["status"], "no_show");

        fac.facilitator.patch(&of(1), json!({"status": "attended"})).problem(409, "invalid_transition");
        fac.facilitator.patch(&of(0), json!({"status": "confirmed"})).field("/status", "invalid");
        fac.facilitator.patch(&of(0), json!({})).field("/status", "required");
        // What came of a place stays: it is not given up, nor removed, nor passed on.
        alumni[0].delete(&format!("{}/me", sign_ups_path(&slot))).problem(409, "invalid_transition");
        fac.facilitator.delete(&of(0)).problem(409, "invalid_transition");
        fac.facilitator.delete(&slot_path(&slot)).problem(409, "conflict");
        assert_eq!(places(&fac, &slot), [1, 0, 1]);
    }

    fn only_staff_and_not_before_the_week(world: World) {
        let fac = world.coming_fac(2, 1);
        let later = slot_with(&fac, json!({"week": 2}));
        let alumna = world.alumnus(&fac, "A");
        alumna.post(&sign_ups_path(&later), Value::Null).is(201);
        let path = format!("{}/{}", sign_ups_path(&later), alumna.id);
        let body = json!({"status": "attended"});
        world.nobody().patch(&path, body.clone()).problem(401, "authentication_required");
        world.person("Stranger").patch(&path, body.clone()).problem(404, "not_found");
        for caller in [&fac.students[0], &alumna] {
            caller.patch(&path, body.clone()).problem(403, "forbidden");
        }
        fac.facilitator.patch(&format!("{}/{}", sign_ups_path(&later), fac.students[0].id), body.clone()).problem(404, "not_found");
        fac.facilitator.patch(&path, body).problem(409, "conflict");
        assert_eq!(alumna.get(&path).is(200).json["status"], "confirmed");
    }
}
