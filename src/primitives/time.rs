//! Instants in UTC with microseconds, which is what both databases keep, and the working week.

use chrono::{
    DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, SubsecRound, TimeDelta, Utc,
};
use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    serialize::{self, Output, ToSql},
    sql_types::Timestamp,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::text_enum;
pub use super::time_zone::TimeZone;

/// A moment in UTC, to the microsecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Timestamp)]
pub struct Instant(NaiveDateTime);

impl Instant {
    /// Now: the only clock of the project.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the clock")]
    pub fn now() -> Self {
        Self::from(Utc::now())
    }

    /// From its text (RFC 3339).
    ///
    /// # Errors
    /// A sentence, if it is none, or lies before the year 1 or after 9999, which neither database nor JSON could give
    /// back.
    pub fn parse(text: &str) -> Result<Self, String> {
        let time = DateTime::parse_from_rfc3339(text)
            .map_err(|_| "is not an instant such as `2026-03-02T09:30:00Z` (RFC 3339)")?;
        // Counted in microseconds, a leap second is the second that follows it.
        DateTime::from_timestamp_micros(time.timestamp_micros())
            .filter(|time| (1..=9999).contains(&time.year()))
            .map(Self::from)
            .ok_or_else(|| "must lie in the years 1 to 9999 in UTC".into())
    }

    /// This much later, or earlier if negative. Saturates at the ends of time.
    pub fn plus(self, delta: TimeDelta) -> Self {
        Self(
            self.0
                .checked_add_signed(delta)
                .unwrap_or(if delta < TimeDelta::zero() {
                    NaiveDateTime::MIN
                } else {
                    NaiveDateTime::MAX
                }),
        )
    }

    /// So many seconds after 1970-01-01T00:00:00Z, if there is such a moment.
    pub fn of_unix_seconds(seconds: i64) -> Option<Self> {
        DateTime::from_timestamp(seconds, 0).map(Self::from)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> i64 {
        self.0.and_utc().timestamp()
    }

    /// The date at this moment in UTC.
    pub fn date(self) -> NaiveDate {
        self.0.date()
    }

    /// The beginning of its day in UTC: what is left of a moment that nobody is to know.
    #[must_use]
    pub fn day(self) -> Self {
        Self(self.0.date().and_time(NaiveTime::MIN))
    }

    /// The moment at which a date is over in UTC.
    pub fn end_of(date: NaiveDate) -> Self {
        Self(
            date.checked_add_days(Days::new(1))
                .unwrap_or(date)
                .and_time(NaiveTime::MIN),
        )
    }

    /// The moment at which the clocks of `zone` show `local`. Where they are put back over it, the
    /// first of the two; where they jump over it, as long after midnight as if they had not, which is what calendars
    /// do too (RFC 5545).
    pub fn of_local(local: NaiveDateTime, zone: TimeZone) -> Self {
        Self((local - zone.offset_of_local(local)).trunc_subsecs(6))
    }

    /// What the clocks of `zone` show at this moment.
    pub fn local_in(self, zone: TimeZone) -> NaiveDateTime {
        self.0 + zone.offset_at(self.unix_seconds())
    }

    /// The date at this moment where the clocks show `zone`.
    pub fn date_in(self, zone: TimeZone) -> NaiveDate {
        self.local_in(zone).date()
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(time: DateTime<Utc>) -> Self {
        Self(time.naive_utc().trunc_subsecs(6))
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.and_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(D::Error::custom)
    }
}

impl JsonSchema for Instant {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Instant".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "A moment, in UTC.", "format": "date-time", "examples": ["2026-03-02T09:30:00Z"] })
    }
}

impl<DB: Backend> ToSql<Timestamp, DB> for Instant
where
    NaiveDateTime: ToSql<Timestamp, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<Timestamp, DB> for Instant
where
    NaiveDateTime: FromSql<Timestamp, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        NaiveDateTime::from_sql(bytes).map(Self)
    }
}

text_enum! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Mon = "mon",
        /// Tuesday.
        Tue = "tue",
        /// Wednesday.
        Wed = "wed",
        /// Thursday.
        Thu = "thu",
        /// Friday.
        Fri = "fri",
        /// Saturday.
        Sat = "sat",
        /// Sunday.
        Sun = "sun",
    }
}

impl Weekday {
    fn number(self) -> u32 {
        match self {
            Weekday::Mon => 0,
            Weekday::Tue => 1,
            Weekday::Wed => 2,
            Weekday::Thu => 3,
            Weekday::Fri => 4,
            Weekday::Sat => 5,
            Weekday::Sun => 6,
        }
    }

    /// Whether a date is such a day.
    pub fn is_of(self, date: NaiveDate) -> bool {
        self.number() == number_of(date)
    }
}

/// The days a campus works, in order from the first day of its week: Monday in London, Sunday in
/// Nazareth. Between one and seven different days.
#[derive(Clone, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct WorkWeek {
    text: String,
    days: Vec<Weekday>,
}

