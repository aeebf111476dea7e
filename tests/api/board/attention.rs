//! What needs the staff.

use chrono::TimeDelta;
use peerled::{primitives::Instant, students::model::EnrolmentStatus};
use serde_json::{Value, json};

use crate::{
    harness::{Fac, User, World},
    on_every_database,
    team_plans::{plan, publish, set_absent, week_teams},
};

fn items(user: &User, fac: &Fac) -> Vec<Value> {
    user.get(&format!("/v1/cohorts/{}/attention", fac.cohort))
        .is(200)
        .data()
        .clone()
}

fn kinds(fac: &Fac) -> Vec<(String, Option<i64>)> {
    let kind = |item: &Value| (item["kind"].as_str().unwrap().to_owned(), item["week"].as_i64());
    items(&fac.facilitator, fac).iter().map(kind).collect()
}

on_every_database! {
    fn a_facilitators_monday_takes_one_request(world: World) {
        let fac = world.coming_fac(4, 8);
        assert_eq!(kinds(&fac), []);
        for (week, days) in [(1, -9), (2, -1), (3, 6), (4, 13)] {
            world.begin_week(&fac, week, days);
        }
        let told = |kind: &str, week: i64| (kind.to_owned(), Some(week));
        assert_eq!(kinds(&fac), [told("unpublished_week", 2), told("unpublished_week", 3)]);

        let made = plan(&fac, json!({"from_week": 1, "to_week": 3, "effort": "quick"})).is(201);
        publish(&fac, &made, None).is(200);
        // From the middle on, those who have never worked together; here two teams of four have met in one draw.
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        fac.facilitator.post(&slots, json!({"week": 4, "kind": "week", "min": 2, "capacity": 2})).is(201);
        set_absent(&world, &fac, 3, &fac.students[0]);
        world.enrol_again(&fac, &fac.students[1], EnrolmentStatus::Withdrawn);
        let joiner = world.person("Late");
        world.enrol(&fac, &joiner, EnrolmentStatus::Enrolled);

        // The work of week 1 was due, and one of its two teams has submitted something.
        let week = fac.facilitator.get(&format!("/v1/cohorts/{}/weeks/1", fac.cohort)).is(200);
        let project = format!("/v1/projects/{}", week.json["project"]["id"].as_str().unwrap());
        let first = format!("{}T09:00", week.json["starts_on"].as_str().unwrap());
        fac.facilitator.patch(&project, json!({"due_at": first})).is(200);
        let teams = week_teams(&fac.facilitator, &fac, 1).is(200);
        let [one, other] = [0, 1].map(|at| teams.data()[at]["id"].as_str().unwrap().to_owned());
        let work = json!({"repository_url": "https://example.org/chatbot", "week": 1});
        fac.facilitator.post(&format!("/v1/teams/{one}/submissions"), work).is(201);

        // Of the two reviews of week 1, one is done, the time for the other has passed.
        let reviews = format!("/v1/cohorts/{}/weeks/1/code-reviews", fac.cohort);
        let reviews = fac.facilitator.post(&reviews, Value::Null).is(201);
        let yesterday = Instant::now().plus(TimeDelta::days(-1)).date();
        let [done, lapsed] = [0, 1].map(|at| format!("/v1/code-reviews/{}", reviews.data()[at]["id"].as_str().unwrap()));
        for review in [&done, &lapsed] {
            fac.facilitator.patch(review, json!({"due_at": format!("{yesterday}T09:00")})).is(200);
        }
        let reviewer = reviews.data()[0]["reviewer_team"]["id"].clone();
        let team = teams.data().iter().find(|team| team["id"] == reviewer).unwrap();
        let is_in = |student: &&User| {
            let members = team["members"].as_array().unwrap();
            members.iter().any(|member| member["person"]["id"] == json!(student.id)) && student.id != fac.students[1].id
        };
        fac.students.iter().find(is_in).unwrap().patch(&done, json!({"status": "done"})).is(200);

        let found = items(&fac.facilitator, &fac);
        let of = |kind: &str| found.iter().filter(|item| item["kind"] == kind).collect::<Vec<_>>();
        let left = of("left_team");
        let gone: Vec<_> = left.iter().map(|item| (item["week"].as_i64().unwrap(), item["person"]["id"].clone())).collect();
        let [absent, withdrawn] = [&fac.students[0].id, &fac.students[1].id];
        assert_eq!(gone, [(2, json!(withdrawn)), (3, json!(absent)), (3, json!(withdrawn))], "{left:#?}");
        let team = left[0]["team"]["id"].as_str().unwrap();
        assert_eq!(left[0]["href"], format!("/v1/teams/{team}"));
        assert_eq!(of("without_team").len(), 2);
        let missing: Vec<_> = of("submission_missing").iter().filter(|item| item["week"] == 1).map(|item| item["team"]["id"].clone()).collect();
        assert_eq!(missing, [json!(other)]);
        let abandoned: Vec<_> = of("review_abandoned").iter().map(|item| (item["href"].clone(), item["team"].clone(), item["week"].clone())).collect();
        assert_eq!(abandoned, [(json!(lapsed), reviews.data()[1]["reviewer_team"].clone(), json!(1))]);
        assert_eq!(of("mentors_missing")[0]["title"], "Week 4 lacks 2 mentors");
        assert_eq!(of("absence")[0]["person"]["id"], json!(absent));

        fac.students[2].get(&format!("/v1/cohorts/{}/attention", fac.cohort)).problem(404, "not_found");
        // Nothing needs anybody once it is over.
        world.set_status(&fac, "graduated");
        assert_eq!(kinds(&fac), []);
    }

    fn whoever_runs_several_cohorts_reads_of_all_at_once(world: World) {
        let [one, other] = ["one", "other"].map(|slug| world.campus_with_cohort(slug, 4, 4));
        let both = &one.facilitator;
        both.put(&format!("/v1/campuses/{}/members/me", other.campus), Value::Null).is(204);
        let appointed = format!("/v1/campuses/{}/staff/{}", other.campus, both.id);
        other.organiser.put(&appointed, json!({"role": "facilitator"})).is(204);
        for fac in [&one, &other] {
            world.begin_week(fac, 2, -1);
        }
        let told = |user: &User| user.get("/v1/me/attention").is(200).data().clone();
        let found = told(both);
        let ids = |told: &[Value]| {
            let mut ids: Vec<String> = told.iter().map(|one| one["cohort"]["id"].as_str().unwrap().to_owned()).collect();
            ids.sort();
            ids
        };
        let mut expected = [one.cohort.clone(), other.cohort.clone()];
        expected.sort();
        assert_eq!(ids(&found), expected);
        for told in &found {
            let cohort = told["cohort"]["id"].as_str().unwrap();
            let alone = both.get(&format!("/v1/cohorts/{cohort}/attention")).is(200);
            assert_eq!(told["items"], json!(alone.data()));
            assert_eq!((&told["items"][0]["kind"], &told["second_factor_required"]), (&json!("unpublished_week"), &json!(false)));
        }
        assert_eq!(ids(&told(&one.organiser)), [one.cohort.as_str()]);
        assert_eq!(told(&one.students[0]), [] as [Value; 0]);
        world.nobody().get("/v1/me/attention").problem(401, "authentication_required");

        // Page by page, and without those that are over.
        let first = both.get("/v1/me/attention?limit=1").is(200);
        let cursor = first.json["page"]["next_cursor"].as_str().unwrap();
        let second = both.get(&format!("/v1/me/attention?limit=1&cursor={cursor}")).is(200);
        let paged = [first.data()[0].clone(), second.data()[0].clone()];
        assert_eq!((ids(&paged), &second.json["page"]["has_more"]), (ids(&found), &json!(false)));
        world.set_status(&one, "graduated");
        assert_eq!(ids(&told(both)), [other.cohort.as_str()]);
    }
}
