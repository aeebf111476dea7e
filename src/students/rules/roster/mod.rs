//! A roster as a table of comma-separated values (RFC 4180): read, compared with what is known, and
//! written.

mod columns;
mod dates;
mod decide;
mod layout;
mod people;
mod read;
mod write;

pub use decide::Step;
pub use people::People;
pub use read::{Read, Row, Table, read, status};
pub use write::write;

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
fn original(cell: &str) -> &str {
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
