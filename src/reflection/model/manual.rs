//! How somebody works.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    audit::audited,
    db::schema::manuals,
    primitives::{Id, Instant, Text},
};

/// How somebody works and likes to be worked with, in their own words.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = manuals, treat_none_as_default_value = false)]
pub struct Manual {
    pub person_id: Id,
    #[diesel(embed)]
    pub texts: ManualTexts,
    pub version: i64,
    pub updated_at: Instant,
}

audited!(Manual { ; texts });

impl ManualTexts {
    /// Whether there is anything to read.
    #[must_use]
    pub fn says_something(&self) -> bool {
        *self != Self::default()
    }
}

/// What a manual says; whatever is left out is cleared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = manuals, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "how_i_work": "I think aloud, and I am slow before ten.", "how_i_like_feedback": "At once, and not in front of all.",
}))]
pub struct ManualTexts {
    /// How the person works best.
    #[serde(default)]
    pub how_i_work: Option<Text>,
    /// How they like to get feedback.
    #[serde(default)]
    pub how_i_like_feedback: Option<Text>,
    /// How and when to reach them.
    #[serde(default)]
    pub how_to_reach_me: Option<Text>,
    /// What else is good to know.
    #[serde(default)]
    pub good_to_know: Option<Text>,
}
