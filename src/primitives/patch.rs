//! A field of a JSON merge patch (RFC 7396).

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};

/// A field of a patch: absent, or given. `Field<Option<T>>` takes `null` as "clear it";
/// `Field<T>` refuses `null`. Always with `#[serde(default)]`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Field<T> {
    /// Not in the patch: stays as it is.
    #[default]
    Absent,
    /// In the patch: becomes this.
    Given(T),
}

impl<T> Field<T> {
    /// The given value, or what stands now.
    pub fn or(self, now: T) -> T {
        match self {
            Field::Absent => now,
            Field::Given(value) => value,
        }
    }

    /// The same field as something else.
    pub fn map<U>(self, each: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Field::Absent => Field::Absent,
            Field::Given(value) => Field::Given(each(value)),
        }
    }

    /// The given value, if any.
    pub fn given(self) -> Option<T> {
        match self {
            Field::Absent => None,
            Field::Given(value) => Some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Field::Given)
    }
}

/// For a field that may be left out and must not be `null`: where leaving it out means everything,
/// `null` is more likely a slip than a wish. Always with `#[serde(default)]`.
///
/// # Errors
/// For `null` and whatever else is no `T`.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl<T: JsonSchema> JsonSchema for Field<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
