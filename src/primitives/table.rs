//! Tables of comma-separated values (RFC 4180), as spreadsheets take them.

use std::io::Write;

use crate::error::{Error, Result};

/// The media type of the tables that are written here.
pub const CSV: &str = "text/csv; charset=utf-8; header=present";

/// A table that is written a row at a time. It begins with a byte order mark: without one Excel takes UTF-8 for something
/// else.
pub struct TableWriter<W: Write>(csv::Writer<W>);

impl<W: Write> TableWriter<W> {
    /// An empty table.
    ///
    /// # Errors
    /// `500` if `out` takes nothing.
    pub fn new(mut out: W) -> Result<Self> {
        out.write_all("\u{feff}".as_bytes()).map_err(Error::internal)?;
        let mut writer = csv::WriterBuilder::new();
        Ok(Self(writer.terminator(csv::Terminator::CRLF).from_writer(out)))
    }

    /// Adds a row. No spreadsheet runs its cells.
    ///
    /// # Errors
    /// `500` if `out` takes nothing.
    pub fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) -> Result<()> {
        let cells = cells.into_iter().map(|cell| neutral(cell.as_ref()));
        self.0.write_record(cells).map_err(Error::internal)
    }

    /// What was written to, once all is there.
    ///
    /// # Errors
    /// `500` if `out` takes nothing.
    pub fn finish(self) -> Result<W> {
        self.0.into_inner().map_err(|error| Error::internal(error.error()))
    }
}

/// Spreadsheets run what stands in such a cell as a formula.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell that no spreadsheet runs: with a leading apostrophe, which [`original`] takes off again.
fn neutral(cell: &str) -> String {
    if is_formula(cell) {
        format!("'{cell}")
    } else {
        cell.into()
    }
}

/// What a cell was before [`neutral`].
pub fn original(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_all_come_back() {
        for cell in ["=1+1", "+44", "-x", "@x", "'=x", "''=x", "\tx", "\rx"] {
            assert!(neutral(cell).starts_with('\''), "{cell}");
            assert_eq!(original(&neutral(cell)), cell);
        }
        for plain in ["Amal", "'Ali", "a=b", "", "'"] {
            assert_eq!((neutral(plain).as_str(), original(plain)), (plain, plain));
        }
    }
}
