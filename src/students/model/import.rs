//! What becomes of the rows of a roster that is imported.

use schemars::JsonSchema;
use serde::Serialize;

use crate::primitives::text_enum;

text_enum! {
    /// What becomes of one row.
    pub enum RowResult {
        /// A student from now on: a member of the campus, or somebody without an account.
        Enrolled = "enrolled",
        /// A student, or somebody invited, of whom the table says something new.
        Updated = "updated",
        /// A student of whom the table says nothing new.
        AlreadyEnrolled = "already_enrolled",
        /// Somebody who has left: they stay as they are; `PATCH` their enrolment to have them back.
        Withdrawn = "withdrawn",
        /// Somebody who gets an invitation.
        Invited = "invited",
        /// Somebody whose invitation waits for them.
        AlreadyInvited = "already_invited",
        /// Something in the row is not right.
        Error = "error",
    }
}

text_enum! {
    /// In which order a table writes its dates.
    pub enum DateFormat {
        /// Day, month, year, such as `23/11/2026`.
        Dmy = "dmy",
        /// Month, day, year, such as `11/23/2026`.
        Mdy = "mdy",
        /// Year, month, day, such as `2026-11-23`.
        Ymd = "ymd",
    }
}

/// How a table is imported.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions {
    /// Whether nothing is changed, only said.
    pub dry_run: bool,
    /// In which order dates are written, where the year does not come first; what the table shows if not said.
    pub date_format: Option<DateFormat>,
    /// Whether columns that nobody knows are read over.
    pub skip_unknown: bool,
}

/// One cell that is not right.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CellError {
    /// The column's name; null if the row as a whole is invalid.
    pub column: Option<String>,
    /// A stable word: `required`, `invalid`, `not_found`, `duplicate`, `read_only` or `ragged`.
    pub code: String,
    /// What is wrong and what to do.
    pub detail: String,
}

impl CellError {
    /// An error in a column.
    pub fn at(column: &str, code: &str, detail: impl Into<String>) -> Self {
        Self {
            column: Some(column.into()),
            code: code.into(),
            detail: detail.into(),
        }
    }
}

/// What becomes of one row.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RowOutcome {
    /// The line of the file on which the row begins; the header is on line 1.
    pub line: u64,
    /// The row's address, as written if it is not valid; empty if it has none.
    pub email: String,
    /// The row's name, as written if it is not valid; empty if it has none.
    pub name: String,
    /// What became of the row.
    pub outcome: RowResult,
    /// What is invalid in it.
    pub errors: Vec<CellError>,
}

/// How many rows came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct ImportSummary {
    /// All rows.
    pub rows: usize,
    /// Rows that made a student: of a member, or of a name alone.
    pub enrolled: usize,
    /// Rows that changed what is known of somebody.
    pub updated: usize,
    /// Rows that say nothing new of a student.
    pub already_enrolled: usize,
    /// Rows of students who have withdrawn, left unchanged.
    pub withdrawn: usize,
    /// Rows that sent an invitation.
    pub invited: usize,
    /// Rows that say nothing new of somebody invited.
    pub already_invited: usize,
    /// Rows that are invalid.
    pub errors: usize,
}

/// What became, or would become, of a roster.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ImportOutcome {
    /// Whether nothing was changed because `dry_run` was set.
    pub dry_run: bool,
    /// The columns that were skipped because `skip_unknown` was set, by their headings in lower case.
    pub skipped_columns: Vec<String>,
    /// Each row, in the order of the file.
    pub rows: Vec<RowOutcome>,
    /// How many rows had which outcome.
    pub summary: ImportSummary,
}

impl ImportOutcome {
    /// With its summary.
    pub fn new(dry_run: bool, skipped_columns: Vec<String>, rows: Vec<RowOutcome>) -> Self {
        let count = |result: RowResult| rows.iter().filter(|row| row.outcome == result).count();
        let summary = ImportSummary {
            rows: rows.len(),
            enrolled: count(RowResult::Enrolled),
            updated: count(RowResult::Updated),
            already_enrolled: count(RowResult::AlreadyEnrolled),
            withdrawn: count(RowResult::Withdrawn),
            invited: count(RowResult::Invited),
            already_invited: count(RowResult::AlreadyInvited),
            errors: count(RowResult::Error),
        };
        Self {
            dry_run,
            skipped_columns,
            rows,
            summary,
        }
    }

    /// Whether a row is not right: then nothing is changed, for any row.
    pub fn is_refused(&self) -> bool {
        self.summary.errors > 0
    }
}
