//! The audit trail: who did what to which object. Append-only, and in the transaction that did it.

use diesel::prelude::*;

use crate::{
    authz::Actor,
    db::{Conn, schema::audit_entries as audit},
    error::Result,
    primitives::{Id, Instant},
};

/// Notes what somebody did: the operation, the path it was done to, and the names of the fields that
/// it set.
pub fn note(
    conn: &mut Conn,
    actor: &Actor,
    (operation, target, fields): (&str, &str, &str),
    request_id: &str,
    now: Instant,
) -> Result<()> {
    let identity = actor.identity();
    diesel::insert_into(audit::table)
        .values((
            audit::id.eq(Id::new()),
            audit::created_at.eq(now),
            audit::person_id.eq(identity.map(|identity| identity.person)),
            audit::session_id.eq(identity.and_then(|identity| identity.session)),
            audit::operation.eq(operation),
            audit::target.eq(target),
            audit::changes.eq(fields),
            audit::request_id.eq(request_id),
        ))
        .execute(conn)?;
    Ok(())
}
