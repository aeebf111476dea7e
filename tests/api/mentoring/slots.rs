use serde_json::{Value, json};

use super::{mails, places, sign_ups_path, slot, slot_path, slot_with};
use crate::{harness::World, on_every_database};

fn good() -> Value {
    json!({"week": 2, "kind": "week", "min": 2, "capacity": 4})
}

fn with(field: &str, value: Value) -> Value {
    let mut body = good();
    body[field] = value;
    body
}

on_every_database! {
    fn staff_ask_for_mentors(world: World) {
        let fac = world.coming_fac(3, 1);
        let path = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let made = fac.facilitator.post(&path, good()).is(201);
        assert_eq!(made.header("location"), slot_path(&made.id()));
        let expected = json!({
            "id": made.id(), "cohort_id": fac.cohort, "week": 2, "kind": "week", "min": 2, "capacity": 4,
            "starts_at": null, "ends_at": null, "confirmed": 0, "remaining": 4, "waitlisted": 0, "mentors": [], "version": 1,
            "part_of_week": null, "place": null, "url": null, "mentor_role": null, "priority_until": null, "reconfirm_days": null,
            "starts_local": null, "ends_local": null, "time_zone": null, "booking_minutes": null, "offered": false,
        });
        assert_eq!(made.json, expected);
        let read = fac.students[0].get(&slot_path(&made.id())).is(200);
        assert_eq!(read.json, expected);
        fac.students[0].with("If-None-Match", read.header("etag")).get(&slot_path(&made.id())).is(304);
        let mut timed = with("kind", json!("pastoral"));
        timed["starts_at"] = json!("2099-01-14T12:00:00+02:00");
        timed["ends_at"] = json!("2099-01-14T11:00:00Z");
        let timed = fac.organiser.post(&path, timed).is(201);
        assert_eq!(timed.json["starts_at"], "2099-01-14T10:00:00Z");
    }

    fn times_are_set_and_kept_by_the_clock_on_the_wall(world: World) {
        let fac = world.coming_fac(3, 1);
        let path = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let told = |slot: &Value| {
            ["starts_at", "starts_local", "ends_at", "ends_local", "time_zone"].map(|name| slot[name].as_str().unwrap().to_owned())
        };
        let slot = |times: Value| {
            let mut body = good();
            body.as_object_mut().unwrap().extend(times.as_object().unwrap().clone());
            fac.facilitator.post(&path, body).is(201)
        };
        let here = slot(json!({"starts_at": "2099-01-14T14:00", "ends_at": "2099-01-14T15:00:00"}));
        let in_london = ["2099-01-14T14:00:00Z", "2099-01-14T14:00:00", "2099-01-14T15:00:00Z", "2099-01-14T15:00:00", "Europe/London"];
        assert_eq!(told(&here.json), in_london);
        let mentor = world.alumnus(&fac, "Ada");
        mentor.post(&sign_ups_path(&here.id()), Value::Null).is(201);
        assert_eq!(told(&mentor.get("/v1/me/sign-ups").is(200).data()[0]), in_london);
        // Jakarta is seven hours ahead all year.
        let there = slot(json!({"starts_at": "2099-01-14T14:00", "ends_at": "2099-01-14T08:00:00Z", "time_zone": "Asia/Jakarta"}));
        let in_jakarta = ["2099-01-14T07:00:00Z", "2099-01-14T14:00:00", "2099-01-14T08:00:00Z", "2099-01-14T15:00:00", "Asia/Jakarta"];
        assert_eq!(told(&there.json), in_jakarta);
        // By other clocks it is another moment, and those who come are told.
        let moved = fac.facilitator.patch(&slot_path(&here.id()), json!({"time_zone": "Asia/Jakarta"})).is(200);
        assert_eq!(told(&moved.json), in_jakarta);
        assert!(mails(&world).last().unwrap().1.starts_with("Your mentor slot has a new time"));
        mentor.post(&sign_ups_path(&there.id()), Value::Null).problem(409, "conflict");
        let later = fac.facilitator.patch(&slot_path(&there.id()), json!({"starts_at": "2099-01-14T14:30"})).is(200);
        assert_eq!(told(&later.json)[..2], ["2099-01-14T07:30:00Z", "2099-01-14T14:30:00"]);
        let whole = fac.facilitator.patch(&slot_path(&there.id()), json!({"starts_at": null, "ends_at": null})).is(200);
        assert_eq!((&whole.json["starts_local"], &whole.json["time_zone"]), (&Value::Null, &Value::Null));
        fac.facilitator.patch(&slot_path(&there.id()), json!({"time_zone": "Asia/Jakarta"})).field("/time_zone", "invalid");
    }

    fn slots_go_by_the_clocks_that_their_campus_goes_by(world: World) {
        let fac = world.coming_fac(3, 1);
        let times = json!({"week": 3, "starts_at": "2099-01-20T14:00", "ends_at": "2099-01-20T15:00"});
        let here = slot_with(&fac, times.clone());
        let mut elsewhere = times;
        elsewhere["time_zone"] = json!("Asia/Jakarta");
        let elsewhere = slot_with(&fac, elsewhere);
        for (status, zone, starts_at) in [
            ("planned", "Africa/Nairobi", "2099-01-20T11:00:00Z"),
            ("running", "Asia/Karachi", "2099-01-20T09:00:00Z"),
        ] {
            world.set_status(&fac, status);
            fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"time_zone": zone})).is(200);
            let told = |slot: &str| {
                let slot = fac.facilitator.get(&slot_path(slot)).is(200).json;
                ["starts_local", "starts_at", "time_zone"].map(|name| slot[name].as_str().unwrap().to_owned())
            };
            assert_eq!(told(&here), ["2099-01-20T14:00:00", starts_at, zone]);
            assert_eq!(told(&elsewhere), ["2099-01-20T14:00:00", "2099-01-20T07:00:00Z", "Asia/Jakarta"]);
        }
    }

    fn what_is_not_right_is_named_and_changes_nothing(world: World) {
        let fac = world.coming_fac(3, 1);
        let path = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let refused = |body: Value, pointer: &str, code: &str| {
            fac.facilitator.post(&path, body).field(pointer, code);
        };
        for week in [0, 4, -1] {
            refused(with("week", json!(week)), "/week", "not_found");
        }
        refused(with("capacity", json!(0)), "/capacity", "invalid");
        refused(with("capacity", json!(101)), "/capacity", "invalid");
        refused(with("capacity", json!("4")), "/capacity", "invalid");
        refused(with("min", json!(-1)), "/min", "invalid");
        refused(with("min", json!(5)), "/min", "invalid");
        refused(with("kind", json!("party")), "/kind", "invalid");
        refused(with("starts_at", json!("2099-01-14T10:00:00Z")), "/ends_at", "invalid");
        refused(with("ends_at", json!("2099-01-14T10:00:00Z")), "/starts_at", "invalid");
        refused(with("confirmed", json!(1)), "/confirmed", "unknown");
        refused(json!({"week": 1, "kind": "week", "min": 1}), "/capacity", "required");
        let mut backwards = with("starts_at", json!("2099-01-14T10:00:00Z"));
        backwards["ends_at"] = json!("2099-01-14T10:00:00Z");
        refused(backwards, "/ends_at", "invalid");
        refused(with("time_zone", json!("Asia/Gaza")), "/time_zone", "invalid");
        refused(with("starts_at", json!("half past two")), "/starts_at", "invalid");
        refused(with("time_zone", json!("Atlantis")), "/time_zone", "invalid");
        let several = fac.facilitator.post(&path, json!({"week": 9, "kind": "week", "min": 9, "capacity": 0}));
        assert_eq!(several.problem(422, "invalid_fields").json["errors"].as_array().unwrap().len(), 3);
        assert!(fac.facilitator.get(&path).is(200).data().is_empty());
    }

    fn only_a_planned_or_running_cohort_takes_mentors(world: World) {
        let fac = world.coming_fac(3, 1);
        let path = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let slot = slot(&fac, 1);
        for (status, open) in [("planned", true), ("graduated", false), ("cancelled", false), ("running", true)] {
            world.set_status(&fac, status);
            let (made, changed) =
                (fac.facilitator.post(&path, good()), fac.facilitator.patch(&slot_path(&slot), json!({"capacity": 2})));
            if open {
                made.is(201);
                changed.is(200);
            } else {
                made.problem(409, "conflict");
                changed.problem(409, "conflict");
            }
        }
    }

    fn nobody_is_double_booked_by_a_change_of_times(world: World) {
        let fac = world.coming_fac(3, 1);
        let at = |hour: u32| json!(format!("2099-01-06T{hour:02}:00:00Z"));
        let (busy, waiting) = (world.alumnus(&fac, "Basma"), world.alumnus(&fac, "Dana"));
        let early = slot_with(&fac, json!({"starts_at": at(10), "ends_at": at(12)}));
        let late = slot_with(&fac, json!({"starts_at": at(13), "ends_at": at(14), "capacity": 2}));
        for (who, slot) in [(&busy, &early), (&waiting, &early), (&waiting, &late)] {
            who.post(&sign_ups_path(slot), Value::Null).is(201);
        }
        // Whoever waits for the early slot may be promoted, so the late one keeps out of its way.
        let onto = json!({"starts_at": at(11), "ends_at": at(13)});
        let refused = fac.facilitator.patch(&slot_path(&late), onto.clone()).problem(409, "conflict");
        assert_eq!(refused.json["person_id"], json!(waiting.id));
        let untimed = slot(&fac, 1);
        busy.post(&sign_ups_path(&untimed), Value::Null).is(201);
        fac.facilitator.patch(&slot_path(&untimed), onto.clone()).problem(409, "conflict");
        assert_eq!(fac.facilitator.get(&slot_path(&untimed)).is(200).json["starts_at"], Value::Null);
        busy.delete(&format!("{}/me", sign_ups_path(&untimed))).is(204);
        fac.facilitator.patch(&slot_path(&untimed), onto).is(200);
    }

    fn who_may_make_see_and_change_slots(world: World) {
        let fac = world.coming_fac(3, 1);
        let elsewhere = world.campus_with_cohort("gaza", 3, 1);
        let (alumna, stranger) = (world.alumnus(&fac, "Basma"), world.person("Stranger"));
        let list = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let slot = slot(&fac, 1);
        let one = slot_path(&slot);

        world.nobody().post(&list, good()).problem(401, "authentication_required");
        world.nobody().get(&list).problem(401, "authentication_required");
        world.nobody().get(&one).problem(401, "authentication_required");
        world.nobody().patch(&one, json!({"capacity": 2})).problem(401, "authentication_required");
        world.nobody().delete(&one).problem(401, "authentication_required");
        // That the cohort exists is open; its slots are not.
        for caller in [&stranger, &elsewhere.students[0], &elsewhere.facilitator] {
            caller.post(&list, good()).problem(403, "forbidden");
            caller.get(&list).problem(404, "not_found");
            caller.get(&one).problem(404, "not_found");
            caller.patch(&one, json!({"capacity": 2})).problem(404, "not_found");
            caller.delete(&one).problem(404, "not_found");
        }
        for caller in [&alumna, &fac.students[0]] {
            caller.post(&list, good()).problem(403, "forbidden");
            assert_eq!(caller.get(&list).is(200).data().len(), 1);
            caller.get(&one).is(200);
            caller.patch(&one, json!({"capacity": 2})).problem(403, "forbidden");
            caller.delete(&one).problem(403, "forbidden");
        }
        assert_eq!(places(&fac, &slot), [0, 1, 0]);
        fac.organiser.delete(&one).is(204);
        fac.organiser.get(&one).problem(404, "not_found");
        fac.organiser.delete(&one).problem(404, "not_found");
        let nowhere = format!("/v1/cohorts/{}/mentor-slots", fac.campus);
        fac.organiser.post(&nowhere, good()).problem(404, "not_found");
        fac.organiser.get(&nowhere).problem(404, "not_found");
    }

    fn lists_by_week_kind_and_page(world: World) {
        let fac = world.coming_fac(3, 0);
        let path = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        for week in [3, 1, 2, 1] {
            slot_with(&fac, json!({"week": week}));
        }
        slot_with(&fac, json!({"week": 1, "kind": "pastoral"}));
        let weeks = |query: &str| -> Vec<i64> {
            let answer = fac.facilitator.get(&format!("{path}?{query}")).is(200);
            answer.data().iter().map(|slot| slot["week"].as_i64().unwrap()).collect()
        };
        assert_eq!(weeks(""), [1, 1, 1, 2, 3]);
        assert_eq!(weeks("week=1&kind=week"), [1, 1]);
        assert_eq!(weeks("kind=pastoral"), [1]);
        assert!(weeks("week=7").is_empty());
        let first = fac.facilitator.get(&format!("{path}?limit=2")).is(200);
        let cursor = first.json["page"]["next_cursor"].as_str().unwrap();
        assert_eq!(first.header("link"), format!("<{path}?limit=2&cursor={cursor}>; rel=\"next\""));
        assert_eq!(weeks(&format!("limit=2&cursor={cursor}")), [1, 2]);
        for wrong in ["kind=party", "week=one", "limit=0", "limit=101", "sort=week"] {
            fac.facilitator.get(&format!("{path}?{wrong}")).problem(400, "invalid_parameter");
        }
        fac.facilitator.get(&format!("{path}?cursor=00")).problem(400, "invalid_cursor");
    }

    fn more_room_goes_to_the_line_and_less_only_if_it_is_free(world: World) {
        let fac = world.coming_fac(3, 0);
        let slot = slot(&fac, 1);
        let alumni: Vec<_> = ["A", "B", "C", "D"].map(|name| world.alumnus(&fac, name)).into();
        for alumna in &alumni {
            alumna.post(&sign_ups_path(&slot), Value::Null).is(201);
        }
        assert_eq!(places(&fac, &slot), [1, 0, 3]);
        let tag = fac.facilitator.get(&slot_path(&slot)).header("etag").to_owned();
        let changed = fac.facilitator.with("If-Match", &tag).patch(&slot_path(&slot), json!({"capacity": 3})).is(200);
        assert_eq!((&changed.json["version"], &changed.json["confirmed"]), (&json!(2), &json!(3)));
        assert_eq!(places(&fac, &slot), [3, 0, 1]);
        let subject = "You have a place: week 1 of fac";
        let told: Vec<_> = alumni[1..3].iter().map(|alumna| (alumna.email.clone(), subject.into())).collect();
        assert_eq!(mails(&world), told);

        fac.facilitator.with("If-Match", &tag).patch(&slot_path(&slot), json!({"capacity": 9})).problem(412, "precondition_failed");
        fac.facilitator.patch(&slot_path(&slot), json!({"capacity": 2})).problem(409, "slot_full");
        fac.facilitator.patch(&slot_path(&slot), json!({"capacity": 0})).field("/capacity", "invalid");
        fac.facilitator.patch(&slot_path(&slot), json!({"min": 4})).field("/min", "invalid");
        fac.facilitator.patch(&slot_path(&slot), json!({"starts_at": "2099-01-06T10:00:00Z"})).field("/ends_at", "invalid");
        fac.facilitator.patch(&slot_path(&slot), json!({"capacity": null})).field("/capacity", "invalid");
        fac.facilitator.patch(&slot_path(&slot), json!({"week": 2})).field("/week", "unknown");
        assert_eq!(places(&fac, &slot), [3, 0, 1]);
    }

    fn who_signed_up_hears_of_a_new_time_and_of_the_end(world: World) {
        let fac = world.coming_fac(30, 0);
        let slot = slot_with(&fac, json!({"week": 27, "capacity": 1}));
        let alumni = ["A", "B", "C"].map(|name| world.alumnus(&fac, name));
        for alumna in &alumni {
            alumna.post(&sign_ups_path(&slot), Value::Null).is(201);
            alumna.patch("/v1/me", json!({"time_zone": "Asia/Gaza"})).is(200);
        }
        alumni[2].delete(&format!("{}/me", sign_ups_path(&slot))).is(204);
        let times = json!({"starts_at": "2099-07-06T10:00:00Z", "ends_at": "2099-07-06T12:00:00Z", "kind": "project"});
        fac.facilitator.patch(&slot_path(&slot), times).is(200);
        fac.facilitator.patch(&slot_path(&slot), json!({"kind": "role"})).is(200);
        fac.facilitator.delete(&slot_path(&slot)).is(204);
        // In the time of whoever reads it.
        let subjects = [
            "Your mentor slot has a new time: Monday 6 July 2099, 13:00 (Asia/Gaza), week 27 of fac",
            "Your mentor slot is cancelled: Monday 6 July 2099, 13:00 (Asia/Gaza), week 27 of fac",
        ];
        let told: Vec<_> = subjects
            .iter()
            .flat_map(|subject| alumni[..2].iter().map(|alumna| (alumna.email.clone(), (*subject).to_owned())))
            .collect();
        assert_eq!(mails(&world), told);
        // In the time of the campus, which has summer time in July.
        let letter = world.mail().into_iter().rev().nth(3).unwrap();
        assert!(letter.body.contains("Monday 6 July 2099, 11:00 (Europe/London)"), "{}", letter.body);
        assert!(letter.body.contains("For you: Monday 6 July 2099, 13:00 (Asia/Gaza)"), "{}", letter.body);
        alumni[0].get("/v1/me/sign-ups").is(200);
        // That it is gone leads to the slots that there are, and that it was moved to what is no more.
        world.hand_out();
        let notices = alumni[0].get("/v1/me/notifications").is(200);
        let read = |notice: &Value| alumni[0].get(notice["href"].as_str().unwrap()).status;
        assert_eq!(notices.data().iter().map(read).collect::<Vec<_>>(), [200, 404]);
    }
}
