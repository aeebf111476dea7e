//! The audit trail: who did what to which object. Append-only, and in the transaction that did it.

use diesel::prelude::*;

use crate::{
    authz::Actor,
    db::{Conn, schema::audit_entries as audit},
    error::Result,
    primitives::{Id, Instant},
};

/// One thing that somebody did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entry<'a> {
    /// Who did it; none if it was done at the console, or nobody was logged in.
    pub person: Option<Id>,
    /// The session in which it was done.
    pub session: Option<Id>,
    /// The operation, or the command.
    pub operation: &'a str,
    /// The path that it was done to.
    pub target: &'a str,
    /// The path of what was made, if something was.
    pub object: Option<&'a str>,
    /// The names of the fields that were set.
    pub fields: &'a str,
    /// The request's name in the log; empty at the console.
    pub request_id: &'a str,
}

impl Entry<'_> {
    /// The same, done by somebody.
    #[must_use]
    pub fn by(self, actor: &Actor) -> Self {
        let identity = actor.identity();
        Self {
            person: identity.map(|identity| identity.person),
            session: identity.and_then(|identity| identity.session),
            ..self
        }
    }
}

/// Notes what was done, as part of the transaction.
pub fn note(conn: &mut Conn, entry: &Entry, now: Instant) -> Result<()> {
    diesel::insert_into(audit::table)
        .values((
            audit::id.eq(Id::new()),
            audit::created_at.eq(now),
            audit::person_id.eq(entry.person),
            audit::session_id.eq(entry.session),
            audit::operation.eq(entry.operation),
            audit::target.eq(entry.target),
            audit::object.eq(entry.object),
            audit::changes.eq(entry.fields),
            audit::request_id.eq(entry.request_id),
        ))
        .execute(conn)?;
    Ok(())
}
