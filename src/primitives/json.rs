//! JSON that is stored as text and given out as it is.

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    sql_types::Text,
};
use schemars::JsonSchema;
use serde::Serialize;

/// A value that is stored as its text.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema, FromSqlRow)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Json(serde_json::Value);

impl<DB: Backend> FromSql<Text, DB> for Json
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let text = String::from_sql(bytes)?;
        Ok(Self(serde_json::from_str(&text)?))
    }
}
