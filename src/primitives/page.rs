//! Lists, a page at a time, by key and not by offset: stable while others insert.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned, de::Error as _};

use crate::error::{Code, Error, Result};

/// How many items a page has: 1 to 100, 20 unless said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit(u8);

impl Limit {
    /// As many as a page can have.
    pub const MOST: Self = Self(100);

    /// One more than the page takes: the extra row tells whether there is a next page.
    pub fn plus_one(self) -> i64 {
        i64::from(self.0) + 1
    }

    /// Whether so many rows are more than the page takes.
    pub fn is_exceeded_by(self, rows: usize) -> bool {
        rows > usize::from(self.0)
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(20)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.parse() {
            Ok(limit @ 1..=100) => Ok(Self(limit)),
            _ => Err(D::Error::custom("must be a number from 1 to 100")),
        }
    }
}

impl JsonSchema for Limit {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Limit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "description": "How many items a page has.", "minimum": 1, "maximum": 100, "default": 20 })
    }
}

/// Where the next page begins. Opaque to clients: hexadecimal of the last row's sort key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl Cursor {
    /// The cursor behind a row with this sort key.
    pub fn after(key: &impl Serialize) -> Self {
        let json = serde_json::to_vec(key).unwrap_or_default();
        Self(json.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// As somebody sent it.
    pub fn sent(text: &str) -> Self {
        Self(text.into())
    }

    /// What a cursor that the list did not make is answered with.
    pub fn foreign() -> Error {
        Error::new(
            Code::InvalidCursor,
            "Use next_cursor as a page of the same list, with the same filters, gave it; or leave it out to begin again.",
        )
    }

    /// The sort key again.
    ///
    /// # Errors
    /// `400 invalid_cursor` if this list did not make it.
    pub fn key<K: DeserializeOwned>(&self) -> Result<K> {
        let wrong = Self::foreign;
        let bytes: Option<Vec<u8>> = (0..self.0.len())
            .step_by(2)
            .map(|at| self.0.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .collect();
        serde_json::from_slice(&bytes.ok_or_else(wrong)?).map_err(|_| wrong())
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl JsonSchema for Cursor {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cursor".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "Opaque; `page.next_cursor` of the page before." })
    }
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub struct Page<T> {
    /// The items.
    pub data: Vec<T>,
    /// Where the next page begins.
    pub page: PageInfo,
}

/// Where a list goes on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PageInfo {
    /// Send it as `cursor` to get the next page; null on the last page.
    pub next_cursor: Option<Cursor>,
    /// Whether there are more items.
    pub has_more: bool,
}

impl<T> Page<T> {
    /// A page from up to `limit + 1` rows; `key` gives a row's sort key.
    pub fn of<K: Serialize>(mut rows: Vec<T>, limit: Limit, key: impl Fn(&T) -> K) -> Self {
        let has_more = limit.is_exceeded_by(rows.len());
        rows.truncate(limit.0.into());
        let next_cursor = rows.last().filter(|_| has_more).map(|row| Cursor::after(&key(row)));
        Self {
            data: rows,
            page: PageInfo { next_cursor, has_more },
        }
    }

    /// A list that is never paged, such as a cohort's weeks.
    pub fn whole(data: Vec<T>) -> Self {
        Self {
            data,
            page: PageInfo {
                next_cursor: None,
                has_more: false,
            },
        }
    }

    /// With its cursor as the caller gets it.
    pub fn map_cursor(mut self, map: impl FnOnce(&str) -> String) -> Self {
        self.page.next_cursor = self.page.next_cursor.map(|cursor| Cursor(map(&cursor.0)));
        self
    }

    /// The same page of something else.
    pub fn map<U>(self, each: impl FnMut(T) -> U) -> Page<U> {
        Page {
            data: self.data.into_iter().map(each).collect(),
            page: self.page,
        }
    }
}

/// The query of a list: its filters, and which page of it.
macro_rules! list_query {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_meta])* $field: $type,)*
            /// How many items a page has; 20 if left out.
            #[serde(default)]
            pub limit: $crate::primitives::Limit,
            /// `page.next_cursor` of the previous page; the first page if left out.
            pub cursor: Option<$crate::primitives::Cursor>,
        }

        impl $name {
            /// The sort key that the page begins behind, if it is not the first.
            ///
            /// # Errors
            /// `400 invalid_cursor` if this list did not make the cursor.
            pub fn after<K: serde::de::DeserializeOwned>(&self) -> $crate::error::Result<Option<K>> {
                self.cursor.as_ref().map($crate::primitives::Cursor::key).transpose()
            }
        }
    };
}
pub(crate) use list_query;

list_query! {
    /// The page of a list without filters.
    pub struct PageQuery {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_come_back_and_foreign_ones_do_not() {
        let key = ("2026-03-02".to_owned(), 7_i64);
        assert_eq!(Cursor::after(&key).key::<(String, i64)>().unwrap(), key);
        for wrong in ["", "x", "é", "00", "zz"] {
            assert_eq!(
                Cursor(wrong.into()).key::<i64>().unwrap_err().code(),
                Code::InvalidCursor,
                "{wrong}"
            );
        }
        let page = Page::of(vec![1, 2, 3], Limit(2), |n| *n);
        assert!(page.page.has_more && page.data == [1, 2]);
    }
}
