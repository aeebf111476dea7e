//! Queries on the audit trail.

use diesel::prelude::*;

use super::model::{Entry, EntrySelection};
use crate::{
    authz::SignedIn,
    campuses::CampusOrganiser,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{api_tokens, audit_entries as audit},
    },
    error::Result,
    primitives::{Id, Line},
};

/// Whose entries are read: what that proves they may be read.
#[derive(Clone, Copy)]
pub enum Trail<'a> {
    /// Of what was done at a campus.
    Of(&'a CampusOrganiser),
    /// Of what was done in somebody's name.
    InTheNameOf(&'a SignedIn),
}

/// Up to `limit` entries, the newest first.
pub fn entries(conn: &mut Conn, trail: Trail, selection: &EntrySelection, limit: i64) -> Result<Vec<Entry>> {
    let all = audit::table.select(Entry::as_select()).into_boxed();
    let mut query = match trail {
        Trail::Of(proof) => all.filter(audit::campus_id.eq(proof.campus())),
        Trail::InTheNameOf(proof) => all.filter(audit::person_id.eq(proof.person())),
    };
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

/// What their owners call these API tokens, as far as they are still there.
pub fn token_names(conn: &mut Conn, tokens: Vec<Id>) -> Result<Vec<(Id, Line)>> {
    if tokens.is_empty() {
        return Ok(Vec::new());
    }
    Ok(api_tokens::table
        .filter(api_tokens::id.among(tokens))
        .select((api_tokens::id, api_tokens::name))
        .load(conn)?)
}
