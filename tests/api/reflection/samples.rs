//! A sample request for each operation; see `authz_matrix`.

use serde_json::json;

use super::{LOGS, MANUAL, feedback_path, give};
use crate::{
    authz_matrix::{Make::*, Role, Samples, Stage, at},
    harness::User,
    team_plans::week_teams,
    work::{publish_weeks, teams},
};

pub const SAMPLES: Samples = &[
    ("get_my_manual", Once(|_| at(MANUAL))),
    (
        "set_my_manual",
        Once(|_| at(MANUAL).json(json!({"how_i_work": "Slowly before ten."}))),
    ),
    (
        "get_manual",
        Once(|stage| {
            let student = &stage.home.students[0];
            student.put(MANUAL, json!({"how_i_work": "Slowly before ten."})).is(200);
            at(format!("/v1/people/{}/manual", student.id))
        }),
    ),
    ("list_my_progress_logs", Once(|_| at(LOGS))),
    (
        "write_progress_log",
        Once(|_| at(LOGS).json(json!({"text": "Closures make sense now.", "shared_with_staff": true}))),
    ),
    ("get_progress_log", ForEach(|stage, role| at(log(stage, role)))),
    (
        "change_progress_log",
        ForEach(|stage, role| at(log(stage, role)).json(json!({"shared_with_staff": true}))),
    ),
    ("delete_progress_log", ForEach(|stage, role| at(log(stage, role)))),
    (
        "list_shared_progress_logs",
        Once(|stage| at(stage.cohort("/progress-logs"))),
    ),
    ("list_my_feedback", Once(|_| at("/v1/me/feedback"))),
    (
        "list_given_feedback",
        Once(|stage| at(format!("/v1/teams/{}/feedback", mates(stage).0))),
    ),
    (
        "give_feedback",
        Once(|stage| {
            let (team, mate) = mates(stage);
            at(feedback_path(&team, &mate)).json(json!({"text": "You ask well.", "anonymous": true}))
        }),
    ),
    (
        "withdraw_feedback",
        Once(|stage| {
            let (team, mate) = mates(stage);
            give(&stage.home.students[0], &team, &mate, "You ask well.", true).is(200);
            at(feedback_path(&team, &mate))
        }),
    ),
];

/// A note of whoever asks; the student's, of who has no cohort to note something of.
fn log(stage: &Stage, role: &Role) -> String {
    let write = |who: &User| who.post(LOGS, json!({"text": "Closures make sense now."}));
    let own = role.user.as_ref().map(write).filter(|answer| answer.status == 201);
    let made = own.unwrap_or_else(|| write(&stage.home.students[0]).is(201));
    made.header("location").to_owned()
}

/// The team of the student in the table in a round that has just ended, and a mate of theirs.
fn mates(stage: &Stage) -> (String, User) {
    if week_teams(&stage.home.facilitator, &stage.home, 1).data().is_empty() {
        publish_weeks(&stage.home, 2, 1, 1);
        stage.world.begin_week(&stage.home, 1, -7);
    }
    let me = &stage.home.students[0].id;
    let own = teams(&stage.home, 1)
        .into_iter()
        .find(|team| team.members.iter().any(|one| one.id == *me))
        .unwrap();
    let mate = own.members.iter().find(|one| one.id != *me).unwrap().clone();
    (own.id, mate)
}
