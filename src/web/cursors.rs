//! A cursor belongs to the list that made it, and to its filters: elsewhere it would skip rows without a word.

use sha2::{Digest, Sha256};

use crate::primitives::Cursor;

/// The list that one request asks for.
#[derive(Clone, Debug)]
pub struct List(String);

impl List {
    /// By its path and its parameters, whatever their order; where a page begins and how long it is are no part of it.
    pub(super) fn of(path: &str, query: &str) -> Self {
        let mut filters: Vec<_> = form_urlencoded::parse(query.as_bytes())
            .filter(|(name, _)| name != "cursor" && name != "limit")
            .collect();
        filters.sort();
        let mut digest = Sha256::new_with_prefix(path);
        for (name, value) in &filters {
            digest.update(format!("\n{name}={value}"));
        }
        let mark = digest
            .finalize()
            .iter()
            .take(4)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self(mark)
    }

    /// The cursor as the caller gets it.
    pub fn seal(&self, cursor: &str) -> String {
        format!("{cursor}{}", self.0)
    }

    /// The cursor of a caller as the list made it, if this list did.
    pub fn open<'a>(&self, cursor: &'a str) -> Option<&'a str> {
        cursor.strip_suffix(&self.0)
    }

    /// The same as a cursor.
    pub fn cursor(&self, sent: &str) -> Option<Cursor> {
        self.open(sent).map(Cursor::sent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_opened_by_its_own_list_only() {
        let list = List::of;
        let made_by = list("/v1/cohorts", "status=running&campus_id=a&limit=1");
        let cursor = made_by.seal("7b");
        for same in [
            "campus_id=a&status=running",
            "limit=50&status=running&campus_id=a&cursor=x",
        ] {
            assert_eq!(list("/v1/cohorts", same).open(&cursor), Some("7b"));
        }
        for other in [
            "status=running",
            "status=planned&campus_id=a",
            "campus_id=a&status=running&sort=starts_on",
        ] {
            assert_eq!(list("/v1/cohorts", other).open(&cursor), None);
        }
        assert_eq!(list("/v1/campuses", "status=running&campus_id=a").open(&cursor), None);
        assert_eq!(made_by.open("7b"), None);
    }
}
