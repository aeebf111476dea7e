use serde_json::json;

use super::{announce, days_ago, event, events_path, now_on, path_of};
use crate::{changes::Follower, harness::World, on_every_database};

on_every_database! {
    fn what_takes_place_is_told_by_the_clocks_of_the_campus(world: World) {
        let fac = world.coming_fac(2, 2);
        for (starts, ends, instants) in [
            ("2026-07-10T14:00", "2026-07-10T16:00", ["2026-07-10T13:00:00Z", "2026-07-10T15:00:00Z"]),
            ("2026-07-10T13:00:00Z", "2026-07-10T15:00:00Z", ["2026-07-10T13:00:00Z", "2026-07-10T15:00:00Z"]),
            // The day on which the clocks jump from 01:00 to 02:00: through the hour that is never.
            ("2026-03-29T00:30", "2026-03-29T02:30", ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"]),
            // The day on which they show 01:00 to 02:00 twice.
            ("2026-10-25T00:30", "2026-10-25T01:30", ["2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z"]),
            ("2026-10-25T01:30", "2026-10-25T02:30", ["2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z"]),
        ] {
            let told = announce(&fac, json!({"starts_at": starts, "ends_at": ends})).json;
            assert_eq!([&told["starts_at"], &told["ends_at"]], [&json!(instants[0]), &json!(instants[1])], "{starts}");
            assert_eq!(told["time_zone"], "Europe/London");
        }
        // No clock shows the hour that is never, so nothing is announced for it; nor for when the cohort is long over.
        let path = events_path(&fac);
        let refused = |starts: &str, ends: &str, field: &str| {
            let answer = fac.facilitator.post(&path, event(json!({"starts_at": starts, "ends_at": ends})));
            answer.field(field, "invalid").json["errors"][0]["detail"].as_str().unwrap().to_owned()
        };
        assert!(refused("2026-03-29T01:30", "2026-03-29T03:00", "/starts_at").contains("they show 2026-03-29T02:30"));
        refused("2026-03-29T00:10", "2026-03-29T01:00", "/ends_at");
        assert!(refused("2099-01-31T09:00", "2099-01-31T10:00", "/starts_at").ends_with("the cohort's last day, 2099-01-16"));
        announce(&fac, json!({"starts_at": "2099-01-30T09:00", "ends_at": "2099-01-30T10:00"}));
        // The campus moves: what is kept is what the wall shows.
        let made = announce(&fac, json!({"starts_at": "2026-07-10T14:00", "ends_at": "2026-07-10T16:00"}));
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"time_zone": "Asia/Gaza"})).is(200);
        let told = fac.students[0].get(&path_of(&made)).is(200).json;
        let when = [&told["starts_local"], &told["starts_at"], &told["time_zone"]];
        assert_eq!(when, [&json!("2026-07-10T14:00:00"), &json!("2026-07-10T11:00:00Z"), &json!("Asia/Gaza")]);
    }

    fn events_are_listed_as_they_begin_and_filtered(world: World) {
        let fac = world.coming_fac(6, 2);
        for (starts, ends, kind) in [
            ("2099-01-07T09:00", "2099-01-07T10:00", "talk"),
            ("2099-01-05T23:30", "2099-01-06T00:30", "social"),
            ("2099-01-06T00:00", "2099-01-06T01:00", "talk"),
        ] {
            announce(&fac, json!({"starts_at": starts, "ends_at": ends, "kind": kind, "title": starts}));
        }
        let titles = |query: &str| {
            let found = fac.students[0].get(&format!("{}{query}", events_path(&fac))).is(200);
            found.data().iter().map(|event| event["title"].as_str().unwrap()[8..10].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(titles(""), ["05", "06", "07"]);
        assert_eq!(titles("?kind=talk"), ["06", "07"]);
        // That of the 5th lasts until after midnight.
        assert_eq!(titles("?from=2099-01-06"), ["05", "06", "07"]);
        assert_eq!(titles("?to=2099-01-05"), ["05"]);
        assert_eq!(titles("?from=2099-01-06&to=2099-01-06"), ["05", "06"]);
        assert_eq!(titles("?status=cancelled"), Vec::<String>::new());
        // What began before the first day and still goes on counts; what ended with the day before does not.
        for (starts, ends) in [("2099-02-03T09:00", "2099-02-10T09:00"), ("2099-02-08T20:00", "2099-02-09T00:00")] {
            announce(&fac, json!({"starts_at": starts, "ends_at": ends, "title": starts}));
        }
        assert_eq!(titles("?from=2099-02-09&to=2099-02-09"), ["03"]);
        assert_eq!(titles("?from=2099-02-10"), ["03"]);
        assert_eq!(titles("?from=2099-02-11"), Vec::<String>::new());
        assert_eq!(titles("?from=2099-02-08&to=2099-02-08"), ["03", "08"]);
        let first = fac.students[0].get(&format!("{}?limit=2", events_path(&fac))).is(200);
        let cursor = first.json["page"]["next_cursor"].as_str().unwrap();
        assert_eq!(titles(&format!("?limit=2&cursor={cursor}")), ["07", "03"]);
        fac.students[0].get(&format!("{}?from=2099-01-06&to=2099-01-05", events_path(&fac))).problem(400, "invalid_parameter");
    }

    fn staff_announce_change_and_call_off(world: World) {
        let fac = world.coming_fac(2, 2);
        let stranger = world.person("Stranger");
        let path = events_path(&fac);
        fac.students[0].post(&path, event(json!({}))).problem(403, "forbidden");
        stranger.post(&path, event(json!({}))).problem(404, "not_found");
        stranger.get(&path).problem(404, "not_found");
        world.nobody().get(&path).problem(401, "authentication_required");
        for (field, value) in [
            ("title", json!("")), ("kind", json!("Two Words")), ("starts_at", json!("soon")), ("ends_at", json!("2099-01-06T14:00")),
            ("ends_at", json!("2099-02-06T14:00")), ("url", json!("nowhere")), ("check_in", json!("guess")), ("id", json!("1")),
        ] {
            let code = fac.facilitator.post(&path, event(json!({field: value}))).is(422).json["errors"][0]["pointer"].clone();
            assert_eq!(code, format!("/{field}"), "{value}");
        }
        let made = announce(&fac, json!({"check_in": "code"}));
        assert_eq!(made.json["check_in_code"].as_str().unwrap().len(), 6);
        let path = path_of(&made);
        let seen = fac.students[0].get(&path).is(200);
        assert_eq!((&seen.json["check_in"], &seen.json["check_in_code"]), (&json!("code"), &json!(null)));
        fac.students[0].patch(&path, json!({"place": "Elsewhere"})).problem(403, "forbidden");
        fac.students[0].delete(&path).problem(403, "forbidden");
        fac.facilitator.with("If-Match", "\"9\"").delete(&path).problem(412, "precondition_failed");
        stranger.patch(&path, json!({"place": "Elsewhere"})).problem(404, "not_found");
        fac.facilitator.with("If-Match", "\"9\"").patch(&path, json!({"place": "Elsewhere"})).problem(412, "precondition_failed");
        fac.facilitator.patch(&path, json!({"ends_at": "2099-01-06T13:00"})).field("/ends_at", "invalid");
        assert_eq!(fac.facilitator.get(&path).is(200).json, made.json, "refusals change nothing");
        assert_eq!(fac.facilitator.patch(&path, json!({"place": "Main room"})).is(200).json["version"], 1);
        let changed = fac.facilitator.patch(&path, json!({"place": null, "starts_at": "2099-01-06T15:00"})).is(200).json;
        assert_eq!((&changed["place"], &changed["starts_local"], &changed["version"]), (&json!(null), &json!("2099-01-06T15:00:00"), &json!(2)));
        for _ in 0..2 {
            fac.facilitator.delete(&path).is(204);
        }
        let cancelled = fac.students[0].get(&path).is(200).json;
        assert_eq!((&cancelled["status"], &cancelled["version"], &cancelled["id"]), (&json!("cancelled"), &json!(3), &made.json["id"]));
        for late in ["2099-03-29T01:30", "2099-04-01T09:00"] {
            let moved = json!({"starts_at": late, "ends_at": "2099-04-01T10:00"});
            fac.facilitator.patch(&path, moved).field("/starts_at", "invalid");
        }
        let again = fac.facilitator.patch(&path, json!({"status": "planned"})).is(200).json;
        assert_eq!((&again["status"], &again["version"]), (&json!("planned"), &json!(4)));
        world.set_status(&fac, "graduated");
        fac.facilitator.patch(&path, json!({"place": "Elsewhere"})).problem(409, "conflict");
        fac.facilitator.post(&events_path(&fac), event(json!({}))).problem(409, "conflict");
    }

    fn what_was_announced_by_mistake_is_removed_once_it_is_over_and_cancelled(world: World) {
        let fac = world.fac(2, 2);
        let me = &fac.students[0];
        let (coming, over) = (now_on(&fac, 60, 60, json!({})), now_on(&fac, 1, 60, json!({})));
        me.put(&format!("{}/attendance/me", path_of(&over)), json!(null)).is(200);
        days_ago(&world, &over, 2);
        let list = || fac.facilitator.get(&events_path(&fac)).is(200).data().len();
        let mut follower = Follower::begin(&world, me);
        for event in [&coming, &over] {
            fac.facilitator.delete(&path_of(event)).is(204);
            assert_eq!(me.get(&path_of(event)).is(200).json["status"], "cancelled");
        }
        fac.facilitator.delete(&path_of(&coming)).is(204);
        assert_eq!(list(), 2, "of what is to come, people see that it was called off");
        fac.facilitator.with("If-Match", "\"1\"").delete(&path_of(&over)).problem(412, "precondition_failed");
        me.delete(&path_of(&over)).problem(403, "forbidden");
        fac.facilitator.delete(&path_of(&over)).is(204);
        fac.facilitator.delete(&path_of(&over)).problem(404, "not_found");
        assert_eq!(list(), 1);
        me.get(&path_of(&over)).problem(404, "not_found");
        assert_eq!(follower.kinds(&world), ["event.cancelled", "event.cancelled", "event.deleted"]);
    }
}
