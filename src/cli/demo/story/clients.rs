//! Organisations that ask for a product: one has just applied, another is to sign its agreement.

use serde_json::{Value, json};

use super::{
    player::{Player, of},
    scene::Scene,
};
use crate::{
    accounts::actions as accounts,
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
        "url": "https://example.org/riverside",
    });
    let first = ask(conn, scene, (cast::OWNER, food), hash, now)?;
    clients::invite(conn, &staff, first, &of(json!("volunteer@example.org"))?, now)?;
    let library = json!({
        "name": cast::OTHER_ORGANISATION,
        "about": "We lend tools, and would like our neighbours to see what is there.",
    });
    let further = ask(conn, scene, (cast::OTHER_OWNER, library), hash, now)?;
    for step in [
        json!({"status": "invited"}),
        json!({"status": "workshop_booked"}),
        json!({"status": "agreement_sent", "url": "https://example.org/agreement"}),
    ] {
        clients::take_step(conn, &staff, further, of(step)?, IfMatch::Absent, now)?;
    }
    Ok(())
}

fn ask(conn: &mut Conn, scene: &Scene, (owner, new): (&'static str, Value), hash: &str, now: Instant) -> Result<Id> {
    let actor = Player::enter(conn, owner, hash, now)?.actor(conn, now)?;
    let client = clients::apply(conn, &actor, scene.london, of(new)?, false, now)?
        .client
        .id;
    accounts::log_out(conn, &actor, now)?;
    Ok(client)
}
