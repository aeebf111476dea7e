//! Organisations that ask for a product: one has just applied, one is to sign its agreement and has paid work to give, and the running
//! cohort votes on what three others pitched, whom it invites to a demo day.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    player::{Player, of},
    scene::Scene,
};
use crate::{
    accounts::actions as accounts,
    authz::Actor,
    cli::demo::cast,
    clients::actions as clients,
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant},
};

/// The campus in London takes organisations.
pub fn apply(conn: &mut Conn, scene: &Scene, hash: &str, now: Instant) -> Result<()> {
    let staff = scene.staff.actor(conn, now)?;
    let terms = json!({
        "open": true, "answer_days": 7, "about": "Students build a first version of your idea in three weeks, free of charge.",
    });
    clients::save_terms(conn, &staff, scene.london, of(terms)?, IfMatch::Absent, now)?;
    let food = json!({
        "name": cast::ORGANISATION,
        "about": "Volunteers sign up for shifts on paper; we would like them to do it on their phones.",
        "url": "https://example.org/riverside", "may_be_passed_on": true,
    });
    let (olive, first) = ask(conn, scene, (cast::OWNER, food), hash, now)?;
    accounts::log_out(conn, &olive, now)?;
    clients::invite(conn, &staff, first, &of(json!("volunteer@example.org"))?, now)?;
    let library = json!({
        "name": cast::OTHER_ORGANISATION,
        "about": "We lend tools, and would like our neighbours to see what is there.",
    });
    let (priya, further) = ask(conn, scene, (cast::OTHER_OWNER, library), hash, now)?;
    let days = |days: i64| now.plus(TimeDelta::days(days));
    let workshop = json!({
        "starts_at": days(10), "ends_at": days(10).plus(TimeDelta::hours(2)), "place": "Finsbury Park", "places": 12,
    });
    let workshop = clients::offer(conn, &staff, scene.london, of(workshop)?, now)?
        .workshop
        .id;
    go(conn, scene, further, &[json!({"status": "invited"})], now)?;
    clients::book(conn, &priya, further, workshop, IfMatch::Absent, now)?;
    give_work(conn, scene, (&priya, further), now)?;
    accounts::log_out(conn, &priya, now)?;
    let agreement = json!({"status": "agreement_sent", "url": "https://example.org/agreement"});
    go(conn, scene, further, &[agreement], now)?;
    pitch(conn, scene, hash, now)
}

/// Somebody applies for their organisation.
fn ask(
    conn: &mut Conn,
    scene: &Scene,
    (owner, new): (&'static str, Value),
    hash: &str,
    now: Instant,
) -> Result<(Actor, Id)> {
    let owner = Player::enter(conn, owner, hash, now)?.actor(conn, now)?;
    let applied = clients::apply(conn, &owner, scene.london, of(new)?, false, now)?;
    Ok((owner, applied.client.id))
}

/// The staff record these steps.
fn go(conn: &mut Conn, scene: &Scene, client: Id, steps: &[Value], now: Instant) -> Result<()> {
    let staff = scene.staff.actor(conn, now)?;
    for step in steps {
        clients::take_step(conn, &staff, client, of(step.clone())?, IfMatch::Absent, now)?;
    }
    Ok(())
}

/// Graduates have answered to paid work of an organisation.
fn give_work(conn: &mut Conn, scene: &Scene, (owner, client): (&Actor, Id), now: Instant) -> Result<()> {
    let brief = json!({
        "title": "Second version of the tool list", "text": "Neighbours reserve a tool for some days.",
        "rate": {"amount": 25_000, "currency": "GBP", "per": "day"}, "starts_on": now.plus(TimeDelta::days(45)).date(),
        "people": 3, "may_be_passed_on": true,
    });
    let brief = clients::create_brief(conn, owner, client, of(brief)?, now)?.named.brief;
    let staff = scene.staff.actor(conn, now)?;
    let (open, seen) = (of(json!({"status": "open"}))?, IfMatch::Version(brief.version));
    clients::set_brief_status(conn, &staff, brief.id, &open, seen, now)?;
    let answers = [
        json!({"interested": true, "note": "I borrow from them every month."}),
        json!({"interested": true}),
        json!({"interested": false}),
    ];
    for (graduate, answer) in scene.graduated.students.iter().zip(answers) {
        let actor = graduate.actor(conn, now)?;
        clients::answer_brief(conn, &actor, brief.id, of(answer)?, now)?;
    }
    Ok(())
}

/// Some of the cohort have voted.
fn pitch(conn: &mut Conn, scene: &Scene, hash: &str, now: Instant) -> Result<()> {
    let staff = scene.staff.actor(conn, now)?;
    let mut products = Vec::new();
    for (owner, organisation) in cast::PITCHING {
        let new =
            json!({"name": organisation, "about": "We keep lists on paper, and nobody knows which is the latest."});
        let (owner, client) = ask(conn, scene, (owner, new), hash, now)?;
        accounts::log_out(conn, &owner, now)?;
        let steps = [
            json!({"status": "invited"}),
            json!({"status": "workshop_booked", "note": "They came to the one in spring."}),
            json!({"status": "agreement_sent", "url": "https://example.org/agreement"}),
            json!({"status": "agreement_signed"}),
            json!({"status": "attended"}),
            json!({"status": "research_asked"}),
            json!({"status": "research_received", "url": "https://example.org/research"}),
        ];
        go(conn, scene, client, &steps, now)?;
        let product = json!({"summary": format!("One list of {organisation} that all see on their phones.")});
        let place = (scene.running.id, client);
        clients::save_product(conn, &staff, place, of(product)?, IfMatch::Absent, now)?;
        products.push(client);
    }
    let begins = now.plus(TimeDelta::days(30));
    let demo_day = json!({
        "starts_at": begins, "ends_at": begins.plus(TimeDelta::hours(2)), "place": "Finsbury Park", "client_ids": products,
    });
    clients::plan_demo_day(conn, &staff, scene.running.id, of(demo_day)?, now)?;
    let ballot = clients::open_for_votes(conn, &staff, scene.running.id, of(json!({"winners": 2}))?, now)?
        .ballot
        .id;
    for (turn, voter) in scene.running.students.iter().take(5).enumerate() {
        let actor = voter.actor(conn, now)?;
        let mut ranked = products.clone();
        ranked.rotate_left(turn % products.len().max(1));
        clients::vote(conn, &actor, ballot, &of(json!({ "ranked": ranked }))?)?;
    }
    Ok(())
}
