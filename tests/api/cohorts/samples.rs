//! A sample request for each operation; see `authz_matrix`.

use serde_json::json;

use crate::{
    authz_matrix::{Make::*, Samples, Stage, at},
    programmes::samples::programme,
};

pub const SAMPLES: Samples = &[
    (
        "make_cohort",
        Again(|stage| {
            let programme = programme(stage);
            let programme = programme.rsplit('/').next();
            at(stage.campus("/cohorts")).json(json!({
                "slug": stage.unique(), "name": "X", "programme_id": programme, "starts_on": "2031-01-06",
            }))
        }),
    ),
    ("list_cohorts", Once(|_| at("/v1/cohorts"))),
    ("get_cohort", Once(|stage| at(stage.cohort("")))),
    (
        "change_cohort",
        Once(|stage| at(stage.cohort("")).json(json!({"name": "X"}))),
    ),
    ("list_weeks", Once(|stage| at(stage.cohort("/weeks")))),
    (
        "insert_week",
        Again(|stage| {
            let weeks = stage.read(&stage.cohort("/weeks")).json;
            let behind = weeks["data"].as_array().unwrap().len() + 1;
            let week = json!({"number": behind, "phase": "product", "topic": "Polish"});
            at(stage.cohort("/weeks")).json(week)
        }),
    ),
    ("get_week", Once(|stage| at(stage.cohort("/weeks/1")))),
    (
        "change_week",
        Once(|stage| at(stage.cohort("/weeks/1")).json(json!({"topic": "X"}))),
    ),
    ("get_project", Once(|stage| at(project(stage)))),
    (
        "change_project",
        Once(|stage| at(project(stage)).json(json!({"title": "X"}))),
    ),
];

fn project(stage: &Stage) -> String {
    let week = stage.read(&stage.cohort("/weeks/1")).json;
    format!("/v1/projects/{}", week["project"]["id"].as_str().unwrap())
}
