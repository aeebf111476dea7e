//! From the text of a table to rows, with all that is wrong in them.

use chrono::NaiveDate;

use super::{layout::Layout, original};
use crate::{
    error::{Error, FieldError, Result},
    primitives::{Date, Email, Line, Word},
    students::model::{Attributes, CellError, EnrolmentStatus, Experience},
};

/// Rows of one table at the most.
const MOST_ROWS: usize = 1000;
/// Columns of a table.
const MOST_COLUMNS: usize = 64;

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
enum Column {
    Email,
    Name,
    /// Belongs to a person's account: read over.
    Github,
    Status,
    JoinedOn,
    LeftOn,
    Experience,
    Attribute(Word),
    /// Without a name, as spreadsheets leave them behind: its cells must be empty.
    Nameless,
}

impl Column {
    /// By its heading in lower case, ours or another that spreadsheets use for the same.
    fn parse(name: &str) -> Option<Self> {
        let name = &name.replace([' ', '-'], "_");
        Some(match name.as_str() {
            "email" | "e_mail" | "mail" | "email_address" | "e_mail_address" => Self::Email,
            "name" | "full_name" | "student" | "student_name" => Self::Name,
            "github" | "github_user" | "github_username" | "github_handle" => Self::Github,
            "status" => Self::Status,
            "joined_on" | "joined" | "start_date" => Self::JoinedOn,
            "left_on" | "left" | "end_date" => Self::LeftOn,
            "experience" => Self::Experience,
            "gender" => Self::Attribute(Word::parse(name).ok()?),
            "" => Self::Nameless,
            _ => Self::Attribute(Word::parse(name.strip_prefix("attr_")?).ok()?),
        })
    }
}

/// A row in which every cell is right.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub email: Email,
    pub name: Line,
    pub status: Option<EnrolmentStatus>,
    pub experience: Option<Experience>,
    pub joined_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
    pub attributes: Attributes,
}

/// A row as it was read: right, or with all that is wrong in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    pub line: u64,
    /// As written, where it is no address.
    pub email: String,
    pub row: std::result::Result<Row, Vec<CellError>>,
}

/// Reads a table as spreadsheets save it; see [`Layout`]. Empty rows are read over.
///
/// # Errors
/// `422` for a misplaced quote, for columns that are unknown, missing or there twice, and for too many rows.
pub fn read(text: &str) -> Result<Vec<Read>> {
    let Layout { text, separator } = Layout::of(text)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let names: Vec<String> = reader
        .headers()
        .map_err(unreadable)?
        .iter()
        .map(str::to_lowercase)
        .collect();
    let columns = columns(&names)?;
    let mut rows = Vec::new();
    let mut lines = Lines::of(&text);
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = lines.number_at(record.position().map_or(0, csv::Position::byte));
        if record.iter().all(str::is_empty) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            let detail = format!("must have at most {MOST_ROWS} rows; import the table in parts");
            return Err(Error::field("", "invalid", detail));
        }
        rows.push(read_row(line, &names, &columns, &record));
    }
    Ok(rows)
}

fn unreadable(error: csv::Error) -> Error {
    Error::field(
        "",
        "invalid",
        format!("must be a table of comma-separated values; it cannot be read: {error}"),
    )
}