impl WorkWeek {
    /// From the days, the first day of the week first.
    ///
    /// # Errors
    /// A sentence, if there is no day, one is named twice, or they are not in the order of a week.
    pub fn new(days: Vec<Weekday>) -> Result<Self, String> {
        let first = days.first().ok_or("must name at least one day")?.number();
        let places: Vec<u32> = days.iter().map(|day| (day.number() + 7 - first) % 7).collect();
        if !places.is_sorted_by(|a, b| a < b) {
            return Err("must name each day once, in order, beginning with the first day of the week".into());
        }
        let words: Vec<&str> = days.iter().map(|day| day.as_str()).collect();
        Ok(Self {
            text: words.join(","),
            days,
        })
    }

    /// The days, the first day of the week first.
    pub fn days(&self) -> &[Weekday] {
        &self.days
    }

    /// Whether the campus works on that date's day of the week.
    pub fn works_on(&self, date: NaiveDate) -> bool {
        self.days.iter().any(|day| day.is_of(date))
    }

    /// The first day of the campus's week in which `date` lies.
    pub fn start_of_week(&self, date: NaiveDate) -> NaiveDate {
        let first = self.days.first().map_or(0, |day| day.number());
        let back = (number_of(date) + 7 - first) % 7;
        date.checked_sub_days(chrono::Days::new(back.into())).unwrap_or(date)
    }

    fn as_str(&self) -> &str {
        &self.text
    }

    fn parse(text: &str) -> Result<Self, String> {
        Self::new(text.split(',').map(Weekday::parse).collect::<Result<_, _>>()?)
    }
}

fn number_of(date: NaiveDate) -> u32 {
    chrono::Datelike::weekday(&date).num_days_from_monday()
}

impl Serialize for WorkWeek {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.days.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for WorkWeek {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Vec::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for WorkWeek {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "WorkWeek".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let day = generator.subschema_for::<Weekday>();
        json_schema!({
            "type": "array", "items": day, "minItems": 1, "maxItems": 7, "uniqueItems": true,
            "description": "Working days, the first day of the campus's week first.",
            "examples": [["mon", "tue", "wed", "thu", "fri"], ["sun", "mon", "tue", "wed", "thu"]],
        })
    }
}

super::stored_as_text!(WorkWeek);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_keep_microseconds_and_end_in_z() {
        let text = "\"2026-03-02T09:30:00.123456789+02:00\"";
        let instant: Instant = serde_json::from_str(text).unwrap();
        assert_eq!(instant.to_string(), "2026-03-02T07:30:00.123456Z");
        for (text, printed) in [
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
            ("2026-03-02t07:30:00.5+00:00", "2026-03-02T07:30:00.500Z"),
            ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ] {
            let instant = Instant::parse(text).unwrap();
            assert_eq!(instant.to_string(), printed);
            assert_eq!(Instant::parse(printed), Ok(instant));
        }
        for wrong in [
            "yesterday",
            "9999-12-31T23:59:59-01:00",
            "9999-12-31T23:59:60Z",
            "0000-06-01T00:00:00Z",
        ] {
            assert!(Instant::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn local_time_has_one_instant_whatever_the_clocks_do() {
        let of = |local: &str, zone: &str| {
            let local: NaiveDateTime = local.parse().unwrap();
            Instant::of_local(local, TimeZone::parse(zone).unwrap())
        };
        for (local, zone, instant) in [
            ("2026-01-09T17:00:00", "Europe/London", "2026-01-09T17:00:00Z"),
            ("2026-07-10T17:00:00", "Europe/London", "2026-07-10T16:00:00Z"),
            // The clocks are put back at 02:00: 01:30 is twice.
            ("2026-10-25T01:30:00", "Europe/London", "2026-10-25T00:30:00Z"),
            ("2026-11-01T01:30:00", "America/New_York", "2026-11-01T05:30:00Z"),
            // They jump from 01:00 to 02:00: 01:30 is never, and half an hour into the jump is 02:30.
            ("2026-03-29T01:30:00", "Europe/London", "2026-03-29T01:30:00Z"),
            // East and west of there alike; in Beirut they jump at midnight, in Apia they jumped over a whole day.
            ("2026-03-08T02:30:00", "America/New_York", "2026-03-08T07:30:00Z"),
            ("2026-03-29T00:30:00", "Asia/Beirut", "2026-03-28T22:30:00Z"),
            ("2011-12-30T12:00:00", "Pacific/Apia", "2011-12-30T22:00:00Z"),
        ] {
            assert_eq!(of(local, zone).to_string(), instant, "{local}");
        }
        let summer = of("2026-07-10T17:00:00", "Asia/Gaza");
        assert_eq!(
            summer.local_in(TimeZone::parse("Asia/Gaza").unwrap()).to_string(),
            "2026-07-10 17:00:00"
        );
    }

    #[test]
    fn a_week_begins_where_the_campus_says() {
        let gaza = WorkWeek::parse("sun,mon,tue,wed,thu").unwrap();
        let wednesday = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
        assert_eq!(
            gaza.start_of_week(wednesday),
            NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
        );
        assert!(gaza.works_on(wednesday) && !gaza.works_on(NaiveDate::from_ymd_opt(2026, 3, 6).unwrap()));
        for wrong in ["", "mon,mon", "mon,wed,tue", "mon,someday"] {
            assert!(WorkWeek::parse(wrong).is_err(), "{wrong}");
        }
    }
}
