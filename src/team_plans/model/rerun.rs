//! What staff ask of a rerun: to keep some teams of a draft and form the others again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Effort;
use crate::primitives::{Id, given};

/// Which teams of a draft to keep; all others are formed again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewRerun", example = serde_json::json!({
    "keep": [], "effort": "normal",
}))]
pub struct RerunRequest {
    /// What stays as it is; an empty list forms all teams again.
    #[schemars(length(max = 200))]
    pub keep: Vec<Keep>,
    /// The same students, kept teams and seed give the same teams again; a new one if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 9_007_199_254_740_991_i64))]
    pub seed: Option<i64>,
    /// How long to search for better teams.
    #[serde(default)]
    pub effort: Effort,
}

/// A week, or one team of it, that stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "KeptPart")]
pub struct Keep {
    /// A week of the round.
    pub week: i32,
    /// One team of the round; the whole round if left out. It cannot be null.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Id")]
    pub team: Option<Id>,
}
