use serde_json::{Value, json};

use crate::{
    harness::{Fac, User, World},
    on_every_database,
    team_plans::{plan, publish, week_teams},
};

fn absence(fac: &Fac, user: &User, day: &str) -> String {
    format!("/v1/cohorts/{}/absences/{}/{day}", fac.cohort, user.id)
}

fn listed(user: &User, fac: &Fac, query: &str) -> Vec<(Value, Value, Value)> {
    let list = user
        .get(&format!("/v1/cohorts/{}/day-absences{query}", fac.cohort))
        .is(200);
    let row = |row: &Value| (row["date"].clone(), row["person"]["id"].clone(), row["reason"].clone());
    list.data().iter().map(row).collect()
}

on_every_database! {
    fn staff_and_the_student_note_a_day(world: World) {
        let fac = world.coming_fac(2, 2);
        let [amal, basma] = [&fac.students[0], &fac.students[1]];
        amal.put(&absence(&fac, amal, "2099-01-06"), json!({"reason": "An exam."})).is(204);
        fac.facilitator.put(&absence(&fac, basma, "2099-01-05"), Value::Null).is(204);
        let row = |day: &str, who: &User, reason: Value| (json!(day), json!(who.id), reason);
        let all = [row("2099-01-05", basma, json!(null)), row("2099-01-06", amal, json!("An exam."))];
        assert_eq!(listed(&fac.organiser, &fac, ""), all);
        assert_eq!(listed(&fac.organiser, &fac, "?from=2099-01-06"), all[1..]);
        assert_eq!(listed(&fac.organiser, &fac, "?to=2099-01-05"), all[..1]);
        assert_eq!(listed(amal, &fac, ""), all[1..], "students see their own");
        let page = fac.organiser.get(&format!("/v1/cohorts/{}/day-absences?limit=1", fac.cohort)).is(200);
        let cursor = page.json["page"]["next_cursor"].as_str().unwrap();
        assert_eq!(listed(&fac.organiser, &fac, &format!("?limit=1&cursor={cursor}")), all[1..]);
        // A reason that is not said again stays.
        for (again, reason) in [(json!({}), json!("An exam.")), (json!({"reason": null}), json!(null))] {
            amal.put(&absence(&fac, amal, "2099-01-06"), again).is(204);
            assert_eq!(listed(amal, &fac, "")[0].2, reason);
        }
        basma.delete(&absence(&fac, basma, "2099-01-05")).problem(409, "conflict");
        basma.put(&absence(&fac, amal, "2099-01-07"), Value::Null).problem(403, "forbidden");
        world.person("Stranger").put(&absence(&fac, amal, "2099-01-07"), Value::Null).problem(404, "not_found");
        fac.facilitator.put(&absence(&fac, amal, "2099-03-02"), Value::Null).problem(404, "not_found");
        fac.facilitator.put(&absence(&fac, amal, "2099-1-7"), Value::Null).problem(404, "not_found");
        for _ in 0..2 {
            amal.delete(&absence(&fac, amal, "2099-01-06")).is(204);
        }
        assert!(listed(amal, &fac, "").is_empty());
        world.begin_week(&fac, 1, -2);
        let begun = fac.facilitator.get(&format!("/v1/cohorts/{}/weeks/1", fac.cohort)).is(200);
        let first = begun.json["starts_on"].as_str().unwrap();
        amal.put(&absence(&fac, amal, first), Value::Null).problem(409, "conflict");
        fac.facilitator.put(&absence(&fac, amal, first), Value::Null).is(204);
    }

    fn who_misses_most_of_a_week_is_in_no_team(world: World) {
        let fac = world.coming_fac(2, 9);
        let [often, seldom] = [&fac.students[0], &fac.students[1]];
        for day in ["2099-01-05", "2099-01-06", "2099-01-08"] {
            fac.facilitator.put(&absence(&fac, often, day), Value::Null).is(204);
        }
        for day in ["2099-01-05", "2099-01-06", "2099-01-10"] {
            let status = fac.facilitator.put(&absence(&fac, seldom, day), Value::Null).status;
            assert_eq!(status, if day == "2099-01-10" { 404 } else { 204 });
        }
        // A path that names no day to miss says why.
        for (day, why) in [
            ("2099-01-10", "2099-01-10 is in none of the cohort's weeks"),
            ("2099-13-05", "its `date` `2099-13-05` is not a day of the calendar"),
            ("monday", "its `date` must be a date written YYYY-MM-DD"),
        ] {
            let refused = fac.facilitator.put(&absence(&fac, seldom, day), Value::Null).problem(404, "not_found");
            assert!(refused.json["detail"].as_str().unwrap().contains(why), "{}", refused.text);
        }
        let request = json!({"from_week": 1, "to_week": 2, "team_size": {"min": 3, "max": 5}, "effort": "quick"});
        publish(&fac, &plan(&fac, request).is(201), None).is(200);
        let is_in = |user: &User, week: i32| week_teams(&fac.facilitator, &fac, week).is(200).text.contains(&user.id);
        assert_eq!([is_in(often, 1), is_in(often, 2)], [false, true]);
        assert_eq!([is_in(seldom, 1), is_in(seldom, 2)], [true, true]);
    }

    fn a_day_shows_on_the_board_in_the_week_and_in_attention(world: World) {
        let fac = world.coming_fac(2, 2);
        world.begin_week(&fac, 1, 0);
        world.begin_week(&fac, 2, 7);
        let me = &fac.students[0];
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        let week = fac.facilitator.get(&format!("{cohort}/weeks/1")).is(200).json;
        let days = [week["starts_on"].as_str().unwrap(), week["ends_on"].as_str().unwrap()];
        for day in days {
            fac.facilitator.put(&absence(&fac, me, day), json!({"reason": "Ill."})).is(204);
        }
        let board = fac.facilitator.get(&format!("{cohort}/board?week=1")).is(200).json;
        let on_board = board["students"].as_array().unwrap().iter().find(|row| row["person"]["id"] == json!(me.id)).unwrap();
        assert_eq!((&on_board["absent"], &on_board["absent_on"][1]), (&json!(false), &json!({"date": days[1], "reason": "Ill."})));
        let own = me.get("/v1/me/week?week=1").is(200).json;
        assert_eq!((&own["absent_in"], &own["absent_on"]), (&json!([]), &json!(days)));
        let absences = || {
            let items = fac.facilitator.get(&format!("{cohort}/attention")).is(200);
            let found = items.data().iter().filter(|item| item["kind"] == "absence");
            found.map(|item| (item["week"].clone(), item["title"].as_str().unwrap().to_owned())).collect::<Vec<_>>()
        };
        let days = days.join(", ");
        assert_eq!(absences(), [(json!(1), format!("fac Student 01 misses {days}"))]);
        // Who misses the week is told of once.
        fac.facilitator.put(&format!("{cohort}/weeks/1/absences/{}", me.id), Value::Null).is(204);
        assert_eq!(absences(), [(json!(1), "fac Student 01 misses week 1".to_owned())]);
    }
}
