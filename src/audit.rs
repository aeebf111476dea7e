//! The audit trail: who did what to which object, and what became what. Append-only, and in the transaction that
//! did it. No addresses, secrets or private prose get into it: of such fields it tells only that they changed.

use std::{cell::RefCell, collections::BTreeMap};

use diesel::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    authz::Actor,
    db::{
        Conn,
        schema::{audit_entries as audit, merged_accounts},
    },
    error::Result,
    on_both,
    primitives::{Id, Instant, text_enum},
};

/// A field of a row, as far as the trail may know it.
pub struct Field {
    name: &'static str,
    value: Value,
    is_told: bool,
}

impl Field {
    /// One whose values are kept.
    pub fn told(name: &'static str, value: impl Serialize) -> Self {
        Self {
            name,
            value: serde_json::to_value(value).unwrap_or_default(),
            is_told: true,
        }
    }

    /// One of which only is kept that it changed.
    pub fn untold(name: &'static str, value: impl Serialize) -> Self {
        Self {
            is_told: false,
            ..Self::told(name, value)
        }
    }
}

/// A row whose changes are kept; [`audited!`] says which of its fields are told.
pub trait Audited {
    /// Its fields, always the same in the same order.
    fn fields(&self) -> Vec<Field>;
}

/// Says of a row which fields the trail tells and, behind the semicolon, of which only that they changed.
macro_rules! audited {
    ($row:ty { $($told:ident),* $(; $($untold:ident),+)? }) => {
        impl $crate::audit::Audited for $row {
            fn fields(&self) -> Vec<$crate::audit::Field> {
                vec![
                    $($crate::audit::Field::told(stringify!($told), &self.$told),)*
                    $($($crate::audit::Field::untold(stringify!($untold), &self.$untold),)+)?
                ]
            }
        }
    };
}
pub(crate) use audited;

/// What one write has changed, and where.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    fields: BTreeMap<&'static str, Value>,
    campus: Option<Id>,
    application: Option<Id>,
}

impl Changes {
    /// None, at a campus.
    pub fn at(campus: Id) -> Self {
        Self {
            campus: Some(campus),
            ..Self::default()
        }
    }

    /// The names of the fields, by commas.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.fields.keys().copied().collect();
        names.join(",")
    }

    fn to_stored(&self) -> Option<String> {
        match self.fields.is_empty() {
            true => None,
            false => serde_json::to_string(&self.fields).ok(),
        }
    }
}

thread_local! {
    /// What the write that this thread is in has changed so far.
    static WATCHED: RefCell<Option<Changes>> = const { RefCell::new(None) };
}

/// Runs `write`, with what it says on this thread to have changed.
pub fn watched<T>(write: impl FnOnce() -> T) -> (T, Changes) {
    WATCHED.set(Some(Changes::default()));
    let done = write();
    (done, WATCHED.take().unwrap_or_default())
}

/// Notes what makes the difference between a row and what it became.
pub fn changed<T: Audited>(before: &T, after: &T) {
    for (from, to) in before.fields().into_iter().zip(after.fields()) {
        match from.is_told {
            _ if from.value == to.value => {}
            true => became(from.name, &from.value, &to.value),
            false => touched(from.name),
        }
    }
}

/// Notes one thing that became another, came or went.
pub fn became(name: &'static str, from: impl Serialize, to: impl Serialize) {
    insert(name, json!({ "from": from, "to": to }));
}

/// Notes that something changed which the trail does not tell.
pub fn touched(name: &'static str) {
    insert(name, "changed".into());
}

/// Notes at which campus something is done: the first that is named counts. Proofs name the campus that they hold for.
pub fn at_campus(campus: Id) {
    with_watched(|changes| {
        changes.campus.get_or_insert(campus);
    });
}

/// Names the application that something is done to, the first that is named: whoever may not read it reads no entry about it.
/// Proofs name the application that they hold for.
pub fn about_application(application: Id) {
    with_watched(|changes| {
        changes.application.get_or_insert(application);
    });
}

fn insert(name: &'static str, change: Value) {
    with_watched(|changes| {
        changes.fields.insert(name, change);
    });
}

fn with_watched(note: impl FnOnce(&mut Changes)) {
    WATCHED.with_borrow_mut(|watched| {
        if let Some(changes) = watched {
            note(changes);
        }
    });
}

text_enum! {
    /// By what means somebody did something.
    pub enum Via {
        /// In a session: themself.
        Session = "session",
        /// With an API token: a program in their name.
        ApiToken = "api_token",
    }
}

/// One thing that somebody did.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuditEntry<'a> {
    /// Who did it; none if it was done at the console, or nobody was logged in.
    pub person: Option<Id>,
    /// The session in which it was done, or the API token with which.
    pub session: Option<Id>,
    /// Which of the two; a session if that is left out and one is given.
    pub via: Option<Via>,
    /// The operation, or the command.
    pub operation: &'a str,
    /// The path that it was done to.
    pub target: &'a str,
    /// The path of what was made, if something was.
    pub object: Option<&'a str>,
    /// The names of the fields that were set.
    pub fields: &'a str,
    /// What became what, and at which campus.
    pub changes: Option<&'a Changes>,
    /// The campus, where the changes do not say.
    pub campus: Option<Id>,
    /// The request's name in the log; empty at the console.
    pub request_id: &'a str,
}

impl AuditEntry<'_> {
    /// The same, done by somebody.
    #[must_use]
    pub fn by(self, actor: &Actor) -> Self {
        let identity = actor.identity();
        Self {
            person: identity.map(|identity| identity.person),
            session: identity.and_then(|identity| identity.session.or(identity.api_token.map(|token| token.id))),
            via: identity.and_then(|identity| identity.api_token).map(|_| Via::ApiToken),
            ..self
        }
    }
}

/// Notes what was done, as part of the transaction.
pub fn note(conn: &mut Conn, entry: &AuditEntry, now: Instant) -> Result<()> {
    insert_entry(conn, Id::new(), entry, now)
}

/// The same of what nobody is to know the moment of: the day alone.
pub fn note_of_day(conn: &mut Conn, entry: &AuditEntry, now: Instant) -> Result<()> {
    insert_entry(conn, Id::of_day(now), entry, now.day())
}

fn insert_entry(conn: &mut Conn, id: Id, entry: &AuditEntry, now: Instant) -> Result<()> {
    on_both!(conn, |conn| diesel::insert_into(audit::table)
        .values((
            audit::id.eq(id),
            audit::created_at.eq(now),
            audit::person_id.eq(entry.person),
            audit::session_id.eq(entry.session),
            audit::via.eq(entry.via.or(entry.session.map(|_| Via::Session))),
            audit::operation.eq(entry.operation),
            audit::target.eq(entry.target),
            audit::object.eq(entry.object),
            audit::changes.eq(entry.fields),
            audit::difference.eq(entry.changes.and_then(Changes::to_stored)),
            audit::request_id.eq(entry.request_id),
            audit::campus_id.eq(entry.campus.or_else(|| entry.changes?.campus)),
            audit::application_id.eq(entry.changes.and_then(|changes| changes.application)),
        ))
        .execute(conn))?;
    Ok(())
}

/// Whom the trail knows somebody as: their account, and those that were merged into it.
pub fn accounts_of(conn: &mut Conn, person: Id) -> Result<Vec<Id>> {
    let mut all: Vec<Id> = merged_accounts::table
        .filter(merged_accounts::person_id.eq(person))
        .select(merged_accounts::id)
        .load(conn)?;
    all.push(person);
    Ok(all)
}
