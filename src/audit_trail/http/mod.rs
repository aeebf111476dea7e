//! The audit trail over HTTP.

mod operations;
mod table;
mod view;

pub use operations::operations;

use super::{
    actions::{self, Place},
    model::EntrySelection,
};
use crate::{
    error::Result,
    primitives::{Date, Id, Page, Period, list_query},
    web::{ById, Call, NoBody, NoPath, Reply},
};
use table::{ACCEPTED, Table};
use view::{AuditEntry, views};

list_query! {
    /// Which entries.
    pub struct AuditQuery {
        /// Only what this person did.
        actor: Option<Id>,
        /// Only what was done to or in the object with this id, such as a cohort, a team plan or a person, or what made it.
        object: Option<Id>,
        /// Only what was done on this day or later, in UTC.
        from: Option<Date>,
        /// Only what was done on this day or earlier, in UTC.
        to: Option<Date>,
    }
}

list_query! {
    /// Which of one's own entries.
    pub struct OwnAuditQuery {
        /// Only what was done on this day or later, in UTC.
        from: Option<Date>,
        /// Only what was done on this day or earlier, in UTC.
        to: Option<Date>,
    }
}

/// `GET /v1/campuses/{id}/audit-entries`, newest first
pub async fn list_campus_audit_entries(call: Call<ById, AuditQuery, NoBody>) -> Result<Reply<Page<AuditEntry>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let selection = EntrySelection {
            actor: query.actor,
            object: query.object,
            period: Period::of(query.from, query.to)?,
            before: query.after()?,
        };
        let place = Place::Campus(call.path.id);
        if call.prefers(ACCEPTED) {
            let mut table = Table::new(&call.state.config.data_dir)?;
            actions::each(conn, &call.actor, place, selection, |entry| table.add(entry))?;
            return table.reply();
        }
        let page = actions::page(conn, &call.actor, place, &selection, query.limit)?;
        call.page(views(page)?)
    })
    .await
}

/// `GET /v1/me/audit-entries`, newest first
pub async fn list_own_audit_entries(call: Call<NoPath, OwnAuditQuery, NoBody>) -> Result<Reply<Page<AuditEntry>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let selection = EntrySelection {
            period: Period::of(query.from, query.to)?,
            before: query.after()?,
            ..EntrySelection::default()
        };
        if call.prefers(ACCEPTED) {
            let mut table = Table::new(&call.state.config.data_dir)?;
            actions::each(conn, &call.actor, Place::Own, selection, |entry| table.add(entry))?;
            return table.reply();
        }
        let page = actions::page(conn, &call.actor, Place::Own, &selection, query.limit)?;
        call.page(views(page)?)
    })
    .await
}
