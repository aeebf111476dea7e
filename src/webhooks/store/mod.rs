//! Queries on webhooks.

mod deliveries;
mod queue;

pub use deliveries::{
    delete_old, deliveries, delivery, insert_deliveries, replay, replay_range, replays, tries_since, waiting,
};
pub use queue::{has_due, mark, next_of, take, with_due};

use diesel::prelude::*;

use super::{events, model::Webhook};
use crate::{
    campuses::CampusOrganiser,
    db::{
        Conn,
        schema::{campuses, webhooks},
    },
    error::Result,
    primitives::{Id, Instant},
};

/// A webhook.
///
/// # Errors
/// `404` if there is none.
pub fn webhook(conn: &mut Conn, id: Id) -> Result<Webhook> {
    Ok(webhooks::table.find(id).select(Webhook::as_select()).first(conn)?)
}

/// A webhook, if it is still there.
pub fn find(conn: &mut Conn, id: Id) -> Result<Option<Webhook>> {
    let found = webhooks::table.find(id).select(Webhook::as_select()).first(conn);
    Ok(found.optional()?)
}

/// Those of a campus, the oldest first.
pub fn of_campus(conn: &mut Conn, campus: Id) -> Result<Vec<Webhook>> {
    Ok(webhooks::table
        .filter(webhooks::campus_id.eq(campus))
        .order(webhooks::id)
        .select(Webhook::as_select())
        .load(conn)?)
}

/// Whether a campus is closed.
///
/// # Errors
/// `404` if there is no such campus.
pub fn is_closed(conn: &mut Conn, campus: Id) -> Result<bool> {
    let closed_at: Option<Instant> = campuses::table.find(campus).select(campuses::closed_at).first(conn)?;
    Ok(closed_at.is_some())
}

/// Makes one.
pub fn insert(conn: &mut Conn, proof: &CampusOrganiser, new: &Webhook) -> Result<()> {
    debug_assert_eq!(proof.campus(), new.campus_id, "the proof holds elsewhere");
    diesel::insert_into(webhooks::table).values(new).execute(conn)?;
    events::webhook(new).created(conn)
}

/// Puts what organisers have changed in place of what was.
pub fn update(conn: &mut Conn, proof: &CampusOrganiser, changed: &Webhook) -> Result<()> {
    let own = webhooks::table
        .find(changed.id)
        .filter(webhooks::campus_id.eq(proof.campus()));
    diesel::update(own)
        .set((
            webhooks::url.eq(&changed.url),
            webhooks::events.eq(&changed.events),
            webhooks::secret.eq(&changed.secret),
            webhooks::old_secret.eq(&changed.old_secret),
            webhooks::old_secret_until.eq(changed.old_secret_until),
            webhooks::enabled.eq(changed.enabled),
            webhooks::disabled_because.eq(changed.disabled_because),
            webhooks::failing_since.eq(changed.failing_since),
            webhooks::paused_until.eq(changed.paused_until),
            webhooks::failures.eq(changed.failures),
            webhooks::version.eq(changed.version),
            webhooks::updated_at.eq(changed.updated_at),
        ))
        .execute(conn)?;
    if !changed.enabled {
        queue::give_up_all(conn, changed.id)?;
    }
    events::webhook(changed).updated(conn)
}

/// Deletes one with all its deliveries.
pub fn delete(conn: &mut Conn, proof: &CampusOrganiser, webhook: &Webhook) -> Result<()> {
    let own = webhooks::table
        .find(webhook.id)
        .filter(webhooks::campus_id.eq(proof.campus()));
    diesel::delete(own).execute(conn)?;
    events::webhook(webhook).deleted(conn)
}
