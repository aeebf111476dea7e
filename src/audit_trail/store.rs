//! Queries on the audit trail.

use diesel::prelude::*;

use super::model::{Entry, EntrySelection};
use crate::{
    authz::SignedIn,
    campuses::CampusOrganiser,
    db::{Conn, schema::audit_entries as audit},
    error::Result,
    primitives::Id,
};

/// Up to `limit` entries of what was done at a campus, the newest first.
pub fn entries_at(
    conn: &mut Conn,
    proof: &CampusOrganiser,
    selection: &EntrySelection,
    limit: i64,
) -> Result<Vec<Entry>> {
    let mut query = audit::table
        .filter(audit::campus_id.eq(proof.campus()))
        .select(Entry::as_select())
        .into_boxed();
    if let Some(actor) = selection.actor {
        query = query.filter(audit::person_id.eq(actor));
    }
    if let Some(object) = selection.object {
        // An id has letters and digits only, and is a part of no other.
        let names = format!("%/{object}%");
        query = query.filter(audit::target.like(names.clone()).or(audit::object.like(names)));
    }
    if let Some(begins) = selection.period.begins() {
        query = query.filter(audit::created_at.ge(begins));
    }
    if let Some(ends) = selection.period.ends() {
        query = query.filter(audit::created_at.lt(ends));
    }
    if let Some(before) = selection.before {
        query = query.filter(audit::id.lt(before));
    }
    Ok(query.order(audit::id.desc()).limit(limit).load(conn)?)
}

/// Up to `limit` entries of what was done in somebody's name, before another, the newest first.
pub fn entries_of(conn: &mut Conn, proof: &SignedIn, before: Option<Id>, limit: i64) -> Result<Vec<Entry>> {
    let mut query = audit::table
        .filter(audit::person_id.eq(proof.person()))
        .select(Entry::as_select())
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(audit::id.lt(before));
    }
    Ok(query.order(audit::id.desc()).limit(limit).load(conn)?)
}
