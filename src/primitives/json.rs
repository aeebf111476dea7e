//! JSON that is stored as text: given out as it is, or read back as what it was made of.

use std::fmt::Debug;

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    serialize::{self, Output, ToSql},
    sql_types::Text,
};
use schemars::JsonSchema;
use serde::{Serialize, Serializer, de::DeserializeOwned};

use crate::error::{Error, Result};

/// A value that is stored as its text.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema, FromSqlRow)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Json(serde_json::Value);

impl Json {
    /// An object with nothing in it.
    pub fn empty() -> Self {
        Self(serde_json::Value::Object(serde_json::Map::new()))
    }
}

impl<DB: Backend> FromSql<Text, DB> for Json
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let text = String::from_sql(bytes)?;
        Ok(Self(serde_json::from_str(&text)?))
    }
}

/// Something that is stored as JSON and read back as what it is.
#[derive(Clone, Debug, PartialEq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Stored<T> {
    text: String,
    value: T,
}

impl<T: Serialize> Stored<T> {
    /// With the text that is stored.
    ///
    /// # Errors
    /// `500` if it cannot be written as JSON.
    pub fn new(value: T) -> Result<Self> {
        let text = serde_json::to_string(&value).map_err(Error::internal)?;
        Ok(Self { text, value })
    }
}

impl<T> std::ops::Deref for Stored<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for Stored<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: Debug, DB: Backend> ToSql<Text, DB> for Stored<T>
where
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.text.as_str().to_sql(out)
    }
}

impl<T: DeserializeOwned, DB: Backend> FromSql<Text, DB> for Stored<T>
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let text = String::from_sql(bytes)?;
        let value = serde_json::from_str(&text)?;
        Ok(Self { text, value })
    }
}
