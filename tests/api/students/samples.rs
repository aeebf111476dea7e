//! A sample request for each operation; see `authz_matrix`.

use serde_json::{Value, json};

use super::letters;
use crate::authz_matrix::{Make::*, Role, Samples, Stage, at};

pub const SAMPLES: Samples = &[
    ("list_enrolments", Once(|stage| at(stage.cohort("/enrolments")))),
    (
        "enrol",
        Again(|stage| at(stage.cohort("/enrolments")).json(json!({"person_id": stage.member().id}))),
    ),
    ("get_enrolment", Once(|stage| at(enrolment(stage)))),
    (
        "change_enrolment",
        Once(|stage| at(enrolment(stage)).json(json!({"experience": 3}))),
    ),
    (
        "create_claim_link",
        Once(|stage| at(format!("{}/claim-links", unclaimed(stage)))),
    ),
    (
        "claim_place",
        Again(|stage| {
            let other = stage.world.campus_with_cohort(&stage.unique(), 1, 0);
            let path = format!("/v1/cohorts/{}/enrolments", other.cohort);
            let place = other.organiser.post(&path, json!({"name": "Amal"})).is(201);
            let links = format!("{}/claim-links", place.header("location"));
            let link = other.organiser.post(&links, json!(null)).is(201);
            at("/v1/claims").json(json!({"code": link.json["code"]}))
        }),
    ),
    (
        "import_enrolments",
        Once(|stage| at(stage.cohort("/enrolments/import")).csv("email,name\na@example.org,A\n")),
    ),
    (
        "export_enrolments",
        Once(|stage| at(stage.cohort("/enrolments/export"))),
    ),
    ("list_invitations", Once(|stage| at(stage.cohort("/invitations")))),
    (
        "revoke_invitation",
        Again(|stage| {
            let body = json!({"email": format!("{}@example.org", stage.unique()), "name": "X"});
            let invited = stage.make(&stage.cohort("/enrolments"), body).json;
            at(format!(
                "/v1/invitations/{}",
                invited["invitation"]["id"].as_str().unwrap()
            ))
        }),
    ),
    (
        "accept_invitation",
        ForEach(|stage, caller| {
            // To a cohort that nobody in the table has to do with.
            let other = stage.world.campus_with_cohort(&stage.unique(), 1, 0);
            let unknown = format!("{}@example.org", stage.unique());
            let email = caller.user.as_ref().map_or(&unknown, |user| &user.email);
            let body = json!({"email": email, "name": "X"});
            let enrolments = format!("/v1/cohorts/{}/enrolments", other.cohort);
            other.organiser.post(&enrolments, body).is(202);
            let letter = letters(stage.world).pop().unwrap().body;
            let code = letter.lines().find_map(|line| line.strip_prefix("    ")).unwrap();
            at("/v1/invitations/acceptances").json(json!({ "token": code }))
        }),
    ),
    ("list_absences", Once(|stage| at(stage.cohort("/absences")))),
    (
        "set_absence",
        ForEach(|stage, caller| at(absence(stage, caller)).json(json!({}))),
    ),
    ("list_day_absences", Once(|stage| at(stage.cohort("/day-absences")))),
    (
        "set_day_absence",
        ForEach(|stage, caller| at(day_absence(stage, caller)).json(json!({}))),
    ),
    (
        "remove_day_absence",
        ForEach(|stage, caller| {
            let path = day_absence(stage, caller);
            let by = match caller.name {
                "student" => &caller.client,
                _ => &stage.home.organiser,
            };
            by.put(&path, json!({})).is(204);
            at(path)
        }),
    ),
    (
        "remove_absence",
        ForEach(|stage, caller| {
            let path = absence(stage, caller);
            let by = match caller.name {
                "student" => &caller.client,
                _ => &stage.home.organiser,
            };
            by.put(&path, json!({})).is(204);
            at(path)
        }),
    ),
    ("list_pair_rules", Once(|stage| at(stage.cohort("/pair-rules")))),
    (
        "add_pair_rule",
        ForEach(|stage, caller| at(stage.cohort("/pair-rules")).json(pair_rule(stage, caller.number))),
    ),
    ("get_pair_rule", Once(|stage| at(made_pair_rule(stage)))),
    ("remove_pair_rule", Again(|stage| at(made_pair_rule(stage)))),
    ("get_own_enrolment", Once(|stage| at(own_enrolment(stage)))),
    (
        "change_own_enrolment",
        Once(|stage| at(own_enrolment(stage)).json(json!({"experience": 3}))),
    ),
    ("list_consents", Once(|_| at("/v1/me/consents"))),
    ("give_consent", Once(|_| at("/v1/me/consents/diversity_reports"))),
    ("withdraw_consent", Once(|_| at("/v1/me/consents/team_balance"))),
];

/// A student entered by name alone.
fn unclaimed(stage: &Stage) -> String {
    let made = stage.make(&stage.cohort("/enrolments"), json!({"name": stage.unique()}));
    made.header("location").to_owned()
}

fn own_enrolment(stage: &Stage) -> String {
    format!("/v1/me/enrolments/{}", stage.home.cohort)
}

fn enrolment(stage: &Stage) -> String {
    stage.cohort(&format!("/enrolments/{}", stage.home.students[1].id))
}

/// The student's own where the student asks; somebody else's otherwise.
fn absence(stage: &Stage, caller: &Role) -> String {
    let who = &stage.home.students[usize::from(caller.name != "student")];
    stage.cohort(&format!("/weeks/1/absences/{}", who.id))
}

/// The same for a day of the week that goes on.
fn day_absence(stage: &Stage, caller: &Role) -> String {
    let who = &stage.home.students[usize::from(caller.name != "student")];
    let week = stage.read(&stage.cohort("/weeks/1")).json;
    let day = week["ends_on"].as_str().unwrap();
    stage.cohort(&format!("/absences/{}/{day}", who.id))
}

/// The n-th of many rules, each for two other people. Students ask in their own name only, which the
/// first student does as the second role.
fn pair_rule(stage: &Stage, number: usize) -> Value {
    let all = &stage.home.students;
    let pairs = (1..all.len())
        .map(|b| (0, b))
        .chain((1..all.len()).map(|b| (1, b % 6 + 2)));
    let (a, b) = pairs.take(number + 1).last().unwrap();
    json!({"kind": "apart", "people": [all[a].id, all[b].id], "from_week": 4, "to_week": 4})
}

fn made_pair_rule(stage: &Stage) -> String {
    let rule = stage.make(&stage.cohort("/pair-rules"), {
        let people = [
            &stage.home.students[stage.another_week() as usize].id,
            &stage.home.students[0].id,
        ];
        json!({"kind": "apart", "people": people})
    });
    format!("/v1/pair-rules/{}", rule.id())
}