fn columns(names: &[String]) -> Result<Vec<Column>> {
    if names.len() > MOST_COLUMNS {
        let detail = format!("must have at most {MOST_COLUMNS} columns; remove those that an import does not use");
        return Err(Error::field("", "invalid", detail));
    }
    let columns: Vec<Option<Column>> = names.iter().map(|name| Column::parse(name)).collect();
    let pointer = |name: &str| format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    let mut errors = Vec::new();
    for (index, (name, column)) in names.iter().zip(&columns).enumerate() {
        let earlier = columns.iter().take(index);
        match column {
            None => errors.push(FieldError::at(
                pointer(name),
                "unknown",
                format!(
                    "there is no column `{name}`: email, name, experience, joined_on, gender, and attr_… for other \
                     attributes; of an export also github, status and left_on"
                ),
            )),
            Some(Column::Nameless) => {}
            Some(_) if earlier.into_iter().any(|other| other == column) => {
                errors.push(FieldError::at(
                    pointer(name),
                    "duplicate",
                    "is there twice; remove one of the two columns",
                ));
            }
            Some(_) => {}
        }
    }
    for (name, column) in [("email", Column::Email), ("name", Column::Name)] {
        if !columns.contains(&Some(column)) {
            let detail = format!(
                "the column `{name}` is missing: the first row must name the columns, with commas, semicolons or tabs \
                 as separators"
            );
            errors.push(FieldError::at(pointer(name), "required", detail));
        }
    }
    if errors.is_empty() {
        Ok(columns.into_iter().flatten().collect())
    } else {
        Err(Error::fields(errors))
    }
}

/// Counts lines along a text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line of the row that the reader found at a byte: it counts the empty lines before a row
    /// as part of it, we do not.
    fn number_at(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        let rest = self.text.get(byte..).unwrap_or_default();
        let start = byte + (rest.len() - rest.trim_start_matches('\n').len());
        let between = self.text.get(self.at..start).unwrap_or_default();
        self.line += between.bytes().filter(|byte| *byte == b'\n').map(|_| 1).sum::<u64>();
        self.at = start;
        self.line
    }
}

/// What was read of a row so far.
#[derive(Default)]
struct Draft {
    email: Option<Email>,
    name: Option<Line>,
    status: Option<EnrolmentStatus>,
    experience: Option<Experience>,
    joined_on: Option<NaiveDate>,
    left_on: Option<NaiveDate>,
    attributes: Attributes,
}

fn read_row(line: u64, names: &[String], columns: &[Column], record: &csv::StringRecord) -> Read {
    let (mut draft, mut errors) = (Draft::default(), Vec::new());
    let mut email = String::new();
    if record.len() != columns.len() {
        let (cells, wanted) = (record.len(), columns.len());
        errors.push(CellError {
            column: None,
            code: "ragged".into(),
            detail: format!(
                "has {cells} cells, but the first row has {wanted}; put cells that contain the separator in quotes"
            ),
        });
    }
    for ((name, column), cell) in names.iter().zip(columns).zip(record) {
        let cell = original(cell);
        if *column == Column::Email {
            email = cell.into();
        }
        if let Err((code, detail)) = read_cell(&mut draft, column, cell) {
            errors.push(CellError::at(name, code, detail));
        }
    }
    let row = match draft {
        Draft {
            email: Some(email),
            name: Some(name),
            ..
        } if errors.is_empty() => Ok(Row {
            email,
            name,
            status: draft.status,
            experience: draft.experience,
            joined_on: draft.joined_on,
            left_on: draft.left_on,
            attributes: draft.attributes,
        }),
        _ => Err(errors),
    };
    Read {
        line,
        email: row.as_ref().map_or(email, |row| row.email.to_string()),
        row,
    }
}

/// An empty cell says nothing, but for the two that must be there.
fn read_cell(draft: &mut Draft, column: &Column, cell: &str) -> std::result::Result<(), (&'static str, String)> {
    let invalid = |why: String| ("invalid", why);
    if cell.is_empty() {
        return match column {
            Column::Email | Column::Name => Err(("required", "must not be empty".into())),
            _ => Ok(()),
        };
    }
    match column {
        Column::Email => draft.email = Some(Email::parse(cell).map_err(invalid)?),
        Column::Name => draft.name = Some(Line::parse(cell).map_err(invalid)?),
        Column::Github => {}
        Column::Status => draft.status = Some(EnrolmentStatus::parse(cell).map_err(invalid)?),
        Column::Experience => draft.experience = Some(read_experience(cell).map_err(invalid)?),
        Column::JoinedOn => draft.joined_on = Some(read_date(cell).map_err(invalid)?),
        Column::LeftOn => draft.left_on = Some(read_date(cell).map_err(invalid)?),
        Column::Attribute(name) => draft.attributes.set(name.clone(), Line::parse(cell).map_err(invalid)?),
        Column::Nameless => {
            return Err(invalid(
                "must be empty, because its column has no name in the first row".into(),
            ));
        }
    }
    Ok(())
}

