use serde_json::{Value, json};

use super::{mails, places, sign_ups_path, slot, slot_with};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn alumni_take_places_and_wait_in_line(world: World) {
        let fac = world.coming_fac(2, 1);
        let slot = slot(&fac, 1);
        let path = sign_ups_path(&slot);
        let alumni = ["A", "B", "C"].map(|name| world.alumnus(&fac, name));
        let first = alumni[0].post(&path, Value::Null).is(201);
        assert_eq!(first.header("location"), format!("{path}/{}", alumni[0].id));
        assert_eq!((&first.json["status"], &first.json["slot_id"]), (&json!("confirmed"), &json!(slot)));
        assert_eq!(first.json["person"], json!({"id": alumni[0].id, "name": "A", "github": null, "claimed": true, "email": alumni[0].email}));
        assert!(first.json.get("position").is_none());
        assert_eq!(alumni[0].get(first.header("location")).is(200).json, first.json);
        for (alumna, position) in [(&alumni[1], 1), (&alumni[2], 2)] {
            let answer = alumna.post(&path, Value::Null).is(201).json;
            assert_eq!((&answer["status"], &answer["position"]), (&json!("waitlisted"), &json!(position)));
        }
        alumni[0].post(&path, Value::Null).problem(409, "already_signed_up");
        alumni[1].post(&path, Value::Null).problem(409, "already_signed_up");
        assert_eq!(places(&fac, &slot), [1, 0, 2]);

        let list = fac.students[0].get(&path).is(200);
        let seen: Vec<_> = list.data().iter().map(|one| (&one["person"]["name"], &one["status"], &one["position"])).collect();
        assert_eq!(seen, [
            (&json!("A"), &json!("confirmed"), &Value::Null),
            (&json!("B"), &json!("waitlisted"), &json!(1)),
            (&json!("C"), &json!("waitlisted"), &json!(2)),
        ]);
        assert!(!list.text.contains("@example.org"));
        let page = fac.facilitator.get(&format!("{path}?limit=2")).is(200);
        let next = format!("{path}?limit=2&cursor={}", page.json["page"]["next_cursor"].as_str().unwrap());
        assert_eq!(fac.facilitator.get(&next).is(200).data()[0]["position"], 2);
    }

    fn the_next_in_line_gets_a_place_that_is_given_up(world: World) {
        let fac = world.coming_fac(2, 0);
        let slot = slot(&fac, 1);
        let path = sign_ups_path(&slot);
        let alumni = ["A", "B", "C"].map(|name| world.alumnus(&fac, name));
        for alumna in &alumni {
            alumna.post(&path, Value::Null).is(201);
        }
        let stands = |person: &crate::harness::User| {
            let json = fac.facilitator.get(&format!("{path}/{}", person.id)).is(200).json;
            (json["status"].as_str().unwrap().to_owned(), json["position"].as_i64())
        };
        alumni[0].delete(&format!("{path}/me")).is(204);
        assert_eq!(stands(&alumni[1]), ("confirmed".into(), None));
        assert_eq!(stands(&alumni[2]), ("waitlisted".into(), Some(1)));
        assert_eq!(mails(&world), [(alumni[1].email.clone(), "You have a place: week 1 of fac".into())]);
        alumni[0].delete(&format!("{path}/me")).problem(404, "not_found");
        alumni[0].get(&format!("{path}/{}", alumni[0].id)).problem(404, "not_found");

        // Whoever comes back comes last; whoever waits may leave the line without moving anybody up.
        assert_eq!(alumni[0].post(&path, Value::Null).is(201).json["position"], 2);
        alumni[2].delete(&format!("{path}/me")).is(204);
        assert_eq!(stands(&alumni[0]), ("waitlisted".into(), Some(1)));
        assert_eq!((places(&fac, &slot), mails(&world).len()), ([1, 0, 1], 1));
    }

    fn a_cancellation_by_staff_does_not_bypass_the_line(world: World) {
        let fac = world.coming_fac(2, 1);
        let slot = slot(&fac, 1);
        let path = sign_ups_path(&slot);
        let alumni = ["A", "B"].map(|name| world.alumnus(&fac, name));
        for alumna in &alumni {
            alumna.post(&path, Value::Null).is(201);
        }
        let of_a = format!("{path}/{}", alumni[0].id);
        world.nobody().delete(&of_a).problem(401, "authentication_required");
        world.person("Stranger").delete(&of_a).problem(404, "not_found");
        fac.students[0].delete(&of_a).problem(403, "forbidden");
        alumni[1].delete(&of_a).problem(403, "forbidden");
        fac.facilitator.delete(&format!("{path}/{}", fac.students[0].id)).problem(404, "not_found");
        fac.facilitator.delete(&of_a).is(204);
        assert_eq!(fac.facilitator.get(&format!("{path}/{}", alumni[1].id)).is(200).json["status"], "confirmed");
        let told = [
            (alumni[1].email.clone(), "You have a place: week 1 of fac".to_owned()),
            (alumni[0].email.clone(), "Your sign-up was cancelled: week 1 of fac".to_owned()),
        ];
        assert_eq!(mails(&world), told);
    }

    fn who_may_sign_up(world: World) {
        let fac = world.coming_fac(2, 1);
        let elsewhere = world.campus_with_cohort("gaza", 2, 1);
        let slot = slot(&fac, 9);
        let path = sign_ups_path(&slot);
        world.nobody().post(&path, Value::Null).problem(401, "authentication_required");
        // That the slot exists is no secret to whoever has an account: they learn why not.
        for caller in [&world.person("Stranger"), &fac.students[0], &elsewhere.students[0], &elsewhere.facilitator, &world.alumnus(&elsewhere, "B")] {
            caller.post(&path, Value::Null).problem(403, "not_alumni");
        }
        assert_eq!(places(&fac, &slot), [0, 9, 0]);
        for caller in [&fac.facilitator, &fac.organiser, &world.alumnus(&fac, "A")] {
            assert_eq!(caller.post(&path, Value::Null).is(201).json["status"], "confirmed");
        }
        world.alumnus(&fac, "C").post(&sign_ups_path(&fac.cohort), Value::Null).problem(404, "not_found");
        world.person("D").get(&path).problem(404, "not_found");
        world.nobody().get(&path).problem(401, "authentication_required");
        assert_eq!(places(&fac, &slot), [3, 6, 0]);
    }

    fn a_cohort_that_is_over_gives_no_more_places(world: World) {
        let fac = world.coming_fac(2, 0);
        let slot = slot(&fac, 1);
        let path = sign_ups_path(&slot);
        let alumni = ["A", "B", "C"].map(|name| world.alumnus(&fac, name));
        for alumna in &alumni[..2] {
            alumna.post(&path, Value::Null).is(201);
        }
        world.set_status(&fac, "cancelled");
        alumni[2].post(&path, Value::Null).problem(409, "conflict");
        alumni[0].delete(&format!("{path}/me")).is(204);
        assert_eq!((places(&fac, &slot), mails(&world)), ([0, 1, 1], Vec::new()));
    }

    fn nobody_can_be_in_two_places(world: World) {
        let fac = world.coming_fac(2, 0);
        let at = |from: &str, to: &str| {
            let time = |clock: &str| format!("2099-01-06T{clock}:00Z");
            slot_with(&fac, json!({"starts_at": time(from), "ends_at": time(to)}))
        };
        let (morning, noon, evening, whole_week) =
            (at("09:00", "12:00"), at("11:00", "14:00"), at("14:00", "17:00"), slot(&fac, 1));
        let (a, b) = (world.alumnus(&fac, "A"), world.alumnus(&fac, "B"));
        a.post(&sign_ups_path(&morning), Value::Null).is(201);
        let refused = a.post(&sign_ups_path(&noon), Value::Null).problem(409, "conflict");
        let named = "a mentor slot in week 1, 2099-01-06 09:00 to 2099-01-06 12:00 (Europe/London)";
        assert!(refused.json["detail"].as_str().unwrap().contains(named), "{}", refused.text);
        assert_eq!(refused.json["slot_id"], json!(morning));
        a.post(&sign_ups_path(&evening), Value::Null).is(201);
        a.post(&sign_ups_path(&whole_week), Value::Null).is(201);
        // Whoever waits could be promoted any moment, so waiting counts as well.
        b.post(&sign_ups_path(&morning), Value::Null).is(201);
        b.post(&sign_ups_path(&noon), Value::Null).problem(409, "conflict");
        b.delete(&format!("{}/me", sign_ups_path(&morning))).is(204);
        b.post(&sign_ups_path(&noon), Value::Null).is(201);
        assert_eq!(places(&fac, &noon), [1, 0, 0]);
    }

    fn nobody_mentors_two_cohorts_on_the_same_days(world: World) {
        let (fac, other) = (world.fac(2, 0), world.campus_with_cohort("other", 2, 0));
        other.organiser.put(&format!("/v1/campuses/{}/alumni-sources/{}", other.campus, fac.campus), Value::Null).is(204);
        for (fac, week, days) in [(&fac, 1, 7), (&other, 1, 7), (&other, 2, 14)] {
            world.begin_week(fac, week, days);
        }
        let a = world.alumnus(&fac, "A");
        let own = slot_with(&fac, json!({"part_of_week": "first_half"}));
        let [there, second_half, next] = [
            json!({}),
            json!({"part_of_week": "second_half"}),
            json!({"week": 2}),
        ]
        .map(|differences| slot_with(&other, differences));
        a.post(&sign_ups_path(&own), Value::Null).is(201);
        let refused = a.post(&sign_ups_path(&there), Value::Null).problem(409, "conflict");
        assert!(refused.text.contains(&own), "{}", refused.text);
        a.post(&sign_ups_path(&second_half), Value::Null).is(201);
        a.post(&sign_ups_path(&next), Value::Null).is(201);
    }

    fn a_sign_up_sent_twice_is_done_once(world: World) {
        let fac = world.coming_fac(2, 0);
        let slot = slot(&fac, 2);
        let alumna = world.alumnus(&fac, "A").with("Idempotency-Key", "tap");
        let first = alumna.post(&sign_ups_path(&slot), Value::Null).is(201);
        let again = alumna.post(&sign_ups_path(&slot), Value::Null).is(201);
        assert_eq!((first.json, again.header("idempotent-replayed")), (again.json.clone(), "true"));
        assert_eq!(places(&fac, &slot), [1, 1, 0]);
    }

    fn lists_what_somebody_gave(world: World) {
        let fac = world.coming_fac(2, 0);
        let (a, b) = (world.alumnus(&fac, "A"), world.alumnus(&fac, "B"));
        let (early, late) = (slot(&fac, 1), slot_with(&fac, json!({"week": 2, "kind": "employment"})));
        b.post(&sign_ups_path(&late), Value::Null).is(201);
        for slot in [&early, &late] {
            a.post(&sign_ups_path(slot), Value::Null).is(201);
        }
        a.delete(&format!("{}/me", sign_ups_path(&early))).is(204);
        let mine = a.get("/v1/me/sign-ups").is(200);
        assert_eq!(mine.header("cache-control"), "no-store");
        let item = &mine.data()[0];
        assert_eq!((&item["status"], &item["position"]), (&json!("waitlisted"), &json!(1)));
        assert_eq!((&item["slot_id"], &item["kind"]), (&json!(late), &json!("employment")));
        assert_eq!((&item["week"]["number"], &item["week"]["starts_on"]), (&json!(2), &json!("2099-01-12")));
        assert_eq!((&item["cohort"]["id"], &item["cohort"]["slug"]), (&json!(fac.cohort), &json!("fac")));
        let names: Vec<&Value> = item["mentors"].as_array().unwrap().iter().map(|mentor| &mentor["name"]).collect();
        assert_eq!((names, &item["time_zone"], &item["starts_local"]), (vec![&json!("B")], &json!("Europe/London"), &Value::Null));
        assert_eq!((&mine.data()[1]["status"], &mine.data()[1]["mentors"]), (&json!("cancelled"), &json!([])));
        assert_eq!(a.get("/v1/me/sign-ups?status=cancelled").is(200).data().len(), 1);
        let page = a.get("/v1/me/sign-ups?limit=1").is(200);
        let next = page.json["page"]["next_cursor"].as_str().unwrap();
        let rest = a.get(&format!("/v1/me/sign-ups?limit=1&cursor={next}")).is(200);
        assert_eq!((rest.data(), &rest.json["page"]["has_more"]), (&vec![mine.data()[1].clone()], &json!(false)));
        assert_eq!(b.get("/v1/me/sign-ups").is(200).data().len(), 1);
        world.nobody().get("/v1/me/sign-ups").problem(401, "authentication_required");
        a.get("/v1/me/sign-ups?status=late").problem(400, "invalid_parameter");
    }
}
