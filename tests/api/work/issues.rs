use serde_json::{Value, json};

use super::{assign, found, publish_weeks, reviews, teams};
use crate::{harness::World, mentoring, on_every_database};

on_every_database! {
    fn the_reviewed_team_answers_and_only_who_raised_it_closes(world: World) {
        let fac = world.fac(1, 8);
        publish_weeks(&fac, 4, 1, 1);
        let teams = teams(&fac, 1);
        let all = reviews(&assign(&fac, 1), &teams);
        let (review, raiser, reviewed) = (&all[0], &all[0].reviewing.members[0], &all[0].reviewed.members[0]);
        let issues = format!("{}/issues", review.path);
        reviewed.post(&issues, found()).problem(403, "forbidden");
        fac.facilitator.post(&issues, found()).problem(403, "forbidden");
        for (body, pointer, code) in [
            (json!({"body": "x"}), "/title", "required"),
            (json!({"title": "x"}), "/body", "required"),
            (json!({"title": "x", "body": "y", "url": "file:///x"}), "/url", "invalid"),
            (json!({"title": "x", "body": "y", "status": "closed"}), "/status", "unknown"),
        ] {
            raiser.post(&issues, body).field(pointer, code);
        }
        let raised = raiser.post(&issues, found()).is(201);
        let path = raised.header("location").to_owned();
        assert_eq!((&raised.json["status"], &raised.json["raised_by"]["id"]), (&json!("open"), &json!(raiser.id)));
        assert_eq!(fac.students[0].get(&path).is(200).json, raised.json);
        assert_eq!(fac.students[0].get(&review.path).is(200).json["status"], "done", "the first issue shows it");

        let (answer, close) = (json!({"status": "answered", "answer": "Fixed."}), json!({"status": "closed"}));
        for user in [raiser, &review.reviewing.members[1], &fac.facilitator] {
            user.patch(&path, answer.clone()).problem(403, "forbidden");
        }
        for user in [reviewed, &review.reviewing.members[1], &fac.facilitator] {
            user.patch(&path, close.clone()).problem(403, "forbidden");
        }
        reviewed.patch(&path, json!({"status": "open"})).field("/status", "invalid");
        reviewed.patch(&path, json!({"answer": "Fixed."})).field("/status", "required");
        raiser.patch(&path, json!({"status": "closed", "answer": "Fixed."})).field("/answer", "invalid");
        let seen = reviewed.get(&path).is(200);
        let answered = reviewed.with("If-Match", seen.header("etag")).patch(&path, answer.clone()).is(200).json;
        assert_eq!((&answered["status"], &answered["answer"]), (&json!("answered"), &json!("Fixed.")));
        assert_eq!(answered["answered_by"]["id"], json!(reviewed.id));
        reviewed.with("If-Match", seen.header("etag")).patch(&path, answer.clone()).problem(412, "precondition_failed");
        // Without a text the one from before stays.
        assert_eq!(reviewed.patch(&path, json!({"status": "answered"})).is(200).json["answer"], "Fixed.");
        let closed = raiser.patch(&path, close.clone()).is(200).json;
        assert!(closed["status"] == "closed" && closed["closed_at"].is_string(), "{closed}");
        raiser.patch(&path, close).problem(409, "invalid_transition");
        reviewed.patch(&path, answer).problem(409, "invalid_transition");

        raiser.post(&issues, found()).is(201);
        let counts = fac.students[0].get(&review.path).is(200).json["issues"].clone();
        assert_eq!(counts, json!({"open": 1, "answered": 0, "closed": 1}));
        let of = |query: &str| fac.students[0].get(&format!("{issues}{query}")).is(200).data().len();
        assert_eq!([of(""), of("?status=closed"), of("?status=open,answered"), of("?limit=1")], [2, 1, 1, 1]);
        fac.students[0].get(&format!("{issues}?status=done")).problem(400, "invalid_parameter");
    }

    fn mentors_of_the_week_raise_issues_and_nobody_else(world: World) {
        let (fac, away) = (world.fac(2, 8), world.campus_with_cohort("away", 1, 1));
        for week in [1, 2] {
            world.begin_week(&fac, week, 0);
        }
        publish_weeks(&fac, 4, 1, 1);
        let teams = teams(&fac, 1);
        let all = reviews(&assign(&fac, 1), &teams);
        let issues = format!("{}/issues", all[0].path);
        let [of_this_week, of_another] = [1, 2].map(|week| {
            let mentor = world.alumnus(&fac, &format!("Mentor {week}"));
            let slot = mentoring::slot_in(&fac, week);
            mentor.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
            mentor
        });
        let raised = of_this_week.post(&issues, found()).is(201);
        let of_its_team = fac.students[0].get(&all[0].path).is(200).json;
        assert_eq!(of_its_team["status"], "assigned", "what a mentor finds does not do the team's review");
        of_another.post(&issues, found()).problem(403, "forbidden");
        of_another.get(&issues).is(200);
        for stranger in [&away.organiser, &away.students[0], &world.alumnus(&fac, "Alum")] {
            stranger.post(&issues, found()).problem(404, "not_found");
            stranger.get(&issues).problem(404, "not_found");
            stranger.get(raised.header("location")).problem(404, "not_found");
            stranger.patch(raised.header("location"), json!({"status": "closed"})).problem(404, "not_found");
        }
        world.nobody().post(&issues, found()).problem(401, "authentication_required");
        of_this_week.patch(raised.header("location"), json!({"status": "closed"})).is(200);
        world.set_status(&fac, "graduated");
        all[0].reviewing.members[0].post(&issues, found()).problem(409, "conflict");
    }
}
