//! Who wants to come into the next cohort: an intake that is open, a panel, times for interviews, and some who apply.

use chrono::TimeDelta;
use serde_json::json;

use super::{
    player::{Player, of},
    scene::Scene,
};
use crate::{
    accounts::actions as accounts,
    admissions::actions::{self as admissions, decisions, interviews, reading},
    cli::demo::cast,
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant},
};

/// The next cohort takes applications: one is read and has an offer, the others wait.
pub fn apply(conn: &mut Conn, scene: &Scene, hash: &str, now: Instant) -> Result<()> {
    let (rosa, staff) = (scene.rosa.actor(conn, now)?, scene.staff.actor(conn, now)?);
    let cohort = scene.coming;
    let days = |days: i64| now.plus(TimeDelta::days(days));
    let intake = json!({
        "opens_at": days(-7), "closes_at": days(21), "places": 16, "reply_days": 5, "keep_months": 6,
        "precourse": "Finish the first two chapters, and come to a meetup.",
    });
    admissions::save_intake(conn, &staff, cohort, of(intake)?, IfMatch::Absent, now)?;
    let form = json!({"questions": [
        {"key": "why", "kind": "text", "label": {"en": "Why do you want to come?", "ar": "لماذا تريد الانضمام؟"}, "required": true},
        {"key": "points", "kind": "evidence", "label": {"en": "Your profile, with 100 points"}, "required": true, "at_least": 100},
    ]});
    admissions::set_form(conn, &staff, cohort, of(form)?, IfMatch::Absent, now)?;
    let rubric = json!({"blind": true, "criteria": [
        {"key": "curiosity", "label": {"en": "Curiosity"}, "most": 5, "weight": 2},
        {"key": "kindness", "label": {"en": "Kindness"}, "most": 5, "weight": 1},
    ]});
    reading::set_rubric(conn, &staff, cohort, of(rubric)?, IfMatch::Absent, now)?;
    for reader in [scene.rosa, scene.staff] {
        reading::appoint(conn, &rosa, cohort, reader.person, now)?;
    }
    let times = json!({"times": [
        {"starts_at": days(24), "ends_at": days(24).plus(TimeDelta::minutes(30))},
        {"starts_at": days(25), "ends_at": days(25).plus(TimeDelta::minutes(30))},
    ], "place": "Main room"});
    let slots = interviews::offer(conn, &staff, cohort, of(times)?, now)?;
    let mut all = Vec::new();
    for (at, name) in cast::APPLICANTS.into_iter().enumerate() {
        let player = Player::enter(conn, name, hash, now)?;
        let application = hand_in(conn, player, cohort, at, now)?;
        all.push((player, application));
    }
    if let (Some((_, application)), Some((second, _)), Some(slot)) = (all.first(), all.get(1), slots.first()) {
        let score = of(json!({"points": {"curiosity": 5, "kindness": 4}}))?;
        reading::score(conn, &staff, *application, score, now)?;
        decisions::decide(conn, &staff, *application, of(json!("offered"))?, now)?;
        let actor = second.actor(conn, now)?;
        interviews::book(conn, &actor, slot.slot.id, now)?;
    }
    for (player, _) in all {
        let actor = player.actor(conn, now)?;
        accounts::log_out(conn, &actor, now)?;
    }
    Ok(())
}

fn hand_in(conn: &mut Conn, player: Player, cohort: Id, at: usize, now: Instant) -> Result<Id> {
    let actor = player.actor(conn, now)?;
    let why = [
        "I like to learn with others.",
        "I have built small things alone, and want to build bigger ones together.",
    ];
    let answers =
        json!({"answers": {"why": why.get(at % 2), "points": format!("https://example.org/applicants/{at}")}});
    let begun = admissions::begin(conn, &actor, cohort, of(answers)?, now)?;
    let id = begun.application.id;
    let reading = of(json!({"question": "points", "value": 95 + at}))?;
    admissions::note(conn, &actor, id, reading, now)?;
    admissions::submit(conn, &actor, id, false, now)?;
    Ok(id)
}
