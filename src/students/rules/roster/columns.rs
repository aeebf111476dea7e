//! What the columns of a table hold, by their headings.

use crate::{
    error::{Error, FieldError, Result},
    primitives::{Word, pointer::escaped},
};

/// Columns of a table.
const MOST_COLUMNS: usize = 64;

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Column {
    Email,
    Name,
    Person,
    /// Belongs to a person's account: read over.
    Github,
    Status,
    JoinedOn,
    LeftOn,
    Experience,
    Attribute(Word),
    /// Without a name, as spreadsheets leave them behind: its cells must be empty.
    Nameless,
    /// With a name that means nothing here: read over.
    Unknown,
}

impl Column {
    /// By its heading in lower case, ours or another that spreadsheets use for the same.
    fn parse(name: &str) -> Self {
        let name = &name.replace([' ', '-'], "_");
        let attribute = |word: &str| Word::parse(word).map_or(Self::Unknown, Self::Attribute);
        match name.as_str() {
            "email" | "e_mail" | "mail" | "email_address" | "e_mail_address" => Self::Email,
            "name" | "full_name" | "student" | "student_name" => Self::Name,
            "person_id" => Self::Person,
            "github" | "github_user" | "github_username" | "github_handle" => Self::Github,
            "status" => Self::Status,
            "joined_on" | "joined" | "start_date" => Self::JoinedOn,
            "left_on" | "left" | "end_date" => Self::LeftOn,
            "experience" => Self::Experience,
            "gender" => attribute(name),
            "" => Self::Nameless,
            _ => name.strip_prefix("attr_").map_or(Self::Unknown, attribute),
        }
    }

    /// Whether no other column may hold the same.
    fn is_only_once(&self) -> bool {
        !matches!(self, Self::Nameless | Self::Unknown)
    }

    /// Whether its cells are dates.
    pub fn is_of_dates(&self) -> bool {
        matches!(self, Self::JoinedOn | Self::LeftOn)
    }
}

/// What each column holds.
///
/// # Errors
/// `422` for too many columns, for one that is missing or there twice, and for unknown ones unless they are skipped.
pub(super) fn columns(names: &[String], skip_unknown: bool) -> Result<Vec<Column>> {
    if names.len() > MOST_COLUMNS {
        let detail = format!("must have at most {MOST_COLUMNS} columns; remove those that an import does not use");
        return Err(Error::field("", "invalid", detail));
    }
    let columns: Vec<Column> = names.iter().map(|name| Column::parse(name)).collect();
    let mut errors = Vec::new();
    let mut wrong = |name: &str, code: &str, detail: String| {
        errors.push(FieldError::at(format!("/{}", escaped(name)), code, detail));
    };
    for (index, (name, column)) in names.iter().zip(&columns).enumerate() {
        if *column == Column::Unknown && !skip_unknown {
            let detail = format!(
                "there is no column `{name}`: email, name, experience, joined_on, gender, and attr_… for other \
                 attributes; of an export also person_id, github, status and left_on. To import without it, set \
                 `skip_unknown`"
            );
            wrong(name, "unknown", detail);
        }
        if column.is_only_once() && columns.iter().take(index).any(|other| other == column) {
            wrong(
                name,
                "duplicate",
                "is there twice; remove one of the two columns".into(),
            );
        }
    }
    if !columns
        .iter()
        .any(|column| matches!(column, Column::Name | Column::Person))
    {
        let detail = "the column `name` is missing: the first row must name the columns, with commas, semicolons or \
                      tabs as separators";
        wrong("name", "required", detail.into());
    }
    Error::check_fields(errors)?;
    Ok(columns)
}
