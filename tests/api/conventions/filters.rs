//! Lists are filtered the same way everywhere: several states by commas, `from` and `to` where there are dates.

use peerled::students::model::EnrolmentStatus;
use serde_json::{Value, json};

use crate::{
    harness::{Answer, User, World},
    jobs::ended,
    on_every_database,
    team_plans::{fours, plan, publish},
};

/// How many items a list has with a filter.
fn count(user: &User, path: &str, query: &str) -> usize {
    user.get(&format!("{path}?limit=100&{query}")).is(200).data().len()
}

/// A filter that is not right, and names which.
#[track_caller]
fn is_wrong(answer: Answer, parameter: &str, words: &str) {
    let problem = answer.problem(400, "invalid_parameter");
    assert_eq!(problem.json["errors"][0]["pointer"], json!(parameter));
    assert!(
        problem.json["detail"].as_str().unwrap().contains(words),
        "{}",
        problem.text
    );
}

on_every_database! {
    fn lists_take_several_states_and_days(world: World) {
        // Five weeks, from Monday 5 January to Friday 6 February 2026.
        let fac = world.fac(5, 8);
        let alumna = world.alumnus(&fac, "Alumna");
        let staff = &fac.facilitator;
        let cohort = |rest: &str| format!("/v1/cohorts/{}/{rest}", fac.cohort);

        let of_campus = |query: &str| count(staff, "/v1/cohorts", &format!("campus_id={}&{query}", fac.campus));
        assert_eq!(["status=running", "status=running,graduated", "status=planned,cancelled"].map(of_campus), [1, 2, 0]);
        // That of the alumna has one week.
        let days = ["from=2026-02-06", "from=2026-02-07", "to=2026-01-05", "to=2026-01-04", "from=2026-01-09&to=2026-01-09"];
        assert_eq!(days.map(of_campus), [1, 0, 2, 0, 2]);

        let weeks = |query: &str| -> Vec<i64> {
            let weeks = staff.get(&cohort(&format!("weeks?{query}"))).is(200);
            weeks.data().iter().map(|week| week["number"].as_i64().unwrap()).collect()
        };
        assert_eq!(weeks("from=2026-01-16&to=2026-01-19"), [2, 3]);
        assert_eq!((weeks("from=2026-01-17&to=2026-01-18"), weeks("to=2026-01-05")), (vec![], vec![1]));

        for weeks in [(1, 2), (4, 4), (5, 5)] {
            plan(&fac, fours(weeks.0, weeks.1)).is(201);
        }
        let plans = cohort("team-plans");
        let made = staff.get(&plans).is(200).data().clone();
        let first = staff.get(&format!("/v1/team-plans/{}", made[2]["id"].as_str().unwrap())).is(200);
        publish(&fac, &first, Some(&[1])).is(200);
        let last = staff.get(&format!("/v1/team-plans/{}", made[0]["id"].as_str().unwrap())).is(200);
        publish(&fac, &last, None).is(200);
        let states = ["draft", "partly_published", "published", "draft,published", "partly_published,published", "draft,partly_published,published"];
        assert_eq!(states.map(|states| count(staff, &plans, &format!("status={states}"))), [1, 1, 1, 2, 2, 3]);
        let days = ["from=2026-01-17", "to=2026-01-11", "from=2026-01-12&to=2026-01-30", "status=draft&to=2026-01-11"];
        assert_eq!(days.map(|days| count(staff, &plans, days)), [2, 1, 2, 0]);

        for (week, kind) in [(1, "week"), (2, "project"), (3, "role")] {
            staff.post(&cohort("mentor-slots"), json!({"week": week, "kind": kind, "min": 0, "capacity": 1})).is(201);
        }
        let slots = |query: &str| count(&alumna, &cohort("mentor-slots"), query);
        assert_eq!(["kind=week,role", "kind=project", "from=2026-01-12", "from=2026-01-12&to=2026-01-16&kind=week,project"].map(slots), [2, 1, 2, 1]);
        world.begin_week(&fac, 3, 7);
        let role = alumna.get(&format!("{}?kind=role", cohort("mentor-slots"))).is(200).data()[0]["id"].clone();
        alumna.post(&format!("/v1/mentor-slots/{}/sign-ups", role.as_str().unwrap()), Value::Null).is(201);
        let own = ["status=confirmed,waitlisted", "status=waitlisted,attended", "to=2026-01-31", "from=2026-01-31"];
        assert_eq!(own.map(|query| count(&alumna, "/v1/me/sign-ups", query)), [1, 0, 0, 1]);

        world.enrol(&fac, &world.person("Gone"), EnrolmentStatus::Withdrawn);
        let leaver = cohort(&format!("enrolments/{}", fac.students[0].id));
        staff.patch(&leaver, json!({"status": "withdrawn", "left_on": "2026-01-14"})).is(200);
        let late = cohort(&format!("enrolments/{}", fac.students[1].id));
        staff.patch(&late, json!({"joined_on": "2026-01-12"})).is(200);
        let students = |query: &str| count(staff, &cohort("enrolments"), query);
        assert_eq!(["status=enrolled,withdrawn", "status=withdrawn", "status=enrolled,graduated"].map(students), [9, 2, 7]);
        assert_eq!(["to=2026-01-11", "status=withdrawn,enrolled&from=2026-01-15", "from=2026-01-14&to=2026-01-14"].map(students), [8, 8, 9]);

        staff.post(&cohort("enrolments"), json!({"email": "new@example.org", "name": "New"})).is(202);
        let invited = |query: &str| count(staff, &cohort("invitations"), query);
        assert_eq!(["status=pending,expired", "status=accepted,revoked", "from=2026-01-01", "to=2026-01-01"].map(invited), [1, 0, 1, 0]);

        let body = json!({"from_week": 3, "to_week": 3, "team_size": {"min": 3, "max": 4}, "effort": "quick"});
        let members = |query: &str| count(staff, &format!("/v1/campuses/{}/members", fac.campus), query);
        assert_eq!(["status=pending", "to=2026-01-01", "status=member,pending&from=2026-01-01"].map(members), [0, 0, members("")]);
        assert_eq!(["", "from=2026-01-01", "to=2026-01-01"].map(|days| count(staff, &cohort("team-repairs"), days)), [0, 0, 0]);

        let job = staff.with("Prefer", "respond-async").post(&plans, body).is(202);
        ended(staff, &job.id(), "succeeded");
        let jobs = |query: &str| count(staff, &cohort("jobs"), query);
        assert_eq!(["status=succeeded,failed", "status=queued,running", "from=2026-01-01", "to=2026-01-01"].map(jobs), [1, 0, 1, 0]);
    }

    fn a_filter_that_is_not_right_is_named(world: World) {
        let fac = world.fac(1, 4);
        let paths = ["weeks", "team-plans", "mentor-slots", "enrolments", "invitations", "jobs", "team-repairs"];
        let lists = paths.map(|list| format!("/v1/cohorts/{}/{list}", fac.cohort));
        let members = format!("/v1/campuses/{}/members", fac.campus);
        for list in lists.iter().map(String::as_str).chain(["/v1/cohorts", "/v1/me/sign-ups", &members]) {
            let get = |query: &str| fac.facilitator.get(&format!("{list}?{query}"));
            is_wrong(get("from=2026-01-06&to=2026-01-05"), "?to", "must not come before `from`");
            is_wrong(get("from=6.1.2026"), "?from", "YYYY-MM-DD");
            is_wrong(get("to=2026-02-30"), "?to", "not a day of the calendar");
            is_wrong(get("from=2026-01-05&from=2026-01-05"), "?from", "is there twice");
            get("from=2026-01-05&to=2026-01-05").is(200);
            if list.ends_with("weeks") || list.ends_with("team-repairs") {
                continue;
            }
            let name = if list.ends_with("slots") { "kind" } else { "status" };
            let parameter = format!("?{name}");
            for wrong in ["nope", "", "pending,nope"] {
                let answer = get(&format!("{name}={wrong}"));
                is_wrong(answer, &parameter, "must be ");
            }
        }
    }
}
