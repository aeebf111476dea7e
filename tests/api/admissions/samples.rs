//! A sample request for each operation; see `authz_matrix`.

use peerled::primitives::Instant;
use serde_json::{Value, json};

use super::{
    form, in_days, intake,
    reading::{points, read_by},
    trials::with_trial,
    window,
};
use crate::{
    authz_matrix::{Make::*, Role, Samples, Stage, at},
    harness::User,
};

/// The cohort's intake, open, with what is asked.
fn open(stage: &Stage) {
    let organiser = &stage.home.organiser;
    organiser.put(&stage.cohort("/intake"), intake(window(-1, 1))).is(200);
    organiser.put(&stage.cohort("/intake/form"), form()).is(200);
}

fn answers() -> Value {
    json!({"answers": {"why": "To learn", "points": "https://example.org/me"}})
}

/// The application of somebody, made if there is none, and its path.
fn draft_of(stage: &Stage, who: &User) -> String {
    open(stage);
    let made = who.post(&stage.cohort("/applications"), answers());
    let id = match made.status {
        409 => made.json["application_id"].as_str().unwrap().to_owned(),
        _ => made.is(201).id(),
    };
    format!("/v1/applications/{id}")
}

/// That of each role; of nobody, somebody's.
fn own_draft(stage: &Stage, role: &Role) -> String {
    let somebody = || stage.somebody();
    draft_of(stage, &role.user.clone().unwrap_or_else(somebody))
}

fn own_submitted(stage: &Stage, role: &Role) -> String {
    let somebody = || stage.somebody();
    let who = role.user.clone().unwrap_or_else(somebody);
    let path = draft_of(stage, &who);
    who.put(&format!("{path}/submission"), Value::Null).is(200);
    path
}

/// Somebody's, handed in.
fn submitted(stage: &Stage) -> String {
    let somebody = stage.somebody();
    let path = draft_of(stage, &somebody);
    somebody.put(&format!("{path}/submission"), Value::Null).is(200);
    path
}

/// Somebody's, which an alumna and the facilitator read.
fn to_read(stage: &Stage) -> String {
    let path = submitted(stage);
    let readers = stage
        .roles
        .iter()
        .filter(|role| ["alumna", "facilitator"].contains(&role.name));
    let readers: Vec<&User> = readers.map(|role| role.user.as_ref().unwrap()).collect();
    read_by(&stage.home, true, &readers);
    path
}

/// Half an hour later.
fn later(text: &str) -> String {
    let then = Instant::parse(text).unwrap().plus(chrono::TimeDelta::minutes(30));
    then.to_string()
}

/// A free time for an interview: its id. No two overlap.
fn slot(stage: &Stage) -> String {
    let starts = in_days(2 + i64::from(stage.another_week()));
    let new = json!({"times": [{"starts_at": starts, "ends_at": later(&starts)}]});
    let made = stage.make(&stage.cohort("/interview-slots"), new);
    made.data()[0]["id"].as_str().unwrap().to_owned()
}

/// Another cohort of the campus, to come, with an open intake: its id.
fn next_cohort(stage: &Stage) -> String {
    let weeks = json!([{"number": 1, "phase": "core", "topic": "Maps"}]);
    let ours = json!({"campus_id": stage.home.campus, "slug": stage.unique(), "name": "Ours", "roles": ["qa"], "weeks": weeks});
    let programme = stage.make("/v1/programmes", ours).id();
    let new = json!({"slug": stage.unique(), "name": "Next", "programme_id": programme, "starts_on": "2099-06-01"});
    let cohort = stage.make(&stage.campus("/cohorts"), new).id();
    let organiser = &stage.home.organiser;
    organiser
        .put(&format!("/v1/cohorts/{cohort}/intake"), intake(window(-1, 1)))
        .is(200);
    cohort
}

/// Somebody's in a cohort that is to come and has a trial week.
fn before_trial(stage: &Stage) -> String {
    let cohort = next_cohort(stage);
    let (organiser, somebody) = (&stage.home.organiser, stage.somebody());
    let cohort = format!("/v1/cohorts/{cohort}");
    organiser.put(&format!("{cohort}/intake/form"), form()).is(200);
    let made = somebody.post(&format!("{cohort}/applications"), answers()).is(201);
    let path = format!("/v1/applications/{}", made.id());
    somebody.put(&format!("{path}/submission"), Value::Null).is(200);
    organiser
        .put(&format!("{cohort}/intake"), with_trial(window(-1, 1)))
        .is(200);
    path
}

