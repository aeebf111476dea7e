//! What a mentor sees of their own.

use serde_json::{Value, json};

use super::{
    office_hours::{booking, hours_path, working_day},
    sign_ups_path, slot_with,
};
use crate::{harness::World, on_every_database};

const MINE: &str = "/v1/me/mentoring";

on_every_database! {
    fn a_front_page_in_one_call(world: World) {
        let fac = world.coming_fac(5, 1);
        let mentor = world.alumnus(&fac, "Mona");
        for (week, days) in [(1, -15), (2, -8), (3, -1), (4, 6), (5, 13)] {
            world.begin_week(&fac, week, days);
        }
        let this_week = slot_with(&fac, json!({"week": 3, "mentor_role": "lead", "place": "Library", "url": "https://meet.example/w"}));
        let later = slot_with(&fac, json!({"week": 5}));
        let past = slot_with(&fac, json!({"week": 3}));
        fac.facilitator.post(&sign_ups_path(&later), Value::Null).is(201);
        for slot in [&later, &this_week] {
            mentor.post(&sign_ups_path(slot), Value::Null).is(201);
        }
        mentor.post(&sign_ups_path(&past), Value::Null).problem(409, "conflict");
        let hand_over = format!("/v1/cohorts/{}/weeks/2/hand-over", fac.cohort);
        fac.facilitator.put(&hand_over, json!({"text": "Team 2 is stuck."})).is(200);
        let week = fac.facilitator.get(&format!("/v1/cohorts/{}/weeks/4", fac.cohort)).is(200).json;
        let hours = json!({"date": working_day(&week["starts_on"]), "starts": "10:00", "ends": "11:00", "minutes": 30});
        let hours = mentor.post(&hours_path(&fac), hours).is(201).data()[0]["id"].as_str().unwrap().to_owned();
        fac.students[0].put(&booking(&hours, 2), json!({})).is(204);

        let told = mentor.get(MINE).is(200).json;
        let places = told["places"].as_array().unwrap();
        let slots: Vec<&Value> = places.iter().map(|place| &place["slot_id"]).collect();
        assert_eq!(slots, [&json!(this_week), &json!(hours), &json!(later)]);
        let first = &places[0];
        assert_eq!((&first["mentor_role"], &first["place"], &first["url"]), (&json!("lead"), &json!("Library"), &json!("https://meet.example/w")));
        assert_eq!((&first["campus"]["time_zone"], &first["cohort"]["name"], &first["week"]["number"]), (&json!("Europe/London"), &json!("fac"), &json!(3)));
        assert_eq!((&first["hand_over"]["week"], &first["hand_over"]["text"]), (&json!(2), &json!("Team 2 is stuck.")));
        assert_eq!((&first["hand_over"]["open_actions"], &first["office_hours"]), (&json!([]), &Value::Null));
        let time = &places[1]["office_hours"]["times"][1];
        assert_eq!((&time["booked"], &time["booked_by"]["id"]), (&json!(true), &json!(fac.students[0].id)));
        assert_eq!((&places[1]["hand_over"], &places[2]["hand_over"]), (&Value::Null, &Value::Null), "not yet theirs to read");
        assert_eq!((&places[2]["status"], &places[2]["position"]), (&json!("waitlisted"), &json!(1)));
        assert_eq!(told["swap_offers"], json!([]));
        let listed = mentor.get("/v1/me/sign-ups").is(200).data().iter().find(|one| one["slot_id"] == json!(this_week)).cloned().unwrap();
        assert_eq!((&listed["mentor_role"], &listed["campus"], &listed["cohort"]["name"]), (&json!("lead"), &first["campus"], &json!("fac")));
        assert_eq!(world.person("Stranger").get(MINE).is(200).json, json!({"places": [], "swap_offers": []}));
        world.nobody().get(MINE).problem(401, "authentication_required");
    }

    fn nobody_looks_after_one_week_twice(world: World) {
        let fac = world.coming_fac(2, 0);
        let [ada, bea] = ["Ada", "Bea"].map(|name| world.alumnus(&fac, name));
        let slot = |differences: Value| sign_ups_path(&slot_with(&fac, differences));
        let [lead, support] = ["lead", "support"].map(|role| slot(json!({"mentor_role": role})));
        ada.post(&lead, Value::Null).is(201);
        let refused = ada.post(&support, Value::Null).problem(409, "conflict");
        assert!(refused.json["detail"].as_str().unwrap().contains("look after week 1"), "{}", refused.text);
        assert_eq!(format!("/v1/mentor-slots/{}/sign-ups", refused.json["slot_id"].as_str().unwrap()), lead);
        // Other weeks, other work, and other times of the day are other things.
        for other in [json!({"week": 2}), json!({"kind": "role"}), json!({"starts_at": "2099-01-06T10:00", "ends_at": "2099-01-06T11:00"})] {
            ada.post(&slot(other), Value::Null).is(201);
        }
        let [mornings, evenings] = ["mornings", "evenings"].map(|part| slot(json!({"part_of_week": part})));
        bea.post(&mornings, Value::Null).is(201);
        bea.post(&evenings, Value::Null).is(201);
        bea.post(&support, Value::Null).problem(409, "conflict");
        // No exchange leads there either, but lead and support may change places.
        bea.delete(&format!("{mornings}/me")).is(204);
        bea.delete(&format!("{evenings}/me")).is(204);
        bea.post(&support, Value::Null).is(201);
        let offers = |sign_ups: &str| sign_ups.replace("sign-ups", "swap-offers");
        let given = bea.post(&offers(&support), json!({})).is(201).id();
        ada.post(&format!("/v1/mentor-swap-offers/{given}/acceptance"), Value::Null).problem(409, "conflict");
        bea.delete(&format!("/v1/mentor-swap-offers/{given}")).is(204);
        let wanted = lead.split('/').nth(3).unwrap();
        let exchange = bea.post(&offers(&support), json!({"wanted_slot_id": wanted})).is(201).id();
        ada.post(&format!("/v1/mentor-swap-offers/{exchange}/acceptance"), Value::Null).is(200);
    }

    fn an_allocation_gives_nobody_one_week_twice(world: World) {
        let fac = world.coming_fac(1, 0);
        let ada = world.alumnus(&fac, "Ada");
        let slots = ["lead", "support"].map(|role| slot_with(&fac, json!({"mentor_role": role})));
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        ada.put(&format!("{cohort}/mentor-preferences/me"), json!({"ranked": slots, "at_most": 2})).is(200);
        let drawn = fac.facilitator.post(&format!("{cohort}/mentor-allocations"), json!({"seed": 1})).is(201);
        assert_eq!(drawn.json["assignments"].as_array().unwrap().len(), 1);
        let path = format!("/v1/mentor-allocations/{}/confirmation", drawn.id());
        fac.facilitator.with("If-Match", drawn.header("etag")).post(&path, Value::Null).is(200);
        assert_eq!(ada.get("/v1/me/sign-ups").is(200).data().len(), 1);
    }

    fn offers_from_where_one_sees_nothing_are_not_listed(world: World) {
        let (fac, gaza) = (world.coming_fac(2, 0), world.campus_with_cohort("gaza", 3, 0));
        for week in 1..=3 {
            world.begin_week(&gaza, week, i64::from(week) * 7);
        }
        let here = slot_with(&fac, json!({}));
        let there = slot_with(&gaza, json!({"week": 2}));
        // Mona mentors at both campuses, Ada at one.
        let (mona, ada) = (world.alumnus(&fac, "Mona"), world.alumnus(&fac, "Ada"));
        let admitted = format!("/v1/campuses/{}/alumni-sources/{}", gaza.campus, fac.campus);
        gaza.organiser.put(&admitted, Value::Null).is(204);
        mona.post(&sign_ups_path(&there), Value::Null).is(201);
        mona.post(&format!("/v1/mentor-slots/{there}/swap-offers"), json!({"wanted_slot_id": here})).is(201);
        let listed = |who: &crate::harness::User| who.get(&format!("/v1/mentor-slots/{here}/swap-offers")).is(200).data().len();
        assert_eq!((listed(&ada), listed(&mona)), (1, 1));
        gaza.organiser.delete(&admitted).is(204);
        assert_eq!((listed(&ada), listed(&fac.facilitator), listed(&mona)), (0, 0, 1));
    }

    fn open_slots_are_those_in_which_one_is_not_yet(world: World) {
        let fac = world.coming_fac(2, 0);
        let ada = world.alumnus(&fac, "Ada");
        let slots = [1, 2].map(|week| slot_with(&fac, json!({"week": week, "capacity": 3})));
        let open = || {
            let found = ada.get("/v1/mentor-slots?open=true").is(200);
            found.data().iter().map(|slot| slot["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(open(), slots);
        ada.post(&sign_ups_path(&slots[0]), Value::Null).is(201);
        assert_eq!(open(), slots[1..]);
        assert_eq!(ada.get("/v1/mentor-slots").is(200).data().len(), 2);
        ada.delete(&format!("{}/me", sign_ups_path(&slots[0]))).is(204);
        assert_eq!(open(), slots);
    }
}
