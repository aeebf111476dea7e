//! Whatever somebody else may want to see is told: every operation that changes something records an event.

use diesel::prelude::*;
use peerled::{
    db::schema::events,
    outbox::Audience,
    web::Operation,
    webhooks::model::{TYPES, WITHHELD},
};

use super::Stage;
use crate::harness::World;

/// Operations that record none, and why.
const UNTOLD: &[(&str, &str)] = &[
    ("open_account", "nobody sees an account before it is somewhere"),
    ("verify_account", "the same"),
    ("log_in", "sessions are the person's own, and listed"),
    ("refresh_session", "the same"),
    ("log_out", "the same"),
    ("change_session", "the same"),
    ("end_session", "the same"),
    ("end_other_sessions", "the same"),
    ("begin_sign_on", "nothing has happened before it is redeemed"),
    ("redeem_sign_on", "a log-in"),
    ("begin_sign_on_link", "nothing has happened before it is redeemed"),
    ("begin_totp", "nothing has happened before it is confirmed"),
    ("verify_email", "only the person sees whether an address is proved"),
    ("change_notification_settings", "settings are the person's own"),
    ("unsubscribe", "the same"),
    (
        "begin_passkey",
        "nothing has happened before it is confirmed; that a passkey was added is told",
    ),
    ("begin_passkey_log_in", "nothing has happened before it is answered"),
    ("log_in_with_passkey", "a log-in"),
    ("change_passkey", "passkeys are the person's own, and listed"),
    (
        "give_consent",
        "consents are the student's own; what follows is seen in the next plan",
    ),
    ("withdraw_consent", "the same"),
    (
        "delete_calendar_feed",
        "calendar feeds are the person's own, and listed",
    ),
    ("delete_api_token", "API tokens are the person's own, and listed"),
    (
        "remove_totp",
        "of a second factor that was not confirmed; that a confirmed one is gone is told",
    ),
    (
        "grant_password_reset",
        "the code is handed over in person; that it was used is told",
    ),
    (
        "restore_team_plan",
        "the sample restores what is there; see changes::list",
    ),
    ("repair_all_teams", "the sample is a dry run; see changes::list"),
    ("cancel_job", "a job is followed where it is, by whoever asked for it"),
    (
        "vote_for_retro_item",
        "who votes, and when, is told to nobody; what came of it is told when the retro closes",
    ),
    ("withdraw_retro_vote", "the same"),
    (
        "vote_for_products",
        "who votes, and when, is told to nobody; what came of it is told when the ballot closes",
    ),
    (
        "give_feedback",
        "when feedback came would tell by whom it is; it is read where it is shown",
    ),
    ("withdraw_feedback", "the same"),
    ("preview_swap", "it changes nothing"),
    ("rerun_mentor_allocation", "it changes nothing"),
    ("propose_repairs", "it changes nothing"),
    ("replay_webhook_delivery", "deliveries are listed; nothing else changes"),
    ("replay_webhook_deliveries", "the same"),
    ("find_trade_off", "it is worked out for who asks, and changes no plan"),
];

/// How many events there are.
pub fn count(stage: &Stage) -> i64 {
    stage.world.db(|conn| Ok(events::table.count().get_result(conn)?))
}

/// What is wrong with an operation that has recorded something, or nothing whoever sent it.
pub fn fault(operation: &Operation, has_told: bool) -> Option<String> {
    let why = UNTOLD.iter().find(|(id, _)| *id == operation.id());
    match (why, has_told) {
        (None, false) if !operation.method().is_safe() => Some("records no event".into()),
        (Some(_), true) => Some("records an event: take it off the list of those that do not".into()),
        _ => None,
    }
}

/// Every type of event that organisers of a campus may know of can be asked for by a webhook.
pub fn unasked(world: &World) -> Vec<String> {
    let recorded: Vec<(String, String)> = world.db(|conn| {
        let of_campuses = events::table.filter(events::campus_id.is_not_null());
        Ok(of_campuses
            .select((events::kind, events::audience))
            .distinct()
            .load(conn)?)
    });
    let is_known = |kind: &str| {
        let (object, what) = kind.split_once('.').unwrap();
        TYPES.iter().any(|(of, whats)| *of == object && whats.contains(&what))
    };
    let is_for_organisers = |audience: &str| Audience::stored(audience).any(|one| !matches!(one, Audience::Person(_)));
    let mut unasked: Vec<String> = (recorded.into_iter())
        // Nobody can have a webhook there before.
        .filter(|(kind, audience)| {
            kind != "campus.created"
                && !WITHHELD.contains(&kind.as_str())
                && is_for_organisers(audience)
                && !is_known(kind)
        })
        .map(|(kind, _)| format!("{kind} is not in webhooks::model::TYPES"))
        .collect();
    unasked.sort();
    unasked.dedup();
    unasked
}

#[test]
fn whatever_is_on_the_list_is_an_operation() {
    let operations = peerled::routes::operations();
    for (id, _) in UNTOLD {
        assert!(operations.iter().any(|operation| operation.id() == *id), "{id}");
    }
}

/// Every event, and the notice that is written of it, leads to a path that can be read.
pub fn unopenable(world: &World) -> Vec<String> {
    let mut readable = matchit::Router::new();
    for operation in peerled::routes::operations() {
        if operation.method().is_safe() {
            readable.insert(operation.path(), ()).unwrap();
        }
    }
    let is_readable = |href: &str| readable.at(href.split(['?', '#']).next().unwrap()).is_ok();
    let recorded: Vec<(String, Option<String>)> = world.db(|conn| {
        Ok(events::table
            .select((events::kind, events::href))
            .distinct()
            .load(conn)?)
    });
    let mut unopenable: Vec<String> = (recorded.into_iter())
        .filter_map(|(kind, href)| href.filter(|href| !is_readable(href)).map(|_| kind))
        .map(|kind| format!("{kind} leads to a path that is not read with GET"))
        .collect();
    unopenable.sort();
    unopenable.dedup();
    unopenable
}