/// The application of each role in a cohort that is to come, with an offer.
fn own_offered(stage: &Stage, role: &Role) -> String {
    let cohort = next_cohort(stage);
    let (organiser, somebody) = (&stage.home.organiser, stage.somebody());
    organiser
        .put(&format!("/v1/cohorts/{cohort}/intake/form"), form())
        .is(200);
    let who = role.user.as_ref().unwrap_or(&somebody);
    let made = who
        .post(&format!("/v1/cohorts/{cohort}/applications"), answers())
        .is(201);
    let path = format!("/v1/applications/{}", made.id());
    who.put(&format!("{path}/submission"), Value::Null).is(200);
    let decided_by = match role.name {
        "organiser" => &stage.home.facilitator,
        _ => organiser,
    };
    decided_by
        .put(&format!("{path}/decision"), json!({"status": "offered"}))
        .is(200);
    path
}

pub const SAMPLES: Samples = &[
    ("list_intakes", Once(|_| at("/v1/intakes"))),
    (
        "get_intake",
        Once(|stage| {
            open(stage);
            at(stage.cohort("/intake"))
        }),
    ),
    (
        "set_intake",
        Again(|stage| {
            open(stage);
            at(stage.cohort("/intake")).json(intake(window(-2, 2)))
        }),
    ),
    (
        "set_application_form",
        Once(|stage| {
            open(stage);
            let asked = json!({"questions": [{"key": "why", "kind": "text", "label": {"en": stage.unique()}}]});
            at(stage.cohort("/intake/form")).json(asked)
        }),
    ),
    (
        "express_interest",
        Once(|stage| {
            let mut coming = intake(window(1, 2));
            coming["interest_from"] = json!("2026-01-01");
            stage.home.organiser.put(&stage.cohort("/intake"), coming).is(200);
            at(stage.cohort("/intake/interest/me"))
        }),
    ),
    (
        "withdraw_interest",
        ForEach(|stage, role| {
            let mut coming = intake(window(1, 2));
            coming["interest_from"] = json!("2026-01-01");
            let path = stage.cohort("/intake/interest/me");
            stage.home.organiser.put(&stage.cohort("/intake"), coming).is(200);
            if let Some(user) = &role.user {
                user.put(&path, Value::Null).is(204);
            }
            at(path)
        }),
    ),
    (
        "create_application",
        Once(|stage| {
            open(stage);
            at(stage.cohort("/applications")).json(answers())
        }),
    ),
    (
        "list_applications",
        Once(|stage| {
            open(stage);
            at(stage.cohort("/applications"))
        }),
    ),
    ("list_own_applications", Once(|_| at("/v1/me/applications"))),
    ("get_application", Once(|stage| at(submitted(stage)))),
    (
        "change_application",
        ForEach(|stage, role| {
            let other = json!({"answers": {"why": stage.unique()}});
            at(own_draft(stage, role)).json(other)
        }),
    ),
    (
        "submit_application",
        ForEach(|stage, role| at(format!("{}/submission", own_draft(stage, role)))),
    ),
    (
        "take_application_back",
        ForEach(|stage, role| at(format!("{}/submission", own_submitted(stage, role)))),
    ),
    (
        "withdraw_application",
        ForEach(|stage, role| at(format!("{}/withdrawal", own_submitted(stage, role)))),
    ),
    (
        "note_evidence",
        Once(|stage| at(format!("{}/evidence", submitted(stage))).json(json!({"question": "points", "value": 120}))),
    ),
    (
        "get_rubric",
        Once(|stage| {
            open(stage);
            at(stage.cohort("/intake/rubric"))
        }),
    ),
    (
        "set_rubric",
        Again(|stage| {
            open(stage);
            let criteria = json!([{"key": "luck", "label": {"en": stage.unique()}, "most": 5, "weight": 1}]);
            at(stage.cohort("/intake/rubric")).json(json!({ "criteria": criteria }))
        }),
    ),
    (
        "list_admission_panel",
        Once(|stage| at(stage.cohort("/admission-panel"))),
    ),
    (
        "appoint_panel_member",
        Again(|stage| {
            open(stage);
            let alumna = stage.world.alumnus(&stage.home, &format!("Reader {}", stage.unique()));
            at(stage.cohort(&format!("/admission-panel/{}", alumna.id)))
        }),
    ),
    (
        "dismiss_panel_member",
        Again(|stage| {
            open(stage);
            let alumna = stage.world.alumnus(&stage.home, &format!("Reader {}", stage.unique()));
            let path = stage.cohort(&format!("/admission-panel/{}", alumna.id));
            stage.home.organiser.put(&path, Value::Null).is(204);
            at(path)
        }),
    ),
    (
        "list_own_panels",
        Once(|stage| {
            to_read(stage);
            at("/v1/me/admission-panels")
        }),
    ),
    (
        "list_applications_to_read",
        Once(|stage| {
            to_read(stage);
            at(stage.cohort("/applications-to-read"))
        }),
    ),
    (
        "read_application",
        Once(|stage| at(format!("{}/reading", to_read(stage)))),
    ),
    (
        "score_application",
        Once(|stage| at(format!("{}/scores/me", to_read(stage))).json(points(4, 5))),
    ),
    (
        "stand_aside",
        Again(|stage| at(format!("{}/recusals/me", to_read(stage)))),
    ),
    (
        "lift_recusal",
        Once(|stage| {
            let path = to_read(stage);
            let alumna = stage.roles.iter().find(|role| role.name == "alumna").unwrap();
            alumna.client.put(&format!("{path}/recusals/me"), Value::Null).is(204);
            at(format!("{path}/recusals/{}", alumna.user.as_ref().unwrap().id))
        }),
    ),
    (
        "create_interview_slots",
        Once(|stage| {
            open(stage);
            let starts = in_days(2);
            let ends = later(&starts);
            at(stage.cohort("/interview-slots")).json(json!({"times": [{"starts_at": starts, "ends_at": ends}]}))
        }),
    ),
    (
        "list_interview_slots",
        Once(|stage| {
            open(stage);
            at(stage.cohort("/interview-slots"))
        }),
    ),
    (
        "delete_interview_slot",
        Again(|stage| {
            open(stage);
            at(format!("/v1/interview-slots/{}", slot(stage)))
        }),
    ),
    (
        "book_interview",
        ForEach(|stage, role| {
            own_submitted(stage, role);
            at(format!("/v1/interview-slots/{}/booking/me", slot(stage)))
        }),
    ),
    (
        "cancel_interview",
        ForEach(|stage, role| {
            own_submitted(stage, role);
            let path = format!("/v1/interview-slots/{}/booking/me", slot(stage));
            if let Some(user) = &role.user {
                user.put(&path, Value::Null).is(200);
            }
            at(path)
        }),
    ),
    (
        "get_admission_ranking",
        Once(|stage| {
            open(stage);
            at(stage.cohort("/admission-ranking"))
        }),
    ),
    (
        "decide_admission_round",
        Again(|stage| {
            let cohort = next_cohort(stage);
            let path = format!("/v1/cohorts/{cohort}");
            let somebody = stage.somebody();
            stage.home.organiser.put(&format!("{path}/intake/form"), form()).is(200);
            let made = somebody.post(&format!("{path}/applications"), answers()).is(201);
            somebody
                .put(&format!("/v1/applications/{}/submission", made.id()), Value::Null)
                .is(200);
            at(format!("{path}/admission-rounds")).json(json!({"offers": 1, "include_unmet": true}))
        }),
    ),
    (
        "decide_application",
        Again(|stage| at(format!("{}/decision", submitted(stage))).json(json!({"status": "rejected"}))),
    ),
    (
        "note_trial",
        Once(|stage| at(format!("{}/trial", before_trial(stage))).json(json!({"status": "invited"}))),
    ),
    (
        "defer_application",
        Again(|stage| {
            let path = submitted(stage);
            at(format!("{path}/deferral")).json(json!({"cohort_id": next_cohort(stage)}))
        }),
    ),
    (
        "accept_offer",
        ForEach(|stage, role| at(format!("{}/acceptance", own_offered(stage, role)))),
    ),
    (
        "decline_offer",
        ForEach(|stage, role| at(format!("{}/refusal", own_offered(stage, role)))),
    ),
    (
        "get_admission_figures",
        Once(|stage| {
            open(stage);
            at(stage.cohort("/admission-figures"))
        }),
    ),
];
