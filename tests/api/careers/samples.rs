//! A sample request for each operation; see `authz_matrix`.

use serde_json::{Value, json};

use super::{agree, ask, consent, go, new_fee, new_role, public_role};
use crate::{
    authz_matrix::{Make::*, Samples, Stage, at},
    harness::User,
};

/// The employer for which somebody acts: its path.
fn employer(stage: &Stage) -> String {
    let listed = stage.read(&stage.campus("/employers"));
    format!("/v1/employers/{}", listed.data()[0]["id"].as_str().unwrap())
}

fn role(stage: &Stage) -> String {
    public_role(&stage.home, &employer(stage))
}

fn graduate<'s>(stage: &'s Stage<'_>) -> &'s User {
    let alumna = stage.roles.iter().find(|role| role.name == "alumna").unwrap();
    alumna.user.as_ref().unwrap()
}

/// An introduction that the alumna was asked for.
fn asked(stage: &Stage) -> String {
    ask(&stage.home, &role(stage), &graduate(stage).id)
}

/// The same with her consent.
fn live(stage: &Stage) -> String {
    let introduction = asked(stage);
    agree(graduate(stage), &introduction).is(200);
    introduction
}

fn hired(stage: &Stage) -> String {
    let introduction = live(stage);
    go(&stage.home.facilitator, &introduction, &["interview", "offer", "hired"]);
    introduction
}

fn fee(stage: &Stage) -> String {
    let fees = format!("{}/referral-fees", hired(stage));
    stage.make(&fees, new_fee()).header("location").to_owned()
}

pub const SAMPLES: Samples = &[
    (
        "create_employer",
        Again(|stage| at(stage.campus("/employers")).json(json!({"name": stage.unique()}))),
    ),
    ("list_employers", Once(|stage| at(stage.campus("/employers")))),
    ("list_own_employers", Once(|_| at("/v1/me/employers"))),
    ("get_employer", Once(|stage| at(employer(stage)))),
    (
        "change_employer",
        Again(|stage| at(employer(stage)).json(json!({"about": stage.unique()}))),
    ),
    (
        "add_employer_contact",
        Again(|stage| at(format!("{}/contacts/{}", employer(stage), stage.member().id))),
    ),
    (
        "remove_employer_contact",
        Again(|stage| {
            let path = format!("{}/contacts/{}", employer(stage), stage.member().id);
            stage.home.organiser.put(&path, Value::Null).is(204);
            at(path)
        }),
    ),
    (
        "create_employer_role",
        Once(|stage| at(format!("{}/roles", employer(stage))).json(new_role())),
    ),
    (
        "list_employer_roles",
        Once(|stage| at(format!("{}/roles", employer(stage)))),
    ),
    ("list_public_roles", Once(|stage| at(stage.campus("/roles")))),
    ("get_employer_role", Once(|stage| at(role(stage)))),
    (
        "change_employer_role",
        Again(|stage| at(role(stage)).json(json!({"title": stage.unique()}))),
    ),
    (
        "set_employer_role_status",
        Again(|stage| {
            let role = role(stage);
            let seen = stage.read(&role);
            at(format!("{role}/status"))
                .json(json!({"status": "closed"}))
                .seen(&seen)
        }),
    ),
    ("get_my_career_profile", Once(|_| at("/v1/me/career-profile"))),
    (
        "set_my_career_profile",
        Again(|stage| at("/v1/me/career-profile").json(json!({"headline": stage.unique()}))),
    ),
    (
        "delete_my_career_profile",
        ForEach(|stage, role| {
            if let Some(user) = &role.user {
                let profile = json!({"headline": stage.unique()});
                user.put("/v1/me/career-profile", profile).is(200);
            }
            at("/v1/me/career-profile")
        }),
    ),
    (
        "create_introduction",
        Again(|stage| at(format!("{}/introductions", role(stage))).json(json!({"person_id": graduate(stage).id}))),
    ),
    (
        "list_introductions",
        Once(|stage| at(format!("{}/introductions", role(stage)))),
    ),
    ("list_own_introductions", Once(|_| at("/v1/me/introductions"))),
    ("get_introduction", Once(|stage| at(live(stage)))),
    (
        "consent_to_introduction",
        Again(|stage| {
            let introduction = live(stage);
            let until = consent(graduate(stage), &introduction, 40);
            at(format!("{introduction}/consent")).json(until)
        }),
    ),
    (
        "withdraw_from_introduction",
        Again(|stage| at(format!("{}/consent", live(stage)))),
    ),
    (
        "take_introduction_step",
        Again(|stage| at(format!("{}/status", live(stage))).json(json!({"status": "interview"}))),
    ),
    (
        "get_introduced_profile",
        Once(|stage| at(format!("{}/profile", live(stage)))),
    ),
    (
        "create_referral_fee",
        Again(|stage| at(format!("{}/referral-fees", hired(stage))).json(new_fee())),
    ),
    ("list_referral_fees", Once(|stage| at(stage.campus("/referral-fees")))),
    (
        "get_referral_fee_sums",
        Once(|stage| at(stage.campus("/referral-fee-sums"))),
    ),
    ("get_referral_fee", Once(|stage| at(fee(stage)))),
    (
        "settle_referral_fee",
        Again(|stage| at(format!("{}/status", fee(stage))).json(json!({"status": "paid"}))),
    ),
];
