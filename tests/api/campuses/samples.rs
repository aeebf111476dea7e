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
    (
        "withdraw_campus_approval",
        Once(|stage| {
            let path = stage.campus("/approval");
            let administrator = stage.roles.iter().find(|role| role.name == "administrator").unwrap();
            administrator.client.put(&path, Value::Null).is(204);
            at(path)
        }),
    ),
    (
        "close_campus",
        Again(|stage| {
            stage.world.set_status(&stage.home, "graduated");
            stage.home.organiser.delete(&stage.campus("/closing")).is(200);
            at(stage.campus("/closing"))
        }),
    ),
    (
        "reopen_campus",
        Again(|stage| {
            stage.world.set_status(&stage.home, "graduated");
            stage.home.organiser.put(&stage.campus("/closing"), Value::Null).is(200);
            at(stage.campus("/closing"))
        }),
    ),
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
    (
        "invite_staff",
        Once(|stage| {
            let email = format!("{}@example.org", stage.unique());
            at(stage.campus("/staff-invitations")).json(json!({"email": email, "role": "facilitator"}))
        }),
    ),
    (
        "list_staff_invitations",
        Once(|stage| at(stage.campus("/staff-invitations"))),
    ),
    (
        "revoke_staff_invitation",
        Again(|stage| {
            let body = json!({"email": format!("{}@example.org", stage.unique()), "role": "facilitator"});
            at(stage.make(&stage.campus("/staff-invitations"), body).header("location"))
        }),
    ),
    (
        "accept_staff_invitation",
        ForEach(|stage, caller| {
            // To another campus, so that nobody in the table becomes what they are not.
            let other = stage.world.campus_with_cohort(&stage.unique(), 1, 0);
            let email = caller.user.as_ref().map_or("nobody@example.org", |user| &user.email);
            let body = json!({"email": email, "role": "facilitator"});
            let path = format!("/v1/campuses/{}/staff-invitations", other.campus);
            other.organiser.post(&path, body).is(202);
            let mail = stage.world.mail();
            let letter = mail.iter().rfind(|letter| letter.recipient == email).unwrap();
            let code = letter
                .body
                .lines()
                .find(|line| line.starts_with("    "))
                .unwrap()
                .trim();
            at("/v1/staff-invitations/acceptances").json(json!({ "code": code }))
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
