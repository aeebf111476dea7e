//! A student's week.

use peerled::students::model::EnrolmentStatus;
use serde_json::json;

use crate::{
    harness::World,
    on_every_database,
    team_plans::{fours, plan, publish, set_absent, tells_no_secret},
};

pub const MY_WEEK: &str = "/v1/me/week";

on_every_database! {
    fn a_front_page_takes_one_request(world: World) {
        let fac = world.fac(3, 8);
        let (me, other) = (&fac.students[0], &fac.students[1]);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        for (week, days) in [(1, -14), (2, -2), (3, 5)] {
            world.begin_week(&fac, week, days);
        }
        let slot = fac.facilitator.post(
            &format!("{cohort}/mentor-slots"),
            json!({"week": 2, "kind": "week", "min": 2, "capacity": 3, "part_of_week": "second_half",
                "place": "Room 2", "url": "https://meet.example.org/fac"}),
        );
        let mentor = world.alumnus(&fac, "Mona");
        mentor.post(&format!("/v1/mentor-slots/{}/sign-ups", slot.is(201).id()), json!(null)).is(201);
        set_absent(&world, &fac, 3, me);
        set_absent(&world, &fac, 3, other);

        let before = me.get(MY_WEEK).is(200).json;
        assert_eq!((&before["week"]["number"], &before["team"]), (&json!(2), &json!(null)));
        publish(&fac, &plan(&fac, fours(1, 2)).is(201), None).is(200);

        let told = me.get(MY_WEEK).is(200);
        tells_no_secret(&told);
        assert_eq!(told.header("cache-control"), "private, no-cache");
        assert_eq!(told.json["cohort"]["id"], json!(fac.cohort));
        assert!(told.json["week"]["project"]["title"].is_string(), "{told:?}");
        assert_eq!(told.json["absent_in"], json!([3]));
        assert_eq!(told.json["mentoring"][0]["mentors"][0]["name"], "Mona");
        assert_eq!((&told.json["mentoring"][0]["min"], &told.json["mentoring"][0]["remaining"]), (&json!(2), &json!(2)));
        let mentoring = &told.json["mentoring"][0];
        assert_eq!(mentoring["part_of_week"], "second_half");
        assert_eq!((&mentoring["place"], &mentoring["url"]), (&json!("Room 2"), &json!("https://meet.example.org/fac")));
        assert_eq!((&mentoring["starts_at"], &mentoring["starts_local"]), (&json!(null), &json!(null)));
        assert_eq!(told.json["work"]["time_zone"], "Europe/London");
        let mates = told.json["team"]["mates"].as_array().unwrap();
        assert_eq!(mates.len(), 3);
        let met: Vec<_> = mates.iter().map(|mate| (&mate["met_before"], &mate["last_met_in"])).collect();
        let again = met.iter().filter(|mate| **mate == (&json!(1), &json!(1))).count();
        let fresh = met.iter().filter(|mate| **mate == (&json!(0), &json!(null))).count();
        assert_eq!((again + fresh, again > 0), (3, true), "{met:?}");
        assert!(told.json["team"]["role"].is_string());
        // To oneself, and as others read it.
        let own = told.json["team"]["explanation"].as_str().unwrap();
        assert!(own.contains("Your role is") && own.contains("you have been in teams with"), "{own}");
        let path = format!("/v1/teams/{}/explanation", told.json["team"]["id"].as_str().unwrap());
        assert_eq!(me.get(&path).is(200).json["text"], own);
        let of_me = fac.facilitator.get(&format!("{path}?person_id={}", me.id)).is(200).json["text"].clone();
        assert!(of_me.as_str().unwrap().contains(&format!("{} has been in teams with", me.name)), "{of_me}");

        // What the team has submitted, and who reviews whom.
        let team = told.json["team"]["id"].as_str().unwrap();
        assert_eq!((&told.json["work"]["submission"], &told.json["reviewing"]), (&json!(null), &json!([])));
        let work = json!({"repository_url": "https://example.org/chatbot"});
        me.post(&format!("/v1/teams/{team}/submissions"), work).is(201);
        fac.facilitator.post(&format!("{cohort}/weeks/2/code-reviews"), json!({})).is(201);
        let told = me.get(MY_WEEK).is(200).json;
        assert_eq!(told["work"]["submission"]["number"], 1);
        let [does, gets] = ["reviewing", "reviewed_by"].map(|way| told[way].as_array().unwrap().clone());
        assert_eq!((does.len(), gets.len()), (1, 1));
        // Of two teams, each reviews the other.
        assert_eq!(does[0]["team"], gets[0]["team"]);
        assert_ne!(does[0]["team"]["id"], told["team"]["id"]);
        let none = json!({"open": 0, "answered": 0, "closed": 0});
        assert_eq!((&does[0]["issues"], &gets[0]["issues"]), (&none, &none));
        let review = format!("/v1/code-reviews/{}", does[0]["id"].as_str().unwrap());
        me.post(&format!("{review}/issues"), json!({"title": "Slow", "body": "It is slow."})).is(201);
        let own = me.get(MY_WEEK).is(200).json["reviewing"][0].clone();
        let review = me.get(&review).is(200).json;
        assert_eq!(own["issues"], json!({"open": 1, "answered": 0, "closed": 0}));
        for field in ["due_at", "due_local", "time_zone", "status", "issues"] {
            assert_eq!((&own[field], own[field].is_null()), (&review[field], false), "{field}");
        }
        assert_eq!(own["deployed_url"], json!(null));
        let deployed = json!({"deployed_url": "https://their.example.org"});
        fac.facilitator.patch(&format!("/v1/teams/{}", does[0]["team"]["id"].as_str().unwrap()), deployed).is(200);
        let told = me.get(MY_WEEK).is(200).json;
        for way in ["reviewing", "reviewed_by"] {
            assert_eq!(told[way][0]["deployed_url"], "https://their.example.org", "the other team's");
        }
        let board = fac.facilitator.get(&format!("{cohort}/board?week=2")).is(200).json;
        assert_eq!((board["code_reviews"].as_array().unwrap().len(), board["work"].as_array().unwrap().len()), (2, 2));
        let submitted = board["work"].as_array().unwrap().iter().filter(|work| work["submission"]["number"] == 1);
        assert_eq!(submitted.map(|work| work["team_id"].clone()).collect::<Vec<_>>(), [told["team"]["id"].clone()]);

        // What else the page shows: roles, retros of the team and the cohort, the walk, when feedback is given, unread notices.
        assert!(told["team"]["mates"].as_array().unwrap().iter().all(|mate| mate["role"].is_string()));
        assert!(told["feedback"]["from"].is_string() && told["feedback"]["until"].is_string(), "{}", told["feedback"]);
        assert_eq!((&told["retros"], &told["walk"]), (&json!([]), &json!(null)));
        let retro = me.post(&format!("{cohort}/weeks/2/retros"), json!({"scope": "team", "team_id": team})).is(201).id();
        let day = told["week"]["ends_on"].as_str().unwrap();
        let pastoral = json!({"week": 2, "kind": "pastoral", "min": 0, "capacity": 1, "place": "The park",
            "url": "https://example.org/park", "starts_at": format!("{day}T12:00"), "ends_at": format!("{day}T13:00")});
        let walk = fac.facilitator.post(&format!("{cohort}/mentor-slots"), pastoral).is(201).id();
        fac.facilitator.put(&format!("/v1/mentor-slots/{walk}/walk"), json!({"places": 2})).is(204);
        me.put(&format!("/v1/mentor-slots/{walk}/walk/places/me"), json!(null)).is(204);
        world.hand_out();
        let unread = me.get("/v1/me/notifications?unread=true").is(200).data().len();
        let told = me.get(MY_WEEK).is(200).json;
        assert_eq!(told["retros"], json!([{"id": retro, "scope": "team", "status": "open"}]));
        let own = &told["walk"];
        assert_eq!((&own["slot_id"], &own["mentors"], &own["time_zone"]), (&json!(walk), &json!([]), &json!("Europe/London")));
        assert_eq!((&own["starts_local"], &own["ends_local"]), (&json!(format!("{day}T12:00:00")), &json!(format!("{day}T13:00:00"))));
        assert_eq!((&own["place"], &own["url"]), (&json!("The park"), &json!("https://example.org/park")));
        let of_cohort = me.get(&format!("{cohort}/walks")).is(200).data()[0].clone();
        for name in ["starts_at", "ends_at", "ends_local", "time_zone", "place", "url", "mentors"] {
            assert_eq!(own[name], of_cohort[name], "{name}");
        }
        assert!(unread > 0);
        assert_eq!(told["unread_notifications"], json!(unread));
        me.put("/v1/me/notifications/read", json!(null)).is(204);
        assert_eq!(me.get(MY_WEEK).is(200).json["unread_notifications"], 0);
        let elsewhere = fac.students.iter().find(|student| {
            student.get(MY_WEEK).is(200).json["team"]["id"].as_str() != Some(team)
        });
        assert_eq!(elsewhere.unwrap().get(MY_WEEK).is(200).json["retros"], json!([]), "of another team");

        let first = me.get("/v1/me/week?week=1").is(200).json;
        assert!(first["team"]["mates"].as_array().unwrap().iter().all(|mate| mate["met_before"] == 0));
        me.get("/v1/me/week?week=9").problem(404, "not_found");
        me.get("/v1/me/week?week=x").problem(400, "invalid_parameter");
    }

    fn hours_with_mentors_are_by_the_clocks_of_the_campus_too(world: World) {
        let fac = world.coming_fac(30, 1);
        let hour = json!({"week": 27, "kind": "employment", "min": 0, "capacity": 1,
            "starts_at": "2099-07-06T10:00:00Z", "ends_at": "2099-07-06T10:30:00Z"});
        fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), hour).is(201);
        let told = fac.students[0].get(&format!("{MY_WEEK}?week=27")).is(200).json["mentoring"][0].clone();
        let times = (&told["starts_at"], &told["starts_local"], &told["ends_local"], &told["part_of_week"]);
        let local = [json!("2099-07-06T11:00:00"), json!("2099-07-06T11:30:00")];
        assert_eq!(times, (&json!("2099-07-06T10:00:00Z"), &local[0], &local[1], &json!(null)));
    }

    fn team_mates_who_are_not_there_are_marked(world: World) {
        let fac = world.fac(2, 4);
        world.begin_week(&fac, 1, -2);
        let days = fac.organiser.get(&format!("/v1/cohorts/{}/weeks", fac.cohort)).is(200).data()[0].clone();
        publish(&fac, &plan(&fac, fours(1, 2)).is(201), None).is(200);
        let [me, gone, absent, away] = [0, 1, 2, 3].map(|at| &fac.students[at]);
        let day = days["ends_on"].as_str().unwrap();
        set_absent(&world, &fac, 1, absent);
        let path = format!("/v1/cohorts/{}/absences/{}/{day}", fac.cohort, away.id);
        away.put(&path, json!({"reason": "A reason that is nobody's business"})).is(204);
        let leaving = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, gone.id);
        let left = fac.facilitator.patch(&leaving, json!({"status": "withdrawn"})).is(200).json["left_on"].clone();
        assert!(left.is_string());
        let marked = |week: i32| -> Vec<_> {
            let told = me.get(&format!("{MY_WEEK}?week={week}")).is(200);
            tells_no_secret(&told);
            let mates = told.json["team"]["mates"].as_array().unwrap().clone();
            [gone, absent, away].map(|who| {
                let mate = mates.iter().find(|mate| mate["person"]["id"] == who.id.as_str()).unwrap();
                (mate["left_on"].clone(), mate["absent"].clone(), mate["absent_on"].clone())
            }).into()
        };
        let none = || json!(null);
        let none_on = || json!([]);
        assert_eq!(marked(1), [
            (left.clone(), json!(false), none_on()), (none(), json!(true), none_on()), (none(), json!(false), json!([day])),
        ]);
        assert_eq!(marked(2), [
            (left, json!(false), none_on()), (none(), json!(false), none_on()), (none(), json!(false), none_on()),
        ]);
    }

    fn who_studies_nowhere_or_twice_is_told_so(world: World) {
        let (one, two) = (world.fac(2, 2), world.campus_with_cohort("other", 2, 1));
        let none = one.organiser.get(MY_WEEK).problem(404, "no_cohort");
        assert_eq!(none.json["mentoring"], "/v1/me/mentoring");
        world.nobody().get(MY_WEEK).problem(401, "authentication_required");
        let me = &one.students[0];
        world.enrol(&two, me, EnrolmentStatus::Enrolled);
        let several = me.get(MY_WEEK).problem(409, "several_cohorts");
        let mut named: Vec<&str> = several.json["cohorts"].as_array().unwrap().iter()
            .map(|cohort| cohort["id"].as_str().unwrap()).collect();
        let mut both = [one.cohort.as_str(), two.cohort.as_str()];
        named.sort_unstable();
        both.sort_unstable();
        assert_eq!(named, both);
        let of_other = me.get(&format!("{MY_WEEK}?cohort_id={}", two.cohort)).is(200);
        assert_eq!(of_other.json["cohort"]["id"], json!(two.cohort));
        // Only one of them goes on.
        world.set_status(&two, "planned");
        assert_eq!(me.get(MY_WEEK).is(200).json["cohort"]["id"], json!(one.cohort));
        // A cohort of others is none of theirs, nor is one that they have left.
        one.students[1].get(&format!("{MY_WEEK}?cohort_id={}", two.cohort)).problem(404, "not_found");
        world.enrol_again(&one, me, EnrolmentStatus::Withdrawn);
        me.get(&format!("{MY_WEEK}?cohort_id={}", one.cohort)).problem(404, "not_found");
        assert_eq!(me.get(MY_WEEK).is(200).json["cohort"]["id"], json!(two.cohort));
        // Who has graduated reads what was, by naming it.
        world.enrol_again(&one, me, EnrolmentStatus::Graduated);
        assert_eq!(me.get(&format!("{MY_WEEK}?cohort_id={}", one.cohort)).is(200).json["absent_in"], json!([]));
    }
}
