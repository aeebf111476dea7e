//! A time of day as the clock on the wall shows it.

use chrono::NaiveTime;
use diesel::{deserialize::FromSqlRow, expression::AsExpression};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Hours and minutes, from `00:00` to `23:59`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct TimeOfDay {
    time: NaiveTime,
    text: String,
}

impl TimeOfDay {
    /// From its text, such as `09:30`, and in no other form.
    ///
    /// # Errors
    /// A sentence, if it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let time = NaiveTime::parse_from_str(text, "%H:%M").ok();
        time.filter(|time| time.format("%H:%M").to_string() == text)
            .map(|time| Self {
                time,
                text: text.into(),
            })
            .ok_or_else(|| "must be a time of day such as `09:30`".into())
    }

    /// The time itself.
    pub fn get(&self) -> NaiveTime {
        self.time
    }

    fn as_str(&self) -> &str {
        &self.text
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for TimeOfDay {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TimeOfDay".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "examples": ["09:30"], "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
            "description": "A time of day as the clocks of the campus show it.",
        })
    }
}

super::stored_as_text!(TimeOfDay);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_way_to_write_a_time_of_day() {
        for right in ["00:00", "09:30", "23:59"] {
            assert_eq!(TimeOfDay::parse(right).unwrap().to_string(), right);
        }
        for wrong in ["9:30", "09:30:00", "24:00", "09:60", "", "09.30", " 09:30", "9 am"] {
            assert!(TimeOfDay::parse(wrong).is_err(), "{wrong}");
        }
    }
}
