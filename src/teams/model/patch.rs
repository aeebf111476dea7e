//! What may be changed of a team.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::primitives::{Field, Id, Line, Text, Url};

/// What may be changed of a team.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"repository_url": "https://github.com/fac14/week1-team1"}))]
pub struct TeamPatch {
    /// Staff only. No two teams of a round have the same name.
    #[serde(default)]
    pub name: Field<Line>,
    /// Members of the team and staff; `null` clears it.
    #[serde(default)]
    pub repository_url: Field<Option<Url>>,
    /// Members of the team and staff; `null` clears it.
    #[serde(default)]
    pub deployed_url: Field<Option<Url>>,
    /// Staff only. New roles of some members; the others keep theirs. Of a published team the change stays on record
    /// as a repair.
    #[serde(default)]
    #[schemars(length(min = 1, max = 20))]
    pub members: Field<Vec<MemberRole>>,
    /// Why the roles change, for the record; only with `members`.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub reason: Field<Text>,
}

impl TeamPatch {
    /// Whether it changes what only staff may change.
    pub fn is_for_staff(&self) -> bool {
        self.name != Field::Absent || self.members != Field::Absent || self.reason != Field::Absent
    }
}

/// The new role of a member.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TeamMemberRole")]
pub struct MemberRole {
    /// A member of the team.
    pub person_id: Id,
    /// One of the programme's roles; null for none.
    pub role: Option<String>,
}

impl MemberRole {
    /// What is wrong with the role, if the programme has no such role.
    pub fn unknown_role(&self, roles: &[String]) -> Option<String> {
        let role = self.role.as_ref().filter(|role| !roles.contains(role))?;
        Some(match roles {
            [] => "must be null: the programme has no roles".to_owned(),
            roles => format!("{role} is not a role of the programme, which has {}", roles.join(", ")),
        })
    }
}
