//! A sample request for each operation; see `authz_matrix`.

use serde_json::{Value, json};

use crate::{
    authz_matrix::{Make::*, Samples, Stage, at},
    team_plans::{publish, samples::draft},
};

pub const SAMPLES: Samples = &[
    (
        "list_week_teams",
        Once(|stage| {
            published_team(stage);
            at(stage.cohort("/weeks/1/teams"))
        }),
    ),
    ("get_team", Once(|stage| at(published_team(stage)))),
    (
        "explain_team",
        Once(|stage| {
            let team = published_team(stage);
            at(format!("{team}/explanation?person_id={}", stage.home.students[0].id))
        }),
    ),
    (
        "change_team",
        Once(|stage| at(published_team(stage)).json(json!({"deployed_url": "https://example.org"}))),
    ),
    (
        "propose_repairs",
        Once(|stage| at(format!("{}/repair-proposals", published_team(stage))).json(json!({}))),
    ),
    (
        "repair_teams",
        Again(|stage| {
            let path = published_team(stage);
            let round = stage.read(&stage.cohort(&format!("/weeks/{}/teams", last_week(stage, &path))));
            let [from, to] = [&round.data()[0], &round.data()[1]];
            let leaves = json!({
                "person_id": from["members"][0]["person"]["id"], "from_team": from["id"], "to_team": to["id"],
            });
            let body = json!({"moves": [leaves], "reason": "They asked for it."});
            at(format!("{path}/repairs")).json(body).seen(&stage.read(&path))
        }),
    ),
    (
        "repair_all_teams",
        Once(|stage| {
            published_team(stage);
            at(stage.cohort("/team-repairs")).json(json!({"reason": "Whoever has left.", "dry_run": true}))
        }),
    ),
    (
        "list_student_teams",
        Once(|stage| at(stage.cohort(&format!("/enrolments/{}/teams", stage.home.students[0].id)))),
    ),
    ("list_team_repairs", Once(|stage| at(stage.cohort("/team-repairs")))),
    ("list_encounters", Once(|stage| at(stage.cohort("/encounters")))),
    ("list_roles", Once(|stage| at(stage.cohort("/role-ledger")))),
];

/// The team of the student in the table, in a week that was not published before.
fn published_team(stage: &Stage) -> String {
    let draft = draft(stage);
    publish(&stage.home, &draft, None).is(200);
    let holds = |team: &&Value| team["members"].to_string().contains(&stage.home.students[0].id);
    let team = draft.json["rounds"][0]["teams"]
        .as_array()
        .unwrap()
        .iter()
        .find(holds)
        .unwrap();
    format!("/v1/teams/{}", team["id"].as_str().unwrap())
}

fn last_week(stage: &Stage, team: &str) -> Value {
    stage.read(team).json["last_week"].clone()
}
