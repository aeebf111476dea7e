//! What staff ask of an arrangement: the teams of a round as they want them.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{primitives::Id, teams::model::MemberRole};

/// The teams of a round as they are to be.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewArrangement", example = serde_json::json!({
    "week": 3,
    "teams": [["0ds8x2v4fmg00", "0ds8x2v4fmg01", "0ds8x2v4fmg02"], ["0ds8x2v4fmg03", "0ds8x2v4fmg04", "0ds8x2v4fmg05"]],
    "dry_run": true,
}))]
pub struct Arrangement {
    /// A week of the round.
    pub week: i32,
    /// Who is in each team: everybody who is present in the round, once.
    pub teams: Vec<Vec<Id>>,
    /// Roles of some people. Without one, whoever stays in their team keeps their role, and others take one that their new
    /// team lacks.
    #[serde(default)]
    pub roles: Option<Vec<MemberRole>>,
    /// Whether only to tell what it would change. It cannot be null.
    #[serde(default)]
    pub dry_run: bool,
}

impl Arrangement {
    /// The roles that are given.
    pub fn roles(&self) -> &[MemberRole] {
        self.roles.as_deref().unwrap_or_default()
    }
}
