use serde_json::{Value, json};

use super::{sign_ups_path, slot_path, slot_with};
use crate::{
    harness::{Client, World},
    on_every_database,
};

fn found(client: &Client, query: &str) -> Vec<String> {
    let answer = client.get(&format!("/v1/mentor-slots{query}")).is(200);
    answer
        .data()
        .iter()
        .map(|slot| slot["id"].as_str().unwrap().to_owned())
        .collect()
}

on_every_database! {
    fn finds_slots_of_all_cohorts_where_one_may_mentor(world: World) {
        let (fac, gaza) = (world.coming_fac(3, 1), world.campus_with_cohort("gaza", 3, 0));
        let alumna = world.alumnus(&fac, "Amal");
        for week in 1..=3 {
            world.begin_week(&gaza, week, i64::from(week) * 7);
        }
        let here = [3, 1].map(|week| slot_with(&fac, json!({"week": week})));
        let there = slot_with(&gaza, json!({"week": 2, "kind": "pastoral"}));
        let over = slot_with(&gaza, json!({"week": 1}));
        world.begin_week(&gaza, 1, -10);
        let full = slot_with(&gaza, json!({"week": 3}));
        gaza.facilitator.post(&sign_ups_path(&full), Value::Null).is(201);

        assert_eq!(found(&alumna, ""), [here[1].clone(), here[0].clone()]);
        let admitted = format!("/v1/campuses/{}/alumni-sources/{}", gaza.campus, fac.campus);
        gaza.organiser.put(&admitted, Value::Null).is(204);
        // In order of the weeks' beginnings, wherever they are.
        let all = [&over, &there, &full, &here[1], &here[0]].map(Clone::clone);
        assert_eq!(found(&alumna, ""), all);
        assert_eq!(found(&alumna, "?open=true"), [there.clone(), here[1].clone(), here[0].clone()]);
        assert_eq!(found(&alumna, &format!("?open=true&campus_id={}", gaza.campus)), std::slice::from_ref(&there));
        assert_eq!(found(&alumna, "?kind=pastoral,role"), std::slice::from_ref(&there));
        assert_eq!(found(&alumna, "?from=2099-01-12"), std::slice::from_ref(&here[0]));
        assert_eq!(found(&alumna, "?from=2099-01-01&to=2099-01-05"), std::slice::from_ref(&here[1]));
        let first = alumna.get("/v1/mentor-slots?limit=2").is(200);
        let next = first.json["page"]["next_cursor"].as_str().unwrap();
        assert_eq!(found(&alumna, &format!("?limit=2&cursor={next}")), [full.clone(), here[1].clone()]);
        let one = &first.data()[1];
        assert_eq!((&one["topic"], &one["cohort"]["slug"], &one["campus"]["time_zone"], &one["remaining"]), (&json!("Topic 2"), &json!("gaza"), &json!("Europe/London"), &json!(1)));

        // Whoever may mentor nowhere finds nothing, nor does a student in the cohort they study in.
        assert!(found(&fac.students[0], "").is_empty());
        assert!(found(&world.person("Stranger"), "").is_empty());
        assert_eq!(found(&gaza.facilitator, "?open=true"), [there]);
        assert_eq!(found(&world.administrator("Root"), "").len(), 5);
        let enrolments = format!("/v1/cohorts/{}/enrolments", fac.cohort);
        fac.facilitator.post(&enrolments, json!({"person_id": alumna.id})).is(201);
        assert_eq!(found(&alumna, "?open=true").len(), 1);
        world.nobody().get("/v1/mentor-slots").problem(401, "authentication_required");
        alumna.get("/v1/mentor-slots?open=maybe").problem(400, "invalid_parameter");
        alumna.get("/v1/mentor-slots?from=2099-02-01&to=2099-01-01").problem(400, "invalid_parameter");
    }

    fn the_previous_cohort_comes_first_until_the_date(world: World) {
        let fac = world.coming_fac(2, 0);
        let (earlier, previous) = (world.alumnus(&fac, "Earlier"), world.alumnus(&fac, "Previous"));
        let kept = slot_with(&fac, json!({"priority_until": "2098-12-01T00:00:00Z", "capacity": 2}));
        let refused = earlier.post(&sign_ups_path(&kept), Value::Null).problem(409, "conflict");
        assert!(refused.json["detail"].as_str().unwrap().contains("2098-12-01"), "{}", refused.text);
        fac.facilitator.post(&sign_ups_path(&kept), Value::Null).problem(409, "conflict");
        previous.post(&sign_ups_path(&kept), Value::Null).is(201);
        let open = json!({"priority_until": "2026-01-01T00:00:00Z"});
        fac.facilitator.patch(&slot_path(&kept), open).is(200);
        earlier.post(&sign_ups_path(&kept), Value::Null).is(201);
    }
}
