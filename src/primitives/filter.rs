//! What lists are filtered by: several values of one field, and days from and to.

use std::{borrow::Cow, ops::Deref};

use chrono::{Days, NaiveDate, NaiveTime};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{IntoDeserializer as _, value},
};
use serde_json::Value;

use super::{Date, Instant};
use crate::error::{Error, Result};

/// Several values of one filter, separated by commas: `planned,running`.
#[derive(Clone, Debug, PartialEq)]
pub struct Several<T>(Vec<T>);

impl<T> Deref for Several<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Several<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let values = text.split(',').map(|word| {
            let word: value::StringDeserializer<D::Error> = word.trim().to_owned().into_deserializer();
            T::deserialize(word)
        });
        values.collect::<Result<_, _>>().map(Self)
    }
}

/// A text to clients and not a list: most generated ones would send a list as one parameter for each value.
impl<T: JsonSchema> JsonSchema for Several<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Several{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let words = words_of(&T::json_schema(generator));
        let (one, named) = (words.join("|"), words.join("`, `"));
        // The document names the words in the parameter's description.
        json_schema!({ "type": "string", "pattern": format!("^({one})(,({one}))*$"), "x-words": format!("`{named}`") })
    }
}

/// The words of an enumeration, with or without comments on each.
fn words_of(schema: &Schema) -> Vec<String> {
    let list = |key: &str, schema: &Value| schema.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut words = list("enum", schema.as_value());
    for variant in list("oneOf", schema.as_value()) {
        words.extend(variant.get("const").cloned());
        words.extend(list("enum", &variant));
    }
    let text = |word: Value| word.as_str().map(ToOwned::to_owned);
    words.into_iter().filter_map(text).collect()
}

/// The days that a list is limited to, both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Period {
    /// The first day; none for no limit.
    pub from: Option<NaiveDate>,
    /// The last day; none for no limit.
    pub to: Option<NaiveDate>,
}

impl Period {
    /// From the query parameters `from` and `to`.
    ///
    /// # Errors
    /// `400` if it ends before it begins.
    pub fn of(from: Option<Date>, to: Option<Date>) -> Result<Self> {
        let (from, to) = (from.map(Date::get), to.map(Date::get));
        match (from, to) {
            (Some(from), Some(to)) if to < from => {
                Err(Error::parameter("to", "invalid", "must not come before `from`"))
            }
            _ => Ok(Self { from, to }),
        }
    }

    /// Whether one of the days from `first` to `last` is in it.
    pub fn overlaps(self, first: NaiveDate, last: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= last) && self.to.is_none_or(|to| first <= to)
    }

    /// The first instant of it, in UTC.
    pub fn begins(self) -> Option<Instant> {
        self.from.map(midnight)
    }

    /// The first instant after it, in UTC.
    pub fn ends(self) -> Option<Instant> {
        self.to?.checked_add_days(Days::new(1)).map(midnight)
    }
}

/// What a list is limited to: some states, and some days.
#[derive(Clone, Debug)]
pub struct Filter<S> {
    /// Only in one of these states.
    pub states: Option<Vec<S>>,
    /// Only on these days.
    pub period: Period,
}

impl<S: Copy + PartialEq> Filter<S> {
    /// From the query parameters `status`, `from` and `to`.
    ///
    /// # Errors
    /// As [`Period::of`].
    pub fn of(status: Option<&Several<S>>, from: Option<Date>, to: Option<Date>) -> Result<Self> {
        Ok(Self {
            states: status.map(|several| several.to_vec()),
            period: Period::of(from, to)?,
        })
    }

    /// Whether it takes this state.
    pub fn takes(&self, state: S) -> bool {
        self.states.as_ref().is_none_or(|states| states.contains(&state))
    }
}

impl<S> Default for Filter<S> {
    fn default() -> Self {
        Self {
            states: None,
            period: Period::default(),
        }
    }
}

fn midnight(day: NaiveDate) -> Instant {
    Instant::from(day.and_time(NaiveTime::MIN).and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::Code, primitives::text_enum};

    text_enum! {
        /// A light.
        pub enum Light {
            /// Go.
            Green = "green",
            /// Wait.
            Yellow = "yellow",
            /// Stop.
            Red = "red",
        }
    }

    #[test]
    fn several_values_are_separated_by_commas() {
        let read = |text: &str| serde_json::from_value::<Several<Light>>(text.into());
        assert_eq!(*read("green").unwrap(), [Light::Green]);
        assert_eq!(*read("red, green").unwrap(), [Light::Red, Light::Green]);
        for wrong in ["", "red,", "red,blue", "red;green"] {
            let error = read(wrong).unwrap_err().to_string();
            assert!(
                error.starts_with("unknown variant") && error.contains("`yellow`"),
                "{wrong}: {error}"
            );
        }
        let schema = Several::<Light>::json_schema(&mut SchemaGenerator::default());
        let pattern = schema.get("pattern").and_then(Value::as_str).unwrap();
        assert!(pattern.starts_with("^(green|yellow|red)("), "{pattern}");
    }

    #[test]
    fn a_period_does_not_end_before_it_begins() {
        let day = |text: &str| Some(Date::parse(text).unwrap());
        let period = Period::of(day("2026-03-02"), day("2026-03-02")).unwrap();
        let instants = [period.begins(), period.ends()].map(|instant| serde_json::to_value(instant).unwrap());
        assert_eq!(instants, ["2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"]);
        let error = Period::of(day("2026-03-02"), day("2026-03-01")).unwrap_err();
        assert_eq!(error.code(), Code::InvalidParameter);
        assert_eq!((Period::default().begins(), Period::default().ends()), (None, None));
    }
}
