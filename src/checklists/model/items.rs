//! The items of a template.

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::primitives::Line;

/// As many as a checklist has.
const MOST: usize = 50;

/// What is to be done, in order: 1 to 50 lines, of which none can have a line break.
#[derive(Clone, Debug, PartialEq, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql_types::Text)]
pub struct Items(String);

impl Items {
    /// Each of them.
    ///
    /// # Errors
    /// A sentence, if one is no line.
    pub fn lines(&self) -> Result<Vec<Line>, String> {
        self.0.lines().map(Line::parse).collect()
    }

    fn new(lines: &[Line]) -> Result<Self, String> {
        let texts: Vec<&str> = lines.iter().map(Line::as_str).collect();
        match texts.len() {
            1..=MOST => Ok(Self(texts.join("\n"))),
            _ => Err(format!("must have 1 to {MOST} lines")),
        }
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Items {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.lines())
    }
}

impl<'de> Deserialize<'de> for Items {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&Vec::<Line>::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for Items {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ChecklistLines".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let line = generator.subschema_for::<Line>();
        json_schema!({ "type": "array", "items": line, "minItems": 1, "maxItems": MOST })
    }
}

crate::primitives::stored_as_text!(Items, |text| Ok(Items(text)));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_back_as_they_were_given() {
        let read = |items: serde_json::Value| serde_json::from_value::<Items>(items).map_err(|error| error.to_string());
        let given = serde_json::json!(["Book a room", "Ask for a, b and c"]);
        let items = read(given.clone()).unwrap();
        assert_eq!(serde_json::to_value(&items).unwrap(), given);
        assert_eq!(items.lines().unwrap().len(), 2);
        for wrong in [
            serde_json::json!([]),
            serde_json::json!(["a\nb"]),
            serde_json::json!(vec!["x"; 51]),
        ] {
            assert!(read(wrong).is_err());
        }
    }
}
