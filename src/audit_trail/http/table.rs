//! The audit trail as a table for spreadsheets.

use std::path::Path;

use super::view::{AuditEntry, view};
use crate::{
    audit_trail::actions::EntryWithPerson,
    error::{Error, Result},
    primitives::table::{CSV, TableWriter},
    web::{Reply, Spool},
};

/// What whoever wants the table accepts.
pub const ACCEPTED: &str = "text/csv";

const COLUMNS: [&str; 13] = [
    "id",
    "at",
    "person_id",
    "person",
    "via",
    "token_name",
    "operation",
    "title",
    "target",
    "object",
    "fields",
    "changes",
    "request_id",
];

/// All entries that are asked for, in one table without pages.
pub struct Table(TableWriter<Spool>);

impl Table {
    /// Begins one, in a file of this folder.
    pub fn new(folder: &Path) -> Result<Self> {
        let mut table = TableWriter::new(Spool::new(folder)?)?;
        table.row(COLUMNS)?;
        Ok(Self(table))
    }

    /// Adds an entry.
    pub fn add(&mut self, entry: EntryWithPerson) -> Result<()> {
        self.0.row(cells(view(entry)?)?)
    }

    /// The answer.
    pub fn reply<T>(self) -> Result<Reply<T>> {
        Ok(Reply::spooled(CSV, self.0.finish()?)?.file_name("audit-entries.csv".into()))
    }
}

fn cells(entry: AuditEntry) -> Result<[String; COLUMNS.len()]> {
    let (person_id, person) = entry.person.map_or_else(Default::default, |person| {
        (person.id.to_string(), person.name.to_string())
    });
    let (via, token_name) = entry.via.map_or_else(Default::default, |via| {
        (
            via.kind.as_str().to_owned(),
            via.token_name.map(|name| name.to_string()).unwrap_or_default(),
        )
    });
    Ok([
        entry.id.to_string(),
        entry.at.to_string(),
        person_id,
        person,
        via,
        token_name,
        entry.operation.id,
        entry.operation.title,
        entry.target,
        entry.object.unwrap_or_default(),
        entry.fields.join(","),
        match entry.changes.is_empty() {
            true => String::new(),
            false => serde_json::to_string(&entry.changes).map_err(Error::internal)?,
        },
        entry.request_id.unwrap_or_default(),
    ])
}
