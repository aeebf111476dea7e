//! When people apply, and what they are asked.

use peerled::primitives::{Instant, LocalTime, time::TimeZone};
use serde_json::{Value, json};

use super::{
    answers, apply, draft as begin_draft, form, in_days, intake, keep_time, open, open_fac, path, submit, window,
};
use crate::{
    harness::{User, World},
    on_every_database,
};

/// What the clocks of London show so many seconds from now.
fn london(seconds: i64) -> String {
    let then = Instant::now().plus(chrono::TimeDelta::seconds(seconds));
    LocalTime::of(then, TimeZone::parse("Europe/London").unwrap()).to_string()
}

on_every_database! {
    fn of_two_who_write_the_form_at_once_one_is_told(world: World) {
        let fac = open_fac(&world);
        let (at, shown) = (path(&fac, "/intake/form"), fac.facilitator.get(&path(&fac, "/intake")).is(200));
        let tag = shown.header("etag").to_owned();
        let other = |why: &str| {
            let mut other = form();
            other["questions"][0]["label"]["en"] = json!(why);
            other
        };
        let put = |who: &User, why: &str| who.with("if-match", &tag).put(&at, other(why));
        let version = put(&fac.facilitator, "Why us?").is(200).json["version"].as_i64().unwrap();
        assert!(version > shown.json["version"].as_i64().unwrap());
        put(&fac.organiser, "Why now?").problem(412, "precondition_failed");
        // An answer that nobody could use is not asked for.
        let mut secret = form();
        secret["questions"][0]["confidential"] = json!(true);
        fac.facilitator.put(&at, secret).field("/questions/0/confidential", "invalid");
    }

    fn nobody_is_chosen_after_the_cohort_has_started(world: World) {
        let fac = world.coming_fac(2, 0);
        world.set_status(&fac, "planned");
        let put = |field: &str, day: &str| {
            let mut intake = intake(window(-1, 1));
            intake[field] = json!(day);
            if field == "interviews_to" {
                intake["interviews_from"] = json!("2098-12-01");
            }
            fac.facilitator.put(&path(&fac, "/intake"), intake)
        };
        for field in ["closes_at", "decide_by", "interviews_to"] {
            put(field, "2099-01-05").field(&format!("/{field}"), "invalid");
            put(field, "2099-01-04").is(200);
        }
    }

    fn anybody_reads_when_people_apply_and_what_they_are_asked(world: World) {
        let fac = world.coming_fac(2, 1);
        world.nobody().get(&path(&fac, "/intake")).problem(404, "not_found");
        fac.facilitator.put(&path(&fac, "/intake/form"), form()).problem(409, "conflict");
        let new = json!({
            "interest_from": "2098-01-11", "opens_at": "2098-02-01", "closes_at": "2098-02-28", "places": 16, "reply_days": 5,
            "keep_months": 6, "interviews_from": "2098-03-08", "interviews_to": "2098-03-12", "decide_by": "2098-03-19",
            "precourse": "Read chapter 1", "precourse_url": "https://example.org/precourse",
        });
        let made = fac.facilitator.put(&path(&fac, "/intake"), new.clone()).is(200);
        assert_eq!((&made.json["version"], &made.json["precourse"], &made.json["form"]), (&json!(1), &json!("Read chapter 1"), &Value::Null));
        fac.facilitator.put(&path(&fac, "/intake/form"), form()).is(200);
        // A date is meant as a whole, by the clocks of the campus.
        let read = world.nobody().get(&path(&fac, "/intake")).is(200).json;
        assert_eq!([&read["opens_local"], &read["closes_local"]], ["2098-02-01T00:00:00", "2098-03-01T00:00:00"]);
        assert_eq!([&read["opens_at"], &read["closes_at"], &read["time_zone"]], ["2098-02-01T00:00:00Z", "2098-03-01T00:00:00Z", "Europe/London"]);
        assert_eq!((&read["state"], &read["form"]["version"]), (&json!("announced"), &json!(1)));
        assert_eq!(read["form"]["questions"][0]["label"]["ar"], "لماذا؟");
        // What comes before the cohort is for those who come.
        assert!(read.get("precourse").is_none() && read.get("precourse_url").is_none());
        assert!(fac.students[0].get(&path(&fac, "/intake")).is(200).json.get("precourse").is_none());
        let listed = world.nobody().get(&format!("/v1/intakes?campus_id={}", fac.campus)).is(200);
        assert_eq!(listed.data().iter().map(|one| &one["cohort_id"]).collect::<Vec<_>>(), [&json!(fac.cohort)]);
        // Another form is another version, and what changes nothing is none; who has seen another is refused.
        let stale = fac.facilitator.with("If-Match", "\"9-x\"");
        stale.put(&path(&fac, "/intake"), new.clone()).problem(412, "precondition_failed");
        assert_eq!(fac.facilitator.put(&path(&fac, "/intake"), new.clone()).is(200).json["version"], 2);
        let mut more = new.clone();
        more["places"] = json!(20);
        assert_eq!(fac.facilitator.put(&path(&fac, "/intake"), more).is(200).json["version"], 3);
        assert_eq!(fac.facilitator.put(&path(&fac, "/intake/form"), form()).is(200).json["form"]["version"], 1);

        for (field, value, pointer) in [
            ("closes_at", json!("2098-01-31"), "/closes_at"),
            ("places", json!(0), "/places"),
            ("decide_by", json!("2098-02-01"), "/decide_by"),
            ("opens_at", json!("soon"), "/opens_at"),
            ("colour", json!("red"), "/colour"),
        ] {
            let mut wrong = new.clone();
            wrong[field] = value;
            let refused = fac.facilitator.put(&path(&fac, "/intake"), wrong).problem(422, "invalid_fields");
            assert_eq!(refused.json["errors"][0]["pointer"], pointer, "{}", refused.text);
        }
        let twice = json!({"questions": [form()["questions"][0], form()["questions"][0]]});
        fac.facilitator.put(&path(&fac, "/intake/form"), twice).field("/questions/1/key", "invalid");
        assert_eq!(world.nobody().get(&path(&fac, "/intake")).is(200).json["version"], 3);
        // A page shows the last day, whether it closes at its end or within it.
        assert_eq!(read["closes_on"], "2098-02-28");
        let mut within = new.clone();
        within["closes_at"] = json!("2098-02-28T17:00");
        let within = fac.facilitator.put(&path(&fac, "/intake"), within).is(200).json;
        assert_eq!([&within["closes_local"], &within["closes_on"]], ["2098-02-28T17:00:00", "2098-02-28"]);
        world.person("Stranger").put(&path(&fac, "/intake"), new).problem(403, "forbidden");
    }

    fn whether_it_is_open_is_decided_when_the_server_receives_it(world: World) {
        let fac = world.coming_fac(2, 0);
        let amal = world.person("Amal");
        let applied = |opens: String, closes: String| {
            open(&fac, intake(json!({"opens_at": opens, "closes_at": closes})));
            amal.post(&path(&fac, "/applications"), json!({"answers": answers()}))
        };
        let closed = applied(in_days(-3), in_days(-2)).problem(409, "applications_closed");
        assert!(closed.json["detail"].as_str().unwrap().starts_with("Applications closed on "), "{}", closed.text);
        applied(in_days(1), in_days(2)).problem(409, "applications_closed");
        // By the clocks of the campus, to the second.
        applied(london(-60), london(-1)).problem(409, "applications_closed");
        applied(london(60), london(120)).problem(409, "applications_closed");
        let draft = applied(london(-60), london(3600)).is(201);
        let draft = format!("/v1/applications/{}", draft.id());
        // A draft that was begun in time and arrives late is late.
        open(&fac, intake(json!({"opens_at": london(-60), "closes_at": london(-1)})));
        submit(&amal, &draft).problem(409, "applications_closed");
        assert_eq!(amal.get(&draft).is(200).json["status"], "draft");
        world.set_status(&fac, "cancelled");
        submit(&amal, &draft).problem(409, "applications_closed");
    }

    fn those_who_are_interested_are_told_once_when_it_opens(world: World) {
        let fac = world.coming_fac(2, 0);
        let (amal, basil) = (world.person("Amal"), world.person("Basil"));
        let mut coming = intake(window(1, 2));
        fac.facilitator.put(&path(&fac, "/intake"), coming.clone()).is(200);
        let mine = path(&fac, "/intake/interest/me");
        amal.put(&mine, Value::Null).problem(409, "applications_closed");
        coming["interest_from"] = json!("2026-01-01");
        fac.facilitator.put(&path(&fac, "/intake"), coming).is(200);
        assert_eq!(world.nobody().get(&path(&fac, "/intake")).is(200).json["state"], "interest");
        for who in [&amal, &amal, &basil] {
            who.put(&mine, Value::Null).is(204);
        }
        basil.delete(&mine).is(204);
        basil.delete(&mine).problem(404, "not_found");
        let told = || {
            keep_time(&world, 0);
            world.hand_out();
            let count = |who: &User| who.get("/v1/me/notifications").is(200).data().len();
            [count(&amal), count(&basil)]
        };
        assert_eq!(told(), [0, 0]);
        open(&fac, intake(window(-1, 1)));
        assert_eq!(told(), [1, 0]);
        let notice = amal.get("/v1/me/notifications").is(200).data()[0].clone();
        assert_eq!((&notice["title"], &notice["href"]), (&json!("Applications to fac are open."), &json!(path(&fac, "/intake"))));
        assert_eq!(told(), [1, 0]);
        amal.put(&mine, Value::Null).problem(409, "applications_closed");
    }

    fn answers_stay_with_the_questions_that_they_answer(world: World) {
        let fac = open_fac(&world);
        let (amal, basil) = (world.person("Amal"), world.person("Basil"));
        let handed_in = apply(&fac, &amal);
        let draft = begin_draft(&fac, &basil);
        let other = json!({"questions": [
            {"key": "why", "kind": "choice", "label": {"en": "Why?"}, "required": true, "choices": [
                {"value": "work", "label": {"en": "Work"}}, {"value": "joy", "label": {"en": "Joy"}}]},
        ]});
        assert_eq!(fac.facilitator.put(&path(&fac, "/intake/form"), other).is(200).json["form"]["version"], 2);
        let kept = fac.facilitator.get(&handed_in).is(200).json;
        assert_eq!((&kept["form"]["version"], &kept["form"]["questions"][0]["kind"], &kept["answers"]["why"]), (&json!(1), &json!("text"), &json!("To learn")));
        // What is asked now is answered anew before it is handed in.
        submit(&basil, &draft).problem(409, "conflict");
        basil.patch(&draft, json!({"answers": {}})).field("/answers/why", "invalid");
        let saved = basil.patch(&draft, json!({"answers": {"why": "joy"}})).is(200).json;
        assert_eq!((&saved["form"]["version"], &saved["answers"]), (&json!(2), &json!({"why": "joy"})));
        submit(&basil, &draft).is(200);
    }
}
