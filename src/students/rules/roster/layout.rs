//! How a table is laid out: what parts its cells, and whether its quotes are where they belong.

use crate::error::{Error, Result};

/// A table with one kind of line end and no marks before its first row.
#[derive(Debug, PartialEq)]
pub(super) struct Layout {
    /// The text. A `sep=` line is an empty line here, so that lines keep their numbers.
    pub text: String,
    /// What parts the cells.
    pub separator: u8,
}

impl Layout {
    /// Looks at a table as a spreadsheet saved it: with a byte order mark, with Excel's `sep=` line, with commas,
    /// semicolons or tabs.
    ///
    /// # Errors
    /// `422` for a quote that is left open or out of place: the cells behind it would be taken for one.
    pub fn of(text: &str) -> Result<Self> {
        let text = text
            .trim_start_matches('\u{feff}')
            .replace("\r\n", "\n")
            .replace('\r', "\n");
        let (named, text) = match named_separator(&text) {
            Some((separator, rest)) => (Some(separator), rest.to_owned()),
            None => (None, text),
        };
        let separator = named.unwrap_or_else(|| separator_of(&text));
        check_quotes(&text, char::from(separator))?;
        Ok(Self { text, separator })
    }
}

/// What Excel's first line says, and the text from that line's end on.
fn named_separator(text: &str) -> Option<(u8, &str)> {
    let (first, _) = text.split_once('\n')?;
    let named = first.trim_matches('"').strip_prefix("sep=")?;
    match named.as_bytes() {
        [separator @ (b',' | b';' | b'\t' | b'|')] => Some((*separator, text.get(first.len()..)?)),
        _ => None,
    }
}

/// The separator that the first row has most of.
fn separator_of(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: &u8| header.bytes().filter(|byte| byte == separator).count();
    // Of equal numbers the last wins, so the comma stands last.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Where in a cell a character stands.
enum QuoteState {
    /// Nothing but spaces so far; whether there are any.
    Start { spaces: bool },
    /// In a cell without quotes.
    Plain,
    /// Between quotes that were opened in this line.
    Quoted { line: u64 },
    /// Behind the quote that closes a cell, unless another follows at once.
    Closed { doubled: bool },
}

fn check_quotes(text: &str, separator: char) -> Result<()> {
    let wrong = |line: u64, what: &str| {
        let detail = format!(
            "in line {line} {what}; write a cell that contains quotes or separators between quotes, with each quote \
             inside it doubled"
        );
        Err(Error::field("", "misplaced_quote", detail))
    };
    let (mut line, mut place) = (1, QuoteState::Start { spaces: false });
    for character in text.chars() {
        place = match (place, character) {
            (QuoteState::Quoted { .. }, '"') => QuoteState::Closed { doubled: true },
            (QuoteState::Quoted { line }, _) => QuoteState::Quoted { line },
            (QuoteState::Closed { doubled: true }, '"') => QuoteState::Quoted { line },
            (_, '\n') => QuoteState::Start { spaces: false },
            (_, other) if other == separator => QuoteState::Start { spaces: false },
            (QuoteState::Closed { .. }, ' ') => QuoteState::Closed { doubled: false },
            (QuoteState::Closed { .. }, _) => return wrong(line, "text follows the closing quote of a cell"),
            (QuoteState::Start { spaces: true }, '"') => {
                return wrong(line, "a space stands before the opening quote of a cell");
            }
            (QuoteState::Start { .. }, '"') => QuoteState::Quoted { line },
            (QuoteState::Start { .. }, ' ') => QuoteState::Start { spaces: true },
            (QuoteState::Start { .. } | QuoteState::Plain, _) => QuoteState::Plain,
        };
        line += u64::from(character == '\n');
    }
    match place {
        QuoteState::Quoted { line } => wrong(line, "a quote is opened and never closed"),
        QuoteState::Start { .. } | QuoteState::Plain | QuoteState::Closed { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_found_or_named() {
        for (text, separator) in [
            ("email,name\n", b','),
            ("email;name\n", b';'),
            ("email\tname\n", b'\t'),
            ("\u{feff}email\tname, first\tage\n", b'\t'),
            ("sep=;\nemail;name\n", b';'),
            ("\"sep=|\"\nemail|name\n", b'|'),
            ("email\n", b','),
            ("", b','),
        ] {
            assert_eq!(Layout::of(text).unwrap().separator, separator, "{text:?}");
        }
        assert_eq!(Layout::of("sep=;\r\na;b\r\n").unwrap().text, "\na;b\n");
    }

    #[test]
    fn quotes_are_closed_and_in_their_place() {
        for text in [
            "a,b\n\"x\",\"y\"\n",
            "\"a\"\"b\",c",
            "\"a\nb\",c\n",
            "a \"b\" c,d\n",
            "\"\",\"\"\"\"\n",
            "\"a\" ,b\n",
        ] {
            assert!(Layout::of(text).is_ok(), "{text:?}");
        }
        for (text, line) in [
            ("a,b\nx,\"y\nz,w\n", "line 2 a quote is opened"),
            ("a,b\n\"x\"y,z\n", "line 2 text follows"),
            ("a,b\nc,d\nx, \"y\"\n", "line 3 a space stands"),
            ("a,b\n\"x\ny\"z,w\n", "line 3 text follows"),
        ] {
            let problem = Layout::of(text).unwrap_err().problem("", "", "");
            assert!(problem.to_string().contains(line), "{problem}");
        }
    }
}
