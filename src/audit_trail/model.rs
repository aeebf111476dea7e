//! Entries of the audit trail as they are stored.

use diesel::{dsl::exists, prelude::*};

use crate::{
    admissions::model::ApplicationStatus,
    audit::Via,
    db::schema::{applications, audit_entries},
    primitives::{Id, Instant, Period},
};

/// One thing that was done.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = audit_entries)]
pub struct Entry {
    /// Its id.
    pub id: Id,
    /// When it was done.
    pub created_at: Instant,
    /// Who did it; none at the console.
    pub person_id: Option<Id>,
    /// The session in which it was done, or the API token with which.
    pub session_id: Option<Id>,
    /// Which of the two.
    pub via: Option<Via>,
    /// The operation or the command.
    pub operation: String,
    /// The path that it was done to.
    pub target: String,
    /// The path of what was made, if something was.
    pub object: Option<String>,
    /// The names of the fields that were set, by commas.
    pub changes: String,
    /// What became what, as JSON.
    pub difference: Option<String>,
    /// The request's name in the log; empty at the console.
    pub request_id: String,
}

/// Which entries of a campus its staff read: all but those about drafts of applications, and about the `hidden` applications, which the
/// reader has nothing to do with.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn is_read_by_staff<'a>(hidden: &'a [Id]) -> _ {
    let draft: ApplicationStatus = ApplicationStatus::Draft;
    audit_entries::application_id.is_null().or(exists(
        applications::table
            .filter(applications::id.nullable().eq(audit_entries::application_id))
            .filter(applications::status.ne(draft)),
    )
    .and(audit_entries::application_id.ne_all(hidden)))
}

/// Which entries a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct EntrySelection {
    /// Done by this person.
    pub actor: Option<Id>,
    /// About this object: it is named in the path, or was made.
    pub object: Option<Id>,
    /// Done on these days.
    pub period: Period,
    /// Older than this one.
    pub before: Option<Id>,
}
