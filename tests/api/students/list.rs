use serde_json::{Value, json};

use super::{enrolment, enrolments, mentor};
use crate::{harness::World, on_every_database};

/// What each may see of one enrolment.
const FOR_ALL: [&str; 5] = ["created_at", "joined_on", "left_on", "person", "status"];
const FOR_STAFF: [&str; 10] = [
    "attributes",
    "balances_teams",
    "created_at",
    "experience",
    "joined_on",
    "left_on",
    "person",
    "status",
    "updated_at",
    "version",
];

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

on_every_database! {
    fn by_name_a_page_at_a_time(world: World) {
        let fac = world.fac(2, 5);
        let first = fac.students[0].get(&format!("{}?limit=3", enrolments(&fac))).is(200);
        let cursor = first.json["page"]["next_cursor"].as_str().unwrap();
        assert!(first.header("link").contains(cursor));
        let second = fac.students[0].get(&format!("{}?limit=3&cursor={cursor}", enrolments(&fac))).is(200);
        let names: Vec<_> = first.data().iter().chain(second.data()).map(|one| one["person"]["name"].clone()).collect();
        let all: Vec<_> = fac.students.iter().map(|student| json!(student.name)).collect();
        assert_eq!((names, &second.json["page"]["has_more"]), (all, &json!(false)));
        let wrong = |query: &str| fac.organiser.get(&format!("{}?{query}", enrolments(&fac)));
        wrong("cursor=00").problem(400, "invalid_cursor");
        wrong("limit=101").problem(400, "invalid_parameter");
        wrong("experience=3").problem(400, "invalid_parameter");
        wrong("status=alumnus").problem(400, "invalid_parameter");
    }

    fn filters_by_status(world: World) {
        let fac = world.fac(2, 3);
        let gone = &fac.students[1];
        fac.facilitator.patch(&enrolment(&fac, gone), json!({"status": "withdrawn"})).is(200);
        let of = |status: &str| fac.organiser.get(&format!("{}?status={status}", enrolments(&fac))).is(200);
        assert_eq!(of("enrolled").data().len(), 2);
        assert_eq!(of("withdrawn").data()[0]["person"]["id"], json!(gone.id));
        assert!(of("graduated").data().is_empty());
    }

    fn each_role_sees_what_is_theirs_to_see(world: World) {
        let (fac, other) = (world.fac(2, 2), world.campus_with_cohort("other", 2, 1));
        let secret = json!({"experience": 4, "attributes": {"gender": "secretvalue"}});
        fac.facilitator.patch(&enrolment(&fac, &fac.students[0]), secret).is(200);
        let mentor = mentor(&world, &fac, "Mentor");
        let [list, one] = [enrolments(&fac), enrolment(&fac, &fac.students[0])];

        for insider in [&fac.students[0], &fac.students[1], &mentor] {
            let (list, one) = (insider.get(&list).is(200), insider.get(&one).is(200));
            assert_eq!(keys(&one.json), FOR_ALL);
            assert!(list.data().iter().all(|one| keys(one) == FOR_ALL));
            assert!(!list.text.contains("secretvalue") && !one.text.contains("secretvalue"));
            let others = list.text.replace(&format!("\"{}\"", insider.email), "");
            assert!(!others.contains('@') && (insider.id == fac.students[0].id || !one.text.contains('@')));
        }
        for staff in [&fac.facilitator, &fac.organiser] {
            let (list, one) = (staff.get(&list).is(200), staff.get(&one).is(200));
            assert_eq!(keys(&one.json), FOR_STAFF);
            assert!(list.data().iter().all(|one| keys(one) == FOR_STAFF));
            assert_eq!(one.json["person"]["email"], json!(fac.students[0].email));
        }
        let gone = &fac.students[1];
        fac.facilitator.patch(&enrolment(&fac, gone), json!({"status": "withdrawn"})).is(200);
        let (stranger, alumna) = (world.person("Stranger"), world.alumnus(&fac, "Alumna"));
        for outsider in [&stranger, &alumna, gone, &other.students[0], &other.facilitator, &other.organiser] {
            outsider.get(&list).problem(404, "not_found");
            outsider.get(&one).problem(404, "not_found");
        }
        world.nobody().get(&list).problem(401, "authentication_required");
        fac.facilitator.get(&enrolment(&fac, &stranger)).problem(404, "not_found");
    }

    fn nobody_else_learns_that_what_only_staff_see_has_changed(world: World) {
        let fac = world.fac(2, 2);
        let one = enrolment(&fac, &fac.students[0]);
        let seen = |user: &crate::harness::User| {
            let (one, all) = (user.get(&one).is(200), user.get(&enrolments(&fac)).is(200));
            [one, all].map(|answer| (answer.header("etag").to_owned(), answer.text))
        };
        let of_students = || [seen(&fac.students[0]), seen(&fac.students[1])];
        let (before, for_staff) = (of_students(), seen(&fac.facilitator));
        fac.facilitator.patch(&one, json!({"experience": 4, "attributes": {"gender": "w"}})).is(200);
        assert_eq!(of_students(), before);
        assert_ne!(seen(&fac.facilitator), for_staff);
        let again = fac.students[1].with("If-None-Match", &before[1][0].0);
        again.get(&one).is(304);
        fac.facilitator.patch(&one, json!({"joined_on": "2026-01-06"})).is(200);
        again.get(&one).is(200);
    }
}
