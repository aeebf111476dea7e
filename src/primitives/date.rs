//! Dates as callers write them.

use chrono::{Datelike as _, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error as _};

/// A date in a body, query or path: `YYYY-MM-DD` and nothing else, in the years 2000 to 2100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(NaiveDate);

impl Date {
    /// From its text. (`chrono` would take `2026-3-2` and `+2026-03-02` too.)
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let date: Option<NaiveDate> = text.parse().ok().filter(|date: &NaiveDate| date.to_string() == text);
        match date {
            Some(date) if is_plausible(date) => Ok(Self(date)),
            Some(_) => Err("must lie in the years 2000 to 2100".into()),
            None if has_form(text) => Err(format!("`{text}` is not a day of the calendar")),
            None => Err("must be a date written YYYY-MM-DD, such as `2026-03-02`, without a time".into()),
        }
    }

    /// The date itself.
    pub fn get(self) -> NaiveDate {
        self.0
    }
}

/// Whether a text is written as a date, which it may be without being one.
fn has_form(text: &str) -> bool {
    let is_digit_or_hyphen = |(place, byte): (usize, u8)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 10 && text.bytes().enumerate().all(is_digit_or_hyphen)
}

/// Whether a date lies in the years 2000 to 2100; others are slips of the pen.
pub fn is_plausible(date: NaiveDate) -> bool {
    (2000..=2100).contains(&date.year())
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "format": "date", "examples": ["2026-03-02"],
            "description": "`YYYY-MM-DD`, in the years 2000 to 2100.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_way_to_write_a_date() {
        for right in ["2026-03-02", "2000-01-01", "2100-12-31", "2028-02-29"] {
            assert_eq!(Date::parse(right).unwrap().get().to_string(), right);
        }
        for wrong in [
            "2026-3-2",
            "+2026-03-02",
            " 2026-03-02",
            "2026-03-02 ",
            "2026-02-30",
            "20260302",
            "2026-03-02T00:00:00Z",
            "02/03/2026",
            "1999-12-31",
            "2101-01-01",
            "-2026-03-02",
            "",
            "२०२६-०३-०२",
        ] {
            assert!(Date::parse(wrong).is_err(), "{wrong}");
        }
    }
}
