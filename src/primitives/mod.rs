//! The small types that everything else is made of. Parsing is their only constructor.

mod bound;
pub mod date;
pub mod filter;
pub mod flow;
pub mod id;
pub mod if_match;
pub mod json;
pub mod language;
pub mod local_time;
mod meeting;
mod money;
pub mod page;
pub mod patch;
pub mod pointer;
pub mod secret;
pub mod table;
pub mod text;
pub mod time;
pub mod time_of_day;
mod time_zone;

pub use bound::Bound;
pub use date::Date;
pub use filter::{Filter, Period, Several};
pub use id::{Id, NUMBERS};
pub use if_match::{IfMatch, content_version};
pub use json::{Json, Stored};
pub use language::Language;
pub use local_time::{GivenBound, GivenTime, LocalTime};
pub(crate) use meeting::has_meeting;
pub use meeting::{Appointment, Meeting};
pub use money::{Currency, MOST_MONEY, check_amount};
pub(crate) use page::list_query;
pub use page::{Cursor, Limit, Page, PageInfo, PageQuery};
pub use patch::{Field, given};
pub use secret::Secret;
pub use text::{Email, GithubHandle, Line, Slug, Text, Url, Word};
pub use time::Instant;
pub use time_of_day::TimeOfDay;

/// Stores a `str`-like type as text on both databases: it needs `as_str`, and `parse` if what is stored is to be
/// checked when it is read.
macro_rules! stored_as_text {
    ($type:ty) => {
        crate::primitives::stored_as_text!($type, |text: String| <$type>::parse(&text));
    };
    ($type:ty, $read:expr) => {
        impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $type
        where
            DB: diesel::backend::Backend,
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                self.as_str().to_sql(out)
            }
        }

        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $type
        where
            DB: diesel::backend::Backend,
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let read: fn(String) -> Result<$type, String> = $read;
                read(String::from_sql(bytes)?).map_err(Into::into)
            }
        }
    };
}
pub(crate) use stored_as_text;

/// An enum of lower-case words: the same words in JSON, in the database and in the documentation.
macro_rules! text_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        $vis enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// The word for it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// From the word for it.
            ///
            /// # Errors
            /// A sentence with the words that exist.
            pub fn parse(word: &str) -> Result<Self, String> {
                match word {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(format!("`{word}` is not one of: {}", [$($word),*].join(", "))),
                }
            }
        }

        crate::primitives::stored_as_text!($name);
    };
}
pub(crate) use text_enum;
