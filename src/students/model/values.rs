//! What is said of a student to balance the teams, checked.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{
    error::{Error, Result},
    primitives::{Line, Word},
};

/// How many attributes one student has at the most.
const MOST: usize = 10;

/// How much somebody has programmed before: 0 (never) to 5 (for a living).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Experience(i32);

impl Experience {
    /// The only way to one.
    ///
    /// # Errors
    /// A sentence, if it is not 0 to 5.
    pub fn parse(number: i64) -> Result<Self, String> {
        match i32::try_from(number) {
            Ok(number @ 0..=5) => Ok(Self(number)),
            _ => Err("must be a whole number from 0 (never programmed) to 5 (for a living)".into()),
        }
    }

    /// The number itself.
    pub fn get(self) -> i32 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Experience {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(i64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for Experience {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Experience".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "integer", "minimum": 0, "maximum": 5, "examples": [2],
            "description": "How much somebody has programmed before: 0 (never) to 5 (for a living).",
        })
    }
}

/// What a student has volunteered about themself, such as `gender`: up to ten values by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Attributes(BTreeMap<Word, Line>);

impl Attributes {
    /// From what is stored.
    ///
    /// # Errors
    /// `500` if it was not us who stored it.
    pub fn stored(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(Error::internal)
    }

    /// What is stored.
    pub fn to_stored(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_else(|_| "{}".into())
    }

    /// The values by name.
    pub fn iter(&self) -> impl Iterator<Item = (&Word, &Line)> {
        self.0.iter()
    }

    /// The value with this name.
    pub fn get(&self, name: &Word) -> Option<&Line> {
        self.0.get(name)
    }

    /// With this value under this name, in place of what was there.
    pub fn set(&mut self, name: Word, value: Line) {
        self.0.insert(name, value);
    }

    /// With the changes of a merge patch.
    pub fn merge(mut self, patch: AttributesPatch) -> Self {
        for (name, value) in patch.0 {
            match value {
                Some(value) => drop(self.0.insert(name, value)),
                None => drop(self.0.remove(&name)),
            }
        }
        self
    }

    /// These are not too many.
    ///
    /// # Errors
    /// A sentence, if they are.
    pub fn check(&self) -> Result<(), String> {
        if self.0.len() > MOST {
            return Err(format!("must have at most {MOST} attributes"));
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let attributes = Self(BTreeMap::deserialize(deserializer)?);
        attributes.check().map_err(D::Error::custom)?;
        Ok(attributes)
    }
}

fn schema(value: &serde_json::Value) -> Schema {
    json_schema!({
        "type": "object",
        "description": "Volunteered, to balance the teams; only staff see it.",
        "propertyNames": { "pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", "maxLength": 40 },
        "additionalProperties": value,
        "maxProperties": MOST,
        "examples": [{ "gender": "woman" }],
    })
}

impl JsonSchema for Attributes {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Attributes".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schema(&serde_json::json!({ "type": "string", "minLength": 1, "maxLength": 200 }))
    }
}

/// A merge patch of attributes: `null` removes one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct AttributesPatch(BTreeMap<Word, Option<Line>>);

impl AttributesPatch {
    /// Whether it gives any attribute a value.
    pub fn sets_any(&self) -> bool {
        self.0.values().any(Option::is_some)
    }
}

impl JsonSchema for AttributesPatch {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AttributesPatch".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schema(&serde_json::json!({ "type": ["string", "null"], "minLength": 1, "maxLength": 200 }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_few_named_and_merged() {
        let parse = serde_json::from_str::<Attributes>;
        let stored = parse(r#"{"gender":"woman","first_language":"Arabic"}"#).unwrap();
        assert_eq!(Attributes::stored(&stored.to_stored()).unwrap(), stored);
        let patch = serde_json::from_str(r#"{"gender":null,"city":"Nazareth"}"#).unwrap();
        assert_eq!(
            stored.merge(patch).to_stored(),
            r#"{"city":"Nazareth","first_language":"Arabic"}"#
        );
        let many: BTreeMap<String, String> = (0..11).map(|n| (format!("a{n}"), "x".into())).collect();
        let many = serde_json::to_string(&many).unwrap();
        for wrong in [many.as_str(), r#"{"A b":"x"}"#, r#"{"a":""}"#, r#"{"a":1}"#, "[]"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert!(Experience::parse(6).is_err() && Experience::parse(-1).is_err() && Experience::parse(5).is_ok());
    }
}
