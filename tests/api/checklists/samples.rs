//! A sample request for each operation; see `authz_matrix`.

use serde_json::{Value, json};

use crate::authz_matrix::{Make::*, Samples, Stage, at};

fn new(scope: &str) -> Value {
    json!({"name": "Before a week", "scope": scope, "items": ["Publish the teams", "Write to the mentors"]})
}

fn template(stage: &Stage) -> String {
    stage.make(&stage.campus("/checklist-templates"), new("week")).id()
}

/// One of the campus.
fn programme(stage: &Stage) -> String {
    let weeks = json!([{"number": 1, "phase": "core", "topic": "Maps"}]);
    let new = json!({
        "campus_id": stage.home.campus, "slug": stage.unique(), "name": "Ours", "roles": ["qa"], "weeks": weeks,
    });
    format!("/v1/programmes/{}", stage.make("/v1/programmes", new).id())
}

fn checklist(stage: &Stage) -> Value {
    let asked = json!({"template_id": template(stage), "week": 1});
    stage.make(&stage.cohort("/checklists"), asked).data()[0].clone()
}

fn item(stage: &Stage) -> String {
    let item = checklist(stage)["items"][0]["id"].as_str().unwrap().to_owned();
    format!("/v1/checklist-items/{item}/done")
}

pub const SAMPLES: Samples = &[
    (
        "list_checklist_templates",
        Once(|stage| at(stage.campus("/checklist-templates"))),
    ),
    (
        "create_checklist_template",
        Once(|stage| at(stage.campus("/checklist-templates")).json(new("cohort"))),
    ),
    (
        "list_programme_checklist_templates",
        Once(|stage| at(format!("{}/checklist-templates", programme(stage)))),
    ),
    (
        "create_programme_checklist_template",
        Once(|stage| at(format!("{}/checklist-templates", programme(stage))).json(new("week"))),
    ),
    (
        "get_checklist_template",
        Once(|stage| at(format!("/v1/checklist-templates/{}", template(stage)))),
    ),
    (
        "change_checklist_template",
        Again(|stage| at(format!("/v1/checklist-templates/{}", template(stage))).json(json!({"name": stage.unique()}))),
    ),
    (
        "delete_checklist_template",
        Again(|stage| at(format!("/v1/checklist-templates/{}", template(stage)))),
    ),
    (
        "fork_checklist_template",
        Once(|stage| {
            at(format!("/v1/checklist-templates/{}/forks", template(stage)))
                .json(json!({"campus_id": stage.home.campus}))
        }),
    ),
    ("list_checklists", Once(|stage| at(stage.cohort("/checklists")))),
    (
        "create_checklists",
        Again(|stage| at(stage.cohort("/checklists")).json(json!({"template_id": template(stage)}))),
    ),
    (
        "delete_checklist",
        Again(|stage| at(format!("/v1/checklists/{}", checklist(stage)["id"].as_str().unwrap()))),
    ),
    ("tick_checklist_item", Again(|stage| at(item(stage)))),
    (
        "untick_checklist_item",
        Again(|stage| {
            let path = item(stage);
            stage.home.organiser.put(&path, Value::Null).is(204);
            at(path)
        }),
    ),
];
