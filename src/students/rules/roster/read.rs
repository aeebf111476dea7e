//! From the text of a table to rows, with all that is wrong in them.

use chrono::NaiveDate;

use super::{
    columns::{Column, columns},
    dates::{self, Order},
    layout::Layout,
};
use crate::{
    error::{Error, Result},
    primitives::{Email, Id, Line, table::original},
    students::model::{Attributes, CellError, EnrolmentStatus, Experience, ImportOptions},
};

/// Rows of one table at the most.
const MOST_ROWS: usize = 1000;

/// A row in which every cell is right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    pub person: Option<Id>,
    pub email: Option<Email>,
    pub name: Option<Line>,
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
    pub name: String,
    pub row: std::result::Result<Row, Vec<CellError>>,
}

/// A table as it was read.
#[derive(Debug)]
pub struct Table {
    pub rows: Vec<Read>,
    /// The headings of the columns that were read over because nobody knows them.
    pub skipped: Vec<String>,
}

/// What a table is for: alumni, if any row is of one.
pub fn status(rows: &[Read]) -> EnrolmentStatus {
    let mut statuses = rows.iter().filter_map(|read| read.row.as_ref().ok()?.status);
    statuses
        .find(|status| *status == EnrolmentStatus::Graduated)
        .unwrap_or_default()
}

/// Reads a table as spreadsheets save it; see [`Layout`]. Empty rows are read over.
///
/// # Errors
/// `422` for a misplaced quote, for columns that are unknown, missing or there twice, and for too many rows.
pub fn read(text: &str, options: ImportOptions) -> Result<Table> {
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
    let columns = columns(&names, options.skip_unknown)?;
    let mut records = Vec::new();
    let mut lines = Lines::of(&text);
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = lines.number_at(record.position().map_or(0, csv::Position::byte));
        if record.iter().all(str::is_empty) {
            continue;
        }
        if records.len() == MOST_ROWS {
            let detail = format!("must have at most {MOST_ROWS} rows; import the table in parts");
            return Err(Error::field("", "invalid", detail));
        }
        records.push((line, record));
    }
    let order = |(index, column): (usize, &Column)| match options.date_format {
        _ if !column.is_of_dates() => Order::Open,
        Some(told) => Order::Known(told),
        None => dates::order(records.iter().filter_map(|(_, record)| record.get(index))),
    };
    let header = Header {
        orders: columns.iter().enumerate().map(order).collect(),
        columns,
        names,
    };
    Ok(Table {
        rows: records
            .iter()
            .map(|(line, record)| header.read(*line, record))
            .collect(),
        skipped: header.unknown(),
    })
}

