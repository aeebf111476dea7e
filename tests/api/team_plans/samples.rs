//! A sample request for each operation; see `authz_matrix`.

use serde_json::{Value, json};

use super::{of_two_teams, plan, publish, teams};
use crate::{
    authz_matrix::{Make::*, Samples, Stage, at},
    harness::Answer,
    jobs::ended,
};

pub const SAMPLES: Samples = &[
    (
        "create_team_plan",
        Again(|stage| at(stage.cohort("/team-plans")).json(one_week(1))),
    ),
    ("list_team_plans", Once(|stage| at(stage.cohort("/team-plans")))),
    ("get_team_plan", Once(|stage| at(path(&draft(stage), "")))),
    (
        "discard_team_plan",
        Again(|stage| {
            let draft = draft(stage);
            at(path(&draft, "")).seen(&draft)
        }),
    ),
    (
        "preview_swap",
        Once(|stage| {
            let draft = draft(stage);
            at(path(&draft, "/swap-previews")).json(swap(&draft))
        }),
    ),
    (
        "swap_people",
        Again(|stage| {
            let draft = draft(stage);
            at(path(&draft, "/swaps")).json(swap(&draft)).seen(&draft)
        }),
    ),
    (
        "move_person",
        Again(|stage| {
            let draft = draft(stage);
            let round = &draft.json["rounds"][0];
            let person = &teams(&draft.json)[0][0][0];
            let there = json!({"week": round["first_week"], "person_id": person, "to_team": round["teams"][1]["id"]});
            at(path(&draft, "/moves")).json(there).seen(&draft)
        }),
    ),
    (
        "arrange_teams",
        Again(|stage| {
            let draft = draft(stage);
            let mut round = teams(&draft.json).remove(0);
            round[0].reverse();
            let week = &draft.json["rounds"][0]["first_week"];
            at(path(&draft, "/arrangements"))
                .json(json!({"week": week, "teams": round}))
                .seen(&draft)
        }),
    ),
    (
        "rerun_team_plan",
        Again(|stage| {
            let draft = draft(stage);
            at(path(&draft, "/reruns"))
                .json(json!({"keep": [], "effort": "quick"}))
                .seen(&draft)
        }),
    ),
    ("list_plan_versions", Once(|stage| at(path(&draft(stage), "/versions")))),
    (
        "restore_team_plan",
        Again(|stage| {
            let draft = draft(stage);
            at(path(&draft, "/restorations"))
                .json(json!({"version": 1}))
                .seen(&draft)
        }),
    ),
    (
        "get_trade_off",
        Once(|stage| at(path(&draft_with_curve(stage), "/trade-off"))),
    ),
    ("find_trade_off", Again(|stage| at(path(&draft(stage), "/trade-off")))),
    (
        "choose_trade_off",
        Again(|stage| {
            let draft = draft_with_curve(stage);
            at(path(&draft, "/trade-off/choice"))
                .json(json!({"point": 1}))
                .seen(&draft)
        }),
    ),
    (
        "explain_team_plan",
        Once(|stage| {
            let student = &stage.home.students[0].id;
            at(path(&draft(stage), &format!("/explanation?person_id={student}")))
        }),
    ),
    (
        "publish_team_plan",
        Again(|stage| {
            let draft = draft(stage);
            at(path(&draft, "/publication")).json(json!({})).seen(&draft)
        }),
    ),
    (
        "unpublish_week",
        Again(|stage| {
            let week = stage.another_week();
            stage.world.begin_week(&stage.home, week, 14);
            publish(&stage.home, &plan(&stage.home, one_week(week)).is(201), None).is(200);
            at(stage.cohort(&format!("/weeks/{week}/publication")))
        }),
    ),
];

fn one_week(week: i32) -> Value {
    json!({"from_week": week, "to_week": week, "team_size": {"min": 3, "max": 5}, "effort": "quick"})
}

/// A draft for a week that has none.
pub fn draft(stage: &Stage) -> Answer {
    plan(&stage.home, one_week(stage.another_week())).is(201)
}

/// A draft of which it is known what better balance would cost.
fn draft_with_curve(stage: &Stage) -> Answer {
    let draft = draft(stage);
    let job = stage.make(&path(&draft, "/trade-off"), Value::Null);
    let ended = || ended(&stage.home.organiser, &job.id(), "succeeded");
    stage.world.working(ended);
    draft
}

fn path(plan: &Answer, rest: &str) -> String {
    format!("/v1/team-plans/{}{rest}", plan.id())
}

fn swap(draft: &Answer) -> Value {
    let week = &draft.json["rounds"][0]["first_week"];
    json!({"week": week, "people": of_two_teams(&teams(&draft.json)[0])})
}