fn read_experience(cell: &str) -> std::result::Result<Experience, String> {
    Experience::parse(cell.parse().unwrap_or(-1))
}

fn read_date(cell: &str) -> std::result::Result<NaiveDate, String> {
    Date::parse(cell).map(Date::get)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, String, bool)> {
        let rows = read(text).unwrap();
        rows.into_iter()
            .map(|read| (read.line, read.email, read.row.is_ok()))
            .collect()
    }

    #[test]
    fn quotes_line_ends_and_marks_are_read_as_they_come() {
        let row = |line, email: &str| (line, email.to_owned(), true);
        for end in ["\n", "\r\n", "\r"] {
            let text = [
                "\u{feff} Email ,NAME,",
                "A@example.org,\"Amal, \"\"A\"\"\",",
                "",
                ",,",
                "b@example.org,B,",
            ]
            .join(end);
            assert_eq!(
                lines(&text),
                [row(2, "a@example.org"), row(5, "b@example.org")],
                "{end:?}"
            );
        }
        assert_eq!(lines("email;name\na@example.org;Amal\n"), [row(2, "a@example.org")]);
        let two_lines = "email,name\na@example.org,\"A\nB\"\nb@example.org,B";
        assert_eq!(
            lines(two_lines),
            [(2, "a@example.org".into(), false), row(4, "b@example.org")]
        );
        let name = read("email,name\na@example.org,\"Amal, \"\"A\"\"\"")
            .unwrap()
            .remove(0)
            .row
            .unwrap()
            .name;
        assert_eq!(name.as_str(), "Amal, \"A\"");
    }

    #[test]
    fn every_column_that_is_not_right_is_named() {
        let of = |header: &str| {
            let problem = read(header).unwrap_err().problem("", "", "");
            let one = |error: &serde_json::Value| format!("{} {}", error["pointer"], error["code"]).replace('"', "");
            problem["errors"]
                .as_array()
                .unwrap()
                .iter()
                .map(one)
                .collect::<Vec<_>>()
                .join(", ")
        };
        assert_eq!(
            of("email,name,shoe/size,attr_A!b"),
            "/shoe~1size unknown, /attr_a!b unknown"
        );
        assert_eq!(of("name"), "/email required");
        assert_eq!(of(""), "/email required, /name required");
        assert_eq!(
            of("email,name,gender,attr_gender,email"),
            "/attr_gender duplicate, /email duplicate"
        );
    }

    #[test]
    fn every_cell_that_is_not_right_is_named() {
        let of = |row: &str| {
            let text = format!("email,name,experience,joined_on,status,gender,\n{row}");
            let errors = read(&text).unwrap().remove(0).row.unwrap_err();
            let one = |error: &CellError| format!("{} {}", error.column.as_deref().unwrap_or("-"), error.code);
            errors.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(
            of("x,,6,soon,gone,w,"),
            "email invalid, name required, experience invalid, joined_on invalid, status invalid"
        );
        assert_eq!(of("a@example.org,A,1.5,,,,x"), "experience invalid,  invalid");
        assert_eq!(of("a@example.org,A"), "- ragged");
        assert_eq!(of("a@example.org,A,,,,,,x"), "- ragged");
    }

    #[test]
    fn a_table_has_its_bounds() {
        let text = |rows: usize| {
            (0..rows).fold("email,name\n".to_owned(), |text, n| {
                text + &format!("a{n}@example.org,A\n")
            })
        };
        assert_eq!(read(&text(1000)).unwrap().len(), 1000);
        assert!(read(&text(1001)).is_err());
    }
}
