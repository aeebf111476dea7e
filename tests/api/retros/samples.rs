//! A sample request for each operation; see `authz_matrix`.

use diesel::prelude::*;
use peerled::{db::schema::retros, primitives::Id};
use serde_json::json;

use super::{actions_path, open, retros_path, vote, write};
use crate::authz_matrix::{Make::*, Samples, Stage, at};

pub const SAMPLES: Samples = &[
    (
        "list_retros",
        Once(|stage| {
            retro(stage);
            at(retros_path(&stage.home, 1))
        }),
    ),
    (
        "open_retro",
        Again(|stage| {
            forget(stage);
            at(retros_path(&stage.home, 1)).json(json!({"scope": "cohort"}))
        }),
    ),
    ("get_retro", Once(|stage| at(item(stage).0))),
    ("close_retro", Again(|stage| at(format!("{}/closing", retro(stage))))),
    (
        "write_retro_item",
        Once(|stage| at(format!("{}/items", retro(stage))).json(json!({"kind": "go", "text": "Pair more"}))),
    ),
    ("get_retro_item", Once(|stage| at(item(stage).1))),
    (
        "change_retro_item",
        Once(|stage| at(item(stage).1).json(json!({"text": "Pair every morning"}))),
    ),
    ("delete_retro_item", Again(|stage| at(item(stage).1))),
    (
        "vote_for_retro_item",
        Once(|stage| at(format!("{}/votes/me", item(stage).1))),
    ),
    (
        "withdraw_retro_vote",
        Once(|stage| {
            let (_, item) = item(stage);
            vote(&stage.home.students[0], &item).is(204);
            at(format!("{item}/votes/me"))
        }),
    ),
    (
        "list_actions",
        Once(|stage| {
            action(stage);
            at(format!("{}?status=open", actions_path(&stage.home)))
        }),
    ),
    (
        "create_action",
        Once(|stage| at(actions_path(&stage.home)).json(json!({"text": "Pair more"}))),
    ),
    ("get_action", Once(|stage| at(action(stage)))),
    (
        "change_action",
        Once(|stage| at(action(stage)).json(json!({"status": "done", "note": "We do."}))),
    ),
];

/// A cohort has few weeks, and one retro in each.
fn forget(stage: &Stage) {
    let cohort = Id::parse(&stage.home.cohort).unwrap();
    stage.world.db(move |conn| {
        diesel::delete(retros::table.filter(retros::cohort_id.eq(cohort))).execute(conn)?;
        Ok(())
    });
}

/// A cohort's retro, opened by the student in the table.
fn retro(stage: &Stage) -> String {
    forget(stage);
    open(&stage.home.students[0], &stage.home, 1, None)
}

/// A retro, and what the student has written in it.
fn item(stage: &Stage) -> (String, String) {
    let retro = retro(stage);
    let item = write(&stage.home.students[0], &retro, "go", "Pair");
    (retro, item)
}

fn action(stage: &Stage) -> String {
    let made = stage.make(&actions_path(&stage.home), json!({"text": "Pair"}));
    made.header("location").to_owned()
}
