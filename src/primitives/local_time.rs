//! Times as the clocks on the wall show them. They are kept as they were set: which instant one is depends on the rules of
//! the place, which change.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _};
use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    serialize::{self, Output, ToSql},
    sql_types::Timestamp,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, IntoDeserializer as _},
};

use super::{
    Instant,
    date::{Date, is_plausible},
    time::TimeZone,
};

/// What calendar and clock show at some place, to the second. Where clocks are put back over it, it is the first of the
/// two instants; where they jump over it, the one as long after midnight as if they had not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Timestamp)]
pub struct LocalTime(NaiveDateTime);

impl LocalTime {
    /// From its text, such as `2026-03-06T17:00` or `2026-03-06T17:00:00`.
    ///
    /// # Errors
    /// A sentence, if it is none, or lies in years that nobody means.
    pub fn parse(text: &str) -> Result<Self, String> {
        let found = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
        let time = found.ok_or_else(|| {
            "must be a local time such as `2026-03-06T17:00`, or an instant such as `2026-03-06T17:00:00Z`".to_owned()
        })?;
        match is_plausible(time.date()) {
            true => Ok(Self(time)),
            false => Err("must lie in the years 2000 to 2100".into()),
        }
    }

    /// A day and a time of day.
    pub fn on(day: NaiveDate, time: NaiveTime) -> Self {
        Self(day.and_time(time.with_nanosecond(0).unwrap_or(time)))
    }

    /// What is shown in `zone` at an instant.
    pub fn of(instant: Instant, zone: TimeZone) -> Self {
        let local = instant.local_in(zone);
        Self::on(local.date(), local.time())
    }

    /// The instant at which the clocks of `zone` show it.
    pub fn in_zone(self, zone: TimeZone) -> Instant {
        Instant::of_local(self.0, zone)
    }

    /// From when to when it is that the clocks of `zone` show it and `ends`. What ends within an hour that they skip ends no earlier
    /// than it begins.
    pub fn span_to(self, ends: Self, zone: TimeZone) -> (Instant, Instant) {
        let begins = self.in_zone(zone);
        (begins, ends.in_zone(zone).max(begins))
    }

    /// Whether the clocks of `zone` show it at all: they are not put forward over it.
    pub fn is_shown_in(self, zone: TimeZone) -> bool {
        Self::of(self.in_zone(zone), zone) == self
    }

    /// Its day.
    pub fn date(self) -> NaiveDate {
        self.0.date()
    }

    /// What the clocks show when they have gone on by so much, without being put forward or back.
    #[must_use]
    pub fn plus(self, delta: TimeDelta) -> Self {
        Self(self.0.checked_add_signed(delta).unwrap_or(self.0))
    }

    /// How much later the clocks show it than another, whatever they do meanwhile.
    pub fn since(self, earlier: Self) -> TimeDelta {
        self.0 - earlier.0
    }

    /// The midnight at the end of a day.
    pub fn end_of(day: NaiveDate) -> Self {
        Self(
            day.checked_add_days(Days::new(1))
                .unwrap_or(day)
                .and_time(NaiveTime::MIN),
        )
    }

    /// As people write it, such as `6 March 2026, 17:00`.
    pub fn in_words(self) -> String {
        self.0.format("%-d %B %Y, %H:%M").to_string()
    }

    /// Its time of day.
    pub fn time(self) -> NaiveTime {
        self.0.time()
    }
}

impl std::fmt::Display for LocalTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%dT%H:%M:%S"))
    }
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LocalTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for LocalTime {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "LocalTime".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "examples": ["2026-03-06T17:00:00"],
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$",
            "description": "What calendar and clock show at the campus, without an offset.",
        })
    }
}

impl<DB: Backend> ToSql<Timestamp, DB> for LocalTime
where
    NaiveDateTime: ToSql<Timestamp, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<Timestamp, DB> for LocalTime
where
    NaiveDateTime: FromSql<Timestamp, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        NaiveDateTime::from_sql(bytes).map(Self)
    }
}

/// A time as a caller sets it: by the clocks of the campus, or as an instant, which stands for what they then show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GivenTime {
    /// Without an offset.
    Local(LocalTime),
    /// With one.
    Instant(Instant),
}

impl GivenTime {
    /// What the clocks of `zone` show then.
    pub fn local(self, zone: TimeZone) -> LocalTime {
        match self {
            Self::Local(time) => time,
            Self::Instant(instant) => LocalTime::of(instant, zone),
        }
    }
}

impl<'de> Deserialize<'de> for GivenTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let instant = Instant::parse(&text)
            .ok()
            .filter(|instant| is_plausible(instant.date()));
        match instant {
            Some(instant) => Ok(Self::Instant(instant)),
            None if Instant::parse(&text).is_ok() => Err(D::Error::custom("must lie in the years 2000 to 2100")),
            None => LocalTime::parse(&text).map(Self::Local).map_err(D::Error::custom),
        }
    }
}

