//! A copy of all that belongs to a campus.

use std::collections::BTreeSet;

use peerled::privacy::{CAMPUS_DATA, LEFT_OUT};
use serde_json::{Value, json};

use super::export::person_of_many_parts;
use crate::{harness::World, on_every_database};

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
        let declared = CAMPUS_DATA.iter().map(|(section, _)| *section).chain(["exported_at"]);
        assert_eq!(sections, declared.collect::<BTreeSet<&str>>());
        for (section, columns) in CAMPUS_DATA {
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
            let may_be_empty = ["alumni_sources", "removals"].contains(section);
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
        let listed: BTreeSet<&str> = CAMPUS_DATA.iter().chain(LEFT_OUT).flat_map(|(_, columns)| columns.iter().copied()).collect();
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
    for (why, _) in LEFT_OUT {
        assert!(document.contains(why), "docs/campuses.md does not say: {why}");
    }
    for (section, _) in CAMPUS_DATA {
        assert!(
            document.contains(&format!("`{section}`")),
            "docs/campuses.md does not name {section}"
        );
    }
}
