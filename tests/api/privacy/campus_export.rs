//! A copy of all that belongs to a campus.

use std::collections::BTreeSet;

use peerled::privacy::{CAMPUS_DATA, LEFT_OUT};
use serde_json::{Value, json};

use super::export::person_of_many_parts;
use crate::{
    events,
    harness::World,
    on_every_database,
    team_plans::{fours, plan, publish},
};

on_every_database! {
    fn organisers_take_everything_along_also_when_it_has_closed(world: World) {
        let (_, amal) = person_of_many_parts(&world);
        let roles = amal.roles();
        let organised = roles.iter().find(|role| role["role"] == "organiser").unwrap();
        let campus = format!("/v1/campuses/{}", organised["campus_id"].as_str().unwrap());
        amal.put(&format!("{campus}/days-off/2099-05-05"), json!({"name": "May Day"})).is(204);
        let programme = json!({
            "campus_id": organised["campus_id"], "slug": "own", "name": "Our own", "roles": [],
            "weeks": [{"number": 1, "phase": "core", "topic": "T", "project": null}],
        });
        amal.post("/v1/programmes", programme).is(201);
        let answer = amal.get(&format!("{campus}/export")).is(200);
        assert!(answer.header("content-disposition").contains("attachment; filename=\"away-"));
        let all = answer.json.as_object().unwrap();
        let sections: BTreeSet<&str> = all.keys().map(String::as_str).collect();
        let declared = CAMPUS_DATA.iter().copied().flatten().map(|(section, _)| *section).chain(["exported_at"]);
        assert_eq!(sections, declared.collect::<BTreeSet<&str>>());
        for (section, columns) in CAMPUS_DATA.iter().copied().flatten() {
            let rows = match &all[*section] {
                Value::Array(rows) => rows.clone(),
                one => vec![one.clone()],
            };
            for row in &rows {
                for column in *columns {
                    let name = column.split('.').next_back().unwrap();
                    assert!(row.get(name).is_some(), "{section} has no {name}: {row}");
                }
            }
            // What was not made there.
            let of_work = [
                "hand_overs", "submissions", "due_extensions", "project_hints", "hint_texts", "hint_requests", "code_reviews", "review_issues",
                "discoveries", "timetable_sessions", "retros", "retro_items", "actions", "products", "product_ballots", "product_votes",
                "product_wishes", "product_teams", "product_hand_overs", "demo_days", "demo_day_invitations",
                "client_offers",
            ];
            let may_be_empty = of_work.contains(section) || ["alumni_sources", "removals"].contains(section);
            assert!(may_be_empty || !rows.is_empty(), "{section} is empty: {}", answer.text);
        }
        assert_eq!(all["cohorts"].as_array().unwrap().len(), 1);
        assert_eq!(all["days_off"][0]["name"], "May Day");
        let members = all["members"].as_array().unwrap();
        assert!(members.iter().any(|member| member["email"] == json!(amal.email)));
        // Of published plans only, and nothing of the other campus.
        assert_eq!(all["team_plans"].as_array().unwrap().len(), 1, "{}", all["team_plans"]);
        assert!(!answer.text.contains("Amal the Elder"));
        assert!(!answer.text.contains("token_hash"));

        let cohort = format!("/v1/cohorts/{}", all["cohorts"][0]["id"].as_str().unwrap());
        amal.patch(&cohort, json!({"status": "graduated"})).is(200);
        amal.put(&format!("{campus}/closing"), Value::Null).is(200);
        let closed = amal.get(&format!("{campus}/export")).is(200);
        assert_eq!(closed.json["teams"], all["teams"]);
        assert!(closed.json["campus"]["closed_at"].is_string());
    }

    fn the_work_of_the_weeks_is_in_it(world: World) {
        let fac = world.fac(2, 8);
        world.begin_week(&fac, 1, -1);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        publish(&fac, &plan(&fac, fours(1, 1)).is(201), None).is(200);
        let me = &fac.students[0];
        let week = me.get("/v1/me/week?week=1").is(200).json;
        let team = format!("/v1/teams/{}", week["team"]["id"].as_str().unwrap());
        me.post(&format!("{team}/submissions"), json!({"repository_url": "https://example.org/map"})).is(201);
        fac.organiser.put(&format!("{team}/weeks/1/extension"), json!({"due_at": "2099-01-05T12:00"})).is(204);
        fac.organiser.post(&format!("{cohort}/weeks/1/code-reviews"), json!({})).is(201);
        let week = me.get("/v1/me/week?week=1").is(200).json;
        let review = format!("/v1/code-reviews/{}/issues", week["reviewing"][0]["id"].as_str().unwrap());
        me.post(&review, json!({"title": "Accents", "body": "Search ignores them."})).is(201);
        let project = format!("/v1/projects/{}", week["week"]["project"]["id"].as_str().unwrap());
        fac.organiser.patch(&project, json!({"open": true, "question": "Where are we?"})).is(200);
        let hint = fac.organiser.post(&format!("{project}/hints"), json!({"body": "Look up."})).is(201).id();
        me.post(&format!("{project}/hints/requests"), json!({"number": 1})).is(201);
        fac.organiser.patch(&format!("/v1/hints/{hint}"), json!({"body": "Look down."})).is(200);
        let found = json!({"title": "A map", "url": "https://example.org", "kind": "tool", "topic": "maps"});
        me.post(&format!("{cohort}/discoveries"), found).is(201);
        fac.organiser.put(&format!("{cohort}/weeks/1/hand-over"), json!({"text": "Bring cake."})).is(200);
        events::put_timetable(&fac, json!([events::session("mon", "Check-in")])).is(200);
        let event = events::now_on(&fac, 1, 60, json!({"check_in": "code"}));
        let here = json!({"code": event.json["check_in_code"]});
        me.put(&format!("{}/attendance/me", events::path_of(&event)), here).is(200);
        let retro = me.post(&format!("{cohort}/weeks/1/retros"), json!({"scope": "team"})).is(201);
        let retro = retro.header("location").to_owned();
        me.post(&format!("{retro}/items"), json!({"kind": "go", "text": "Pair"})).is(201);
        me.post(&format!("{cohort}/actions"), json!({"text": "Pair"})).is(201);
        let all = fac.organiser.get(&format!("/v1/campuses/{}/export", fac.campus)).is(200).json;
        let sections = [
            "submissions", "due_extensions", "code_reviews", "review_issues", "discoveries", "hand_overs", "timetable_sessions",
            "attendances", "retros", "retro_items", "actions", "project_hints", "hint_texts",
            "hint_requests",
        ];
        let counts = sections.map(|section| all[section].as_array().unwrap().len());
        assert_eq!(counts, [1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        assert!(!all.to_string().contains(event.json["check_in_code"].as_str().unwrap()));
        assert_eq!(all["retro_items"][0].get("author_id"), None);
        assert_eq!(all["hand_overs"][0]["text"], "Bring cake.");
        assert_eq!(all["hint_texts"][0]["body"], "Look up.");
    }

    fn who_has_only_asked_to_join_is_shown_as_their_staff_see_them(world: World) {
        let fac = world.fac(1, 1);
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"approves_members": true})).is(200);
        let asks = world.person("Asks");
        asks.patch("/v1/me", json!({"github": "asksgh"})).is(200);
        asks.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(202);
        let all = fac.organiser.get(&format!("/v1/campuses/{}/export", fac.campus)).is(200);
        assert!(!all.text.contains("asksgh") && !all.text.contains(&asks.email), "{}", all.text);
        assert!(all.text.contains(&fac.students[0].email));
    }

    fn nobody_else_gets_it(world: World) {
        let fac = world.fac(1, 1);
        let export = format!("/v1/campuses/{}/export", fac.campus);
        fac.facilitator.get(&export).problem(403, "forbidden");
        fac.students[0].get(&export).problem(403, "forbidden");
        world.nobody().get(&export).problem(401, "authentication_required");
        let first = fac.organiser.get(&export).is(200);
        fac.organiser.with("If-None-Match", first.header("etag")).get(&export).is(200);
    }

    fn more_people_than_are_read_at_once(world: World) {
        let fac = world.fac(1, 1030);
        let all = fac.organiser.get(&format!("/v1/campuses/{}/export", fac.campus)).is(200).json;
        assert_eq!(all["people"].as_array().unwrap().len(), 1032);
        assert_eq!(all["enrolments"].as_array().unwrap().len(), 1030);
    }

    fn no_column_of_a_campus_is_forgotten(world: World) {
        let listed: BTreeSet<&str> = CAMPUS_DATA.iter().chain(LEFT_OUT).copied().flatten().flat_map(|(_, columns)| columns.iter().copied()).collect();
        let tables = world.tables_of_campuses();
        assert!(tables.len() > 25, "{tables:?}");
        let columns: Vec<String> = tables.iter().flat_map(|table| world.columns_of(table)).collect();
        let whole = |column: &str| format!("{}.*", column.split('.').next().unwrap());
        let is_listed = |column: &String| listed.contains(column.as_str()) || listed.contains(whole(column).as_str());
        let forgotten: Vec<&String> = columns.iter().filter(|column| !is_listed(column)).collect();
        assert!(forgotten.is_empty(), "neither exported nor left out: {forgotten:?}");
        let of_people = |listed: &&&str| listed.starts_with("people.");
        let is_there = |listed: &&str| columns.iter().any(|column| column == listed || whole(column) == **listed);
        let stale: Vec<&&str> = listed.iter().filter(|listed| !of_people(listed) && !is_there(listed)).collect();
        assert!(stale.is_empty(), "there is no {stale:?}");
    }
}

#[test]
fn what_is_left_out_is_said() {
    let document = std::fs::read_to_string("docs/campuses.md").unwrap();
    let document = document.split_whitespace().collect::<Vec<_>>().join(" ");
    for (why, _) in LEFT_OUT.iter().copied().flatten() {
        assert!(document.contains(why), "docs/campuses.md does not say: {why}");
    }
    for (section, _) in CAMPUS_DATA.iter().copied().flatten() {
        assert!(
            document.contains(&format!("`{section}`")),
            "docs/campuses.md does not name {section}"
        );
    }
}
