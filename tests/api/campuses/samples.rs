//! A sample request for each operation; see `authz_matrix`.

use serde_json::{Value, json};

use crate::authz_matrix::{Make::*, Samples, Stage, at};

pub const SAMPLES: Samples = &[
    (
        "open_campus",
        Again(|stage| {
            at("/v1/campuses").json(json!({
                "slug": stage.unique(), "name": "X", "city": "X", "country": "X", "time_zone": "Europe/London",
                "work_week": ["mon"],
            }))
        }),
    ),
    ("list_campuses", Once(|_| at("/v1/campuses"))),
    ("get_campus", Once(|stage| at(stage.campus("")))),
    (
        "change_campus",
        Once(|stage| at(stage.campus("")).json(json!({"city": "Leeds"}))),
    ),
    ("approve_campus", Once(|stage| at(stage.campus("/approval")))),
    ("withdraw_campus_approval", Once(|stage| at(stage.campus("/approval")))),
    ("join_campus", Once(|stage| at(stage.campus("/members/me")))),
    ("get_own_membership", Once(|stage| at(stage.campus("/members/me")))),
    (
        "leave_campus",
        ForEach(|stage, caller| {
            // One that nobody runs, teaches or studies at who is in the table.
            let other = stage.world.campus_with_cohort(&stage.unique(), 1, 0).campus;
            let path = format!("/v1/campuses/{other}/members/me");
            caller.client.put(&path, Value::Null);
            at(path)
        }),
    ),
    ("list_members", Once(|stage| at(stage.campus("/members")))),
    ("admit_member", Again(|stage| at(applicant(stage)))),
    (
        "remove_member",
        Again(|stage| at(stage.campus(&format!("/members/{}", stage.member().id)))),
    ),
    ("list_staff", Once(|stage| at(stage.campus("/staff")))),
    (
        "appoint_staff",
        Again(|stage| at(stage.campus(&format!("/staff/{}", stage.member().id))).json(json!({"role": "facilitator"}))),
    ),
    (
        "dismiss_staff",
        Again(|stage| {
            let path = stage.campus(&format!("/staff/{}", stage.member().id));
            stage.home.organiser.put(&path, json!({"role": "facilitator"})).is(204);
            at(path)
        }),
    ),
    ("list_alumni_sources", Once(|stage| at(stage.campus("/alumni-sources")))),
    ("admit_alumni", Once(|stage| at(alumni_source(stage)))),
    (
        "refuse_alumni",
        Again(|stage| {
            stage.home.organiser.put(&alumni_source(stage), Value::Null).is(204);
            at(alumni_source(stage))
        }),
    ),
    ("list_days_off", Once(|stage| at(stage.campus("/days-off")))),
    (
        "set_day_off",
        Once(|stage| at(day_off(stage)).json(json!({"name": "May Day"}))),
    ),
    (
        "remove_day_off",
        Again(|stage| {
            stage
                .home
                .organiser
                .put(&day_off(stage), json!({"name": "May Day"}))
                .is(204);
            at(day_off(stage))
        }),
    ),
];

/// The membership of somebody who waits to be admitted.
fn applicant(stage: &Stage) -> String {
    let organiser = &stage.home.organiser;
    organiser
        .patch(&stage.campus(""), json!({"approves_members": true}))
        .is(200);
    let somebody = stage.somebody();
    somebody.put(&stage.campus("/members/me"), Value::Null).is(202);
    stage.campus(&format!("/members/{}", somebody.id))
}

fn alumni_source(stage: &Stage) -> String {
    stage.campus(&format!("/alumni-sources/{}", stage.away.campus))
}

fn day_off(stage: &Stage) -> String {
    stage.campus("/days-off/2031-05-05")
}
