//! Ids: 64 bits, time-ordered, made here and nowhere else.
//!
//! The layout is Twitter's Snowflake (milliseconds, node, sequence); in JSON an id is 13 characters
//! of Crockford's base 32, so that no client ever rounds it as a number. Each process takes its node
//! number from the database when it opens it, so that several processes never make the same id.

use std::sync::OnceLock;

use chrono::TimeDelta;
use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    serialize::{self, Output, ToSql},
    sql_types::BigInt,
};
use ferroid::{
    base32::Base32SnowExt,
    generator::AtomicSnowflakeGenerator,
    id::SnowflakeTwitterId,
    time::{MonotonicClock, TWITTER_EPOCH},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::Instant;

type Generator = AtomicSnowflakeGenerator<SnowflakeTwitterId, MonotonicClock>;
static GENERATOR: OnceLock<Generator> = OnceLock::new();

/// How many processes can make ids side by side.
pub const NODES: i32 = 1024;

/// How many different ids there are of one millisecond: node and sequence.
pub const NUMBERS: u32 = 1 << 22;

/// Names one thing of any kind, everywhere, for ever.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Id(i64);

impl Id {
    /// Sets the node number of this process; the first call counts.
    pub fn set_node(node: i32) {
        let _ = GENERATOR.set(generator(node));
    }

    /// A new id, later than all that this process made before.
    pub fn new() -> Self {
        let generator = GENERATOR.get_or_init(|| generator(0));
        let id = generator.next_id(|_| std::thread::yield_now());
        Self(i64::try_from(id.to_raw()).unwrap_or(i64::MAX))
    }

    /// A new id that does not tell when it was made, for what is to stay anonymous.
    pub fn random() -> Self {
        Self(rand::random_range(0..=i64::MAX))
    }

    /// As it would have been made at that second. Whoever makes up a past counts `number` up, below
    /// [`NUMBERS`], so that no two are the same.
    pub fn at(moment: Instant, number: u32) -> Self {
        let since = moment.unix_seconds() * 1000 - i64::try_from(TWITTER_EPOCH.as_millis()).unwrap_or(0);
        Self((since.max(0) << NUMBERS.trailing_zeros()) | i64::from(number % NUMBERS))
    }

    /// As it could have been made at any moment of that day in UTC, for what is to tell the day alone.
    pub fn of_day(day: Instant) -> Self {
        let first = Self::at(day.day(), 0).0;
        let next = Self::at(day.day().plus(TimeDelta::days(1)), 0).0;
        Self(rand::random_range(first..next))
    }

    /// The number itself, as the database holds it.
    pub fn raw(self) -> i64 {
        self.0
    }

    /// With this number, as [`Id::raw`] gave it.
    pub fn from_raw(raw: i64) -> Self {
        Self(raw)
    }

    /// From its text.
    ///
    /// # Errors
    /// A sentence, if the text is not an id.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "is not an id: ids are 13 characters such as `0ds8x2v4fmg00`".to_owned();
        let raw = SnowflakeTwitterId::decode(text).map_err(|_| wrong())?.to_raw();
        i64::try_from(raw).map(Self).map_err(|_| wrong())
    }
}

fn generator(node: i32) -> Generator {
    let node = u64::try_from(node.rem_euclid(NODES)).unwrap_or(0);
    AtomicSnowflakeGenerator::new(node, MonotonicClock::<1>::with_epoch(TWITTER_EPOCH))
}

impl Default for Id {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let raw = u64::try_from(self.0).unwrap_or(0);
        f.write_str(&SnowflakeTwitterId::from_raw(raw).encode().as_str().to_ascii_lowercase())
    }
}

impl std::fmt::Debug for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Id::parse(&text).map_err(D::Error::custom)
    }
}

impl JsonSchema for Id {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Opaque; sorts by time of creation, but for what is anonymous.",
            "pattern": "^[0-9a-hjkmnp-tv-z]{13}$",
            "examples": ["0ds8x2v4fmg00"],
        })
    }
}

impl<DB: Backend> ToSql<BigInt, DB> for Id
where
    i64: ToSql<BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<BigInt, DB> for Id
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        i64::from_sql(bytes).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_the_past_sorts_before_those_of_now() {
        let moment = Instant::parse("2026-03-02T09:30:00Z").unwrap();
        let (first, second) = (Id::at(moment, 0), Id::at(moment, NUMBERS - 1));
        assert!(first < second && second < Id::at(Instant::parse("2026-03-02T09:30:01Z").unwrap(), 0));
        assert_eq!(Id::parse(&second.to_string()), Ok(second));
    }

    #[test]
    fn a_random_id_is_an_id_like_others() {
        let ids: std::collections::HashSet<Id> = (0..1000).map(|_| Id::random()).collect();
        assert_eq!(ids.len(), 1000);
        for id in ids {
            assert!(id.raw() >= 0 && Id::parse(&id.to_string()) == Ok(id), "{id}");
        }
    }

    #[test]
    fn text_and_back_and_in_order() {
        let (first, second) = (Id::new(), Id::new());
        assert!(first < second && first.to_string() < second.to_string());
        assert_eq!(Id::parse(&first.to_string()), Ok(first));
        for wrong in ["", "1", "zzzzzzzzzzzzz", "0ds8x2v4fmg0!", "é"] {
            assert!(Id::parse(wrong).is_err(), "{wrong}");
        }
    }
}