impl JsonSchema for GivenTime {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "GivenTime".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "examples": ["2026-03-06T17:00", "2026-03-06T17:00:00Z"],
            "description": "A local time at the campus such as `2026-03-06T17:00`, or an instant with `Z` or an offset.",
        })
    }
}

/// A begin or an end as a caller sets it: a time, or a day that belongs to it as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GivenBound {
    /// A day.
    Day(NaiveDate),
    /// A time.
    Time(GivenTime),
}

impl GivenBound {
    /// What the clocks of `zone` show when it begins: of a day, midnight.
    pub fn begin(self, zone: TimeZone) -> LocalTime {
        match self {
            Self::Day(day) => LocalTime::on(day, NaiveTime::MIN),
            Self::Time(time) => time.local(zone),
        }
    }

    /// What the clocks of `zone` show when it is over: of a day, the midnight at its end.
    pub fn end(self, zone: TimeZone) -> LocalTime {
        match self {
            Self::Day(day) => LocalTime::end_of(day),
            Self::Time(time) => time.local(zone),
        }
    }
}

impl<'de> Deserialize<'de> for GivenBound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match Date::parse(&text) {
            Ok(day) => Ok(Self::Day(day.get())),
            Err(_) => GivenTime::deserialize(text.into_deserializer()).map(Self::Time),
        }
    }
}

impl JsonSchema for GivenBound {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "GivenBound".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "examples": ["2026-03-06", "2026-03-06T17:00", "2026-03-06T17:00:00Z"],
            "description": "A local time at the campus such as `2026-03-06T17:00`, an instant, or a date, which is meant as a whole: \
                            it begins at its first midnight and ends at its last.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_times_have_one_form_and_years_that_somebody_means() {
        for (text, printed) in [
            ("2026-03-06T17:00", "2026-03-06T17:00:00"),
            ("2026-03-06T17:00:59", "2026-03-06T17:00:59"),
        ] {
            let time = LocalTime::parse(text).unwrap();
            assert_eq!(time.to_string(), printed);
            assert_eq!(LocalTime::parse(printed), Ok(time));
        }
        for wrong in [
            "2026-03-06",
            "17:00",
            "2026-03-06 17:00",
            "2026-02-30T17:00",
            "1999-03-06T17:00",
            "2026-03-06T25:00",
        ] {
            assert!(LocalTime::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_caller_may_say_it_either_way() {
        let zone = TimeZone::parse("Asia/Gaza").unwrap();
        let local = |text: &str| {
            serde_json::from_value::<GivenTime>(text.into())
                .map(|given| given.local(zone).to_string())
                .map_err(|error| error.to_string())
        };
        assert_eq!(local("2026-07-06T17:00").unwrap(), "2026-07-06T17:00:00");
        assert_eq!(local("2026-07-06T14:00:00Z").unwrap(), "2026-07-06T17:00:00");
        assert_eq!(local("2026-07-06T17:00:00+03:00").unwrap(), "2026-07-06T17:00:00");
        assert!(local("1970-01-01T00:00:00Z").unwrap_err().contains("2000 to 2100"));
        assert!(local("tomorrow").is_err());
    }

    #[test]
    fn a_day_is_meant_as_a_whole() {
        let zone = TimeZone::parse("Asia/Gaza").unwrap();
        let bounds = |text: &str| {
            let given: GivenBound = serde_json::from_value(text.into()).unwrap();
            [given.begin(zone), given.end(zone)].map(|time| time.to_string())
        };
        assert_eq!(bounds("2026-07-06"), ["2026-07-06T00:00:00", "2026-07-07T00:00:00"]);
        assert_eq!(bounds("2026-07-06T17:00"), ["2026-07-06T17:00:00"; 2]);
        assert_eq!(bounds("2026-07-06T14:00:00Z"), ["2026-07-06T17:00:00"; 2]);
        assert!(serde_json::from_value::<GivenBound>("2026-02-30".into()).is_err());
    }

    #[test]
    fn the_hour_that_is_twice_or_never_has_one_instant() {
        let zone = TimeZone::parse("Europe/London").unwrap();
        for (local, instant) in [
            ("2026-10-25T01:30", "2026-10-25T00:30:00Z"),
            ("2026-03-29T01:30", "2026-03-29T01:30:00Z"),
            ("2026-10-25T17:00", "2026-10-25T17:00:00Z"),
            ("2026-03-29T17:00", "2026-03-29T16:00:00Z"),
        ] {
            assert_eq!(
                LocalTime::parse(local).unwrap().in_zone(zone).to_string(),
                instant,
                "{local}"
            );
        }
    }
}