fn unreadable(error: csv::Error) -> Error {
    Error::field(
        "",
        "invalid",
        format!("must be a table of comma-separated values; it cannot be read: {error}"),
    )
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

/// The first row: how to read the others.
struct Header {
    names: Vec<String>,
    columns: Vec<Column>,
    /// In which order each column writes its dates.
    orders: Vec<Order>,
}

impl Header {
    fn unknown(&self) -> Vec<String> {
        let all = self.names.iter().zip(&self.columns);
        let unknown = all.filter(|(_, column)| **column == Column::Unknown);
        unknown.map(|(name, _)| name.clone()).collect()
    }

    fn read(&self, line: u64, record: &csv::StringRecord) -> Read {
        let (mut draft, mut errors) = (Draft::default(), Vec::new());
        if record.len() != self.columns.len() {
            let (cells, wanted) = (record.len(), self.columns.len());
            errors.push(CellError {
                column: None,
                code: "ragged".into(),
                detail: format!(
                    "has {cells} cells, but the first row has {wanted}; put cells that contain the separator in quotes"
                ),
            });
        }
        let headings = self.names.iter().zip(&self.columns).zip(&self.orders);
        for (((name, column), order), cell) in headings.zip(record) {
            if let Err(why) = draft.read(column, *order, original(cell)) {
                errors.push(CellError::at(name, "invalid", why));
            }
        }
        if draft.name.is_empty() && draft.row.person.is_none() {
            errors.push(CellError::at("name", "required", "must not be empty"));
        }
        let Draft { email, name, row } = draft;
        Read {
            line,
            email: row.email.as_ref().map_or(email, ToString::to_string),
            name: row.name.as_ref().map_or(name, ToString::to_string),
            row: if errors.is_empty() { Ok(row) } else { Err(errors) },
        }
    }
}

/// What was read of a row so far.
#[derive(Default)]
struct Draft {
    /// As written.
    email: String,
    name: String,
    row: Row,
}

impl Draft {
    /// An empty cell says nothing.
    fn read(&mut self, column: &Column, order: Order, cell: &str) -> std::result::Result<(), String> {
        let row = &mut self.row;
        match column {
            _ if cell.is_empty() => {}
            Column::Github | Column::Unknown => {}
            Column::Email => {
                self.email = cell.into();
                row.email = Some(Email::parse(cell)?);
            }
            Column::Name => {
                self.name = cell.into();
                row.name = Some(Line::parse(cell)?);
            }
            Column::Person => row.person = Some(Id::parse(cell)?),
            Column::Status => row.status = Some(EnrolmentStatus::parse(cell)?),
            Column::Experience => row.experience = Some(read_experience(cell)?),
            Column::JoinedOn => row.joined_on = Some(dates::read(cell, order)?),
            Column::LeftOn => row.left_on = Some(dates::read(cell, order)?),
            Column::Attribute(name) => row.attributes.set(name.clone(), Line::parse(cell)?),
            Column::Nameless => return Err("must be empty, because its column has no name in the first row".into()),
        }
        Ok(())
    }
}

fn read_experience(cell: &str) -> std::result::Result<Experience, String> {
    Experience::parse(cell.parse().unwrap_or(-1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Read> {
        read(text, ImportOptions::default()).unwrap().rows
    }

    fn lines(text: &str) -> Vec<(u64, String, bool)> {
        rows(text)
            .into_iter()
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
        let row = rows("email,name\na@example.org,\"Amal, \"\"A\"\"\"").remove(0);
        assert_eq!(row.name, "Amal, \"A\"");
    }

    #[test]
    fn every_column_that_is_not_right_is_named() {
        let of = |header: &str| {
            let error = read(header, ImportOptions::default()).unwrap_err();
            let problem = error.problem("", "", "");
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
        assert_eq!(of("email"), "/name required");
        assert_eq!(of(""), "/name required");
        assert_eq!(
            of("email,name,gender,attr_gender,email"),
            "/attr_gender duplicate, /email duplicate"
        );
    }

    #[test]
    fn every_cell_that_is_not_right_is_named() {
        let of = |row: &str| {
            let text = format!("email,name,experience,joined_on,status,gender,\n{row}");
            let errors = rows(&text).remove(0).row.unwrap_err();
            let one = |error: &CellError| format!("{} {}", error.column.as_deref().unwrap_or("-"), error.code);
            errors.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(
            of("x,,6,soon,gone,w,"),
            "email invalid, experience invalid, joined_on invalid, status invalid, name required"
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
        assert_eq!(rows(&text(1000)).len(), 1000);
        assert!(read(&text(1001), ImportOptions::default()).is_err());
    }

    #[test]
    fn unknown_columns_are_skipped_if_asked_and_named() {
        let skipping = ImportOptions {
            skip_unknown: true,
            ..ImportOptions::default()
        };
        let table = read("Name,Shoe size,attr_A!b\nAmal,43,x\n", skipping).unwrap();
        assert_eq!(table.skipped, ["shoe size", "attr_a!b"]);
        let row = table.rows.into_iter().next().unwrap().row.unwrap();
        assert_eq!(
            row,
            Row {
                name: Some(Line::parse("Amal").unwrap()),
                ..Row::default()
            }
        );
        assert!(read("name,shoe,name\nA,1,B", skipping).is_err());
    }
}
