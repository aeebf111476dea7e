//! Time zones and their rules: those of the system, which are renewed with it, or else those that are compiled in.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, PoisonError, RwLock},
};

use chrono::{Datelike as _, NaiveDateTime, TimeDelta, Timelike as _};
use diesel::{deserialize::FromSqlRow, expression::AsExpression};
use jiff::{Timestamp, civil, tz};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// What `TZDIR` names, or the system's folder of time zones.
static SYSTEM: LazyLock<tz::TimeZoneDatabase> = LazyLock::new(tz::TimeZoneDatabase::from_env);
static COMPILED_IN: LazyLock<tz::TimeZoneDatabase> = LazyLock::new(tz::TimeZoneDatabase::bundled);
/// The zones that somebody has named: no more than there are in the world, so that none is ever freed.
static KNOWN: LazyLock<RwLock<BTreeMap<&'static str, &'static Zone>>> = LazyLock::new(RwLock::default);
static UTC: Zone = Zone {
    name: "UTC",
    rules: tz::TimeZone::UTC,
};

struct Zone {
    name: &'static str,
    rules: tz::TimeZone,
}

/// An IANA time zone such as `Europe/London`.
#[derive(Clone, Copy, AsExpression, FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct TimeZone(&'static Zone);

impl TimeZone {
    /// That of nowhere in particular.
    pub const UTC: Self = Self(&UTC);

    /// Its IANA name.
    pub fn as_str(&self) -> &'static str {
        self.0.name
    }

    /// From its IANA name.
    ///
    /// # Errors
    /// A sentence, if there is no such zone.
    pub fn parse(name: &str) -> Result<Self, String> {
        let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(name).copied();
        known
            .or_else(|| find(name))
            .map(Self)
            .ok_or_else(|| format!("`{name}` is not an IANA time zone such as `Europe/London`"))
    }

    /// How far its clocks are ahead of UTC so many seconds after 1970-01-01T00:00:00Z.
    pub(super) fn offset_at(self, unix_seconds: i64) -> TimeDelta {
        let offset = Timestamp::from_second(unix_seconds).map(|time| self.0.rules.to_offset(time).seconds());
        TimeDelta::seconds(offset.unwrap_or_default().into())
    }

    /// How far its clocks are ahead of UTC when they show this; before they were changed, if they show it twice or never.
    pub(super) fn offset_of_local(self, local: NaiveDateTime) -> TimeDelta {
        let offset = civil_time(local).map(|time| match self.0.rules.to_ambiguous_timestamp(time).offset() {
            tz::AmbiguousOffset::Unambiguous { offset: before }
            | tz::AmbiguousOffset::Gap { before, .. }
            | tz::AmbiguousOffset::Fold { before, .. } => before.seconds(),
        });
        TimeDelta::seconds(offset.unwrap_or_default().into())
    }
}

/// The zone of this name, with the rules that hold where we run. Names are as IANA writes them; what else lies in the
/// system's folder is none.
fn find(name: &str) -> Option<&'static Zone> {
    let has_name = |rules: &tz::TimeZone| rules.iana_name() == Some(name);
    let compiled_in = COMPILED_IN.get(name).ok().filter(has_name);
    let is_new = || name.starts_with(|first: char| first.is_ascii_uppercase()) && name.contains('/');
    let of_system = || SYSTEM.get(name).ok().filter(has_name);
    let rules = match compiled_in {
        Some(compiled_in) => of_system().unwrap_or(compiled_in),
        None => of_system().filter(|_| is_new())?,
    };
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    if let Some(zone) = known.get(name) {
        return Some(zone);
    }
    let name: &'static str = Box::leak(name.into());
    let zone: &'static Zone = Box::leak(Box::new(Zone { name, rules }));
    known.insert(name, zone);
    Some(zone)
}

/// None for years that are not of this world.
fn civil_time(local: NaiveDateTime) -> Option<civil::DateTime> {
    let small = |part: u32| i8::try_from(part).ok();
    let (date, time) = (local.date(), local.time());
    civil::DateTime::new(
        i16::try_from(date.year()).ok()?,
        small(date.month())?,
        small(date.day())?,
        small(time.hour())?,
        small(time.minute())?,
        small(time.second())?,
        0,
    )
    .ok()
}

impl PartialEq for TimeZone {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for TimeZone {}

impl std::fmt::Debug for TimeZone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name)
    }
}

impl Serialize for TimeZone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for TimeZone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for TimeZone {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TimeZone".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "IANA name.", "examples": ["Europe/London", "Asia/Gaza"] })
    }
}

super::stored_as_text!(TimeZone);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_iana_writes_them() {
        for name in [
            "UTC",
            "Europe/London",
            "Asia/Gaza",
            "America/Argentina/Buenos_Aires",
            "Asia/Calcutta",
            "EST5EDT",
        ] {
            let zone = TimeZone::parse(name).unwrap();
            assert_eq!((zone.as_str(), zone), (name, TimeZone::parse(name).unwrap()));
        }
        for wrong in [
            "",
            "London",
            "europe/london",
            "EUROPE/LONDON",
            "Europe/",
            "Europe",
            "/Europe/London",
            "../zoneinfo/UTC",
            "posix/Europe/London",
            "right/Europe/London",
            "posixrules",
            "localtime",
            "tzdata.zi",
            "+01:00",
            "Europe/London\0",
        ] {
            assert!(TimeZone::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_no_clock_shows_has_an_offset_all_the_same() {
        let gaza = TimeZone::parse("Asia/Gaza").unwrap();
        for time in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            assert_eq!(gaza.offset_of_local(time), TimeDelta::zero());
        }
        assert_eq!(gaza.offset_at(i64::MAX), TimeDelta::zero());
    }
}
