//! A sample request for each operation; see `authz_matrix`.

use serde_json::json;

use super::{Team, assign, discoveries, found, project_path, publish_weeks, reviews, submissions_path, teams, work};
use crate::{
    authz_matrix::{Make::*, Samples, Stage, at},
    team_plans::week_teams,
};

/// The mentor of the stage is there in this week.
const WEEK: i32 = 2;

pub const SAMPLES: Samples = &[
    (
        "submit_work",
        Once(|stage| at(submissions_path(&own(stage))).json(work("week"))),
    ),
    (
        "list_team_submissions",
        Once(|stage| at(submissions_path(&submitted(stage).0))),
    ),
    ("get_submission", Once(|stage| at(submitted(stage).1))),
    (
        "list_week_submissions",
        Once(|stage| {
            submitted(stage);
            at(stage.cohort(&format!("/weeks/{WEEK}/submissions")))
        }),
    ),
    (
        "extend_due_time",
        Once(|stage| at(extension(stage)).json(json!({"due_at": "2099-01-12T12:00"}))),
    ),
    ("list_hints", Once(|stage| at(hints(stage)))),
    (
        "create_hint",
        Once(|stage| at(hints(stage)).json(json!({"body": "Look at it from above."}))),
    ),
    (
        "change_hint",
        Again(|stage| at(hint(stage)).json(json!({"body": stage.unique()}))),
    ),
    ("delete_hint", Again(|stage| at(hint(stage)))),
    (
        "request_hint",
        Once(|stage| {
            week(stage);
            at(format!("{}/requests", hints(stage))).json(json!({"number": 1}))
        }),
    ),
    ("end_extension", Once(|stage| at(extension(stage)))),
    (
        "list_code_reviews",
        Once(|stage| {
            review_by(stage, true);
            at(stage.cohort(&format!("/weeks/{WEEK}/code-reviews")))
        }),
    ),
    (
        "assign_code_reviews",
        Once(|stage| {
            week(stage);
            at(stage.cohort(&format!("/weeks/{WEEK}/code-reviews")))
        }),
    ),
    ("get_code_review", Once(|stage| at(review_by(stage, true)))),
    (
        "change_code_review",
        Once(|stage| at(review_by(stage, true)).json(json!({"status": "done"}))),
    ),
    ("take_over_code_review", Again(|stage| at(abandoned(stage)))),
    (
        "list_review_issues",
        Once(|stage| {
            issue(stage);
            at(format!("{}/issues", review_by(stage, false)))
        }),
    ),
    (
        "raise_review_issue",
        Once(|stage| at(format!("{}/issues", review_by(stage, true))).json(found())),
    ),
    ("get_review_issue", Once(|stage| at(issue(stage)))),
    (
        "change_review_issue",
        Once(|stage| at(issue(stage)).json(json!({"status": "answered", "answer": "Fixed."}))),
    ),
    (
        "list_discoveries",
        Once(|stage| {
            discovery(stage);
            at(stage.cohort("/discoveries?q=flex&sort=-useful"))
        }),
    ),
    (
        "share_discovery",
        Once(|stage| at(stage.cohort("/discoveries")).json(discoveries::found(json!({})))),
    ),
    ("get_discovery", Once(|stage| at(discovery(stage)))),
    (
        "change_discovery",
        Once(|stage| at(discovery(stage)).json(json!({"topic": "Layout"}))),
    ),
    ("delete_discovery", Again(|stage| at(discovery(stage)))),
    (
        "mark_useful",
        Once(|stage| at(format!("{}/useful/me", discovery(stage)))),
    ),
    (
        "unmark_useful",
        Once(|stage| at(format!("{}/useful/me", discovery(stage)))),
    ),
];

/// The teams of the week, of two each.
fn week(stage: &Stage) -> Vec<Team> {
    if week_teams(&stage.home.facilitator, &stage.home, WEEK).data().is_empty() {
        publish_weeks(&stage.home, 2, WEEK, WEEK);
    }
    teams(&stage.home, WEEK)
}

fn is_own(stage: &Stage, team: &Team) -> bool {
    team.members.iter().any(|member| member.id == stage.home.students[0].id)
}

/// The team of the student in the table.
fn own(stage: &Stage) -> Team {
    week(stage).into_iter().find(|team| is_own(stage, team)).unwrap()
}

/// The same, and what it has submitted.
fn submitted(stage: &Stage) -> (Team, String) {
    let own = own(stage);
    let made = own.members[0].post(&submissions_path(&own), work("week")).is(201);
    let location = made.header("location").to_owned();
    (own, location)
}

/// Those of the open project of the week, of which there is one at least.
fn hints(stage: &Stage) -> String {
    let project = project_path(&stage.home, WEEK);
    let staff = &stage.home.facilitator;
    staff.patch(&project, json!({"open": true})).is(200);
    let path = format!("{project}/hints");
    staff.post(&path, json!({"body": "Look at it from below."})).is(201);
    path
}

/// One that nobody has asked for.
fn hint(stage: &Stage) -> String {
    let path = hints(stage);
    let made = stage
        .home
        .facilitator
        .post(&path, json!({"body": "Look again."}))
        .is(201);
    format!("/v1/hints/{}", made.id())
}

fn extension(stage: &Stage) -> String {
    format!("/v1/teams/{}/weeks/{WEEK}/extension", own(stage).id)
}

/// The review that the student's team does, or that is done of it.
fn review_by(stage: &Stage, by_own: bool) -> String {
    let teams = week(stage);
    let all = assign(&stage.home, WEEK);
    let all = reviews(&all, &teams).into_iter();
    let mut wanted = all.filter(|review| is_own(stage, if by_own { review.reviewing } else { review.reviewed }));
    wanted.next().unwrap().path
}

/// A review of other teams whose time has passed.
fn abandoned(stage: &Stage) -> String {
    let teams = week(stage);
    let all = assign(&stage.home, WEEK);
    let all = reviews(&all, &teams).into_iter();
    let mut others = all.filter(|review| !is_own(stage, review.reviewing) && !is_own(stage, review.reviewed));
    let path = others.next().unwrap().path;
    let passed = json!({"due_at": "2026-01-12T17:00"});
    stage.home.facilitator.patch(&path, passed).is(200);
    format!("{path}/takeovers")
}

/// What was found in the work of the student's team.
fn issue(stage: &Stage) -> String {
    let teams = week(stage);
    let path = review_by(stage, false);
    let all = assign(&stage.home, WEEK);
    let review = reviews(&all, &teams)
        .into_iter()
        .find(|review| review.path == path)
        .unwrap();
    let raised = review.reviewing.members[0]
        .post(&format!("{path}/issues"), found())
        .is(201);
    raised.header("location").to_owned()
}

/// What the student has shared.
fn discovery(stage: &Stage) -> String {
    let shared = discoveries::share(&stage.home, &stage.home.students[0], json!({}));
    shared.header("location").to_owned()
}
