//! What callers send.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Items;
use crate::primitives::{Field, Id, Line, text_enum};

text_enum! {
    /// What a checklist is for.
    pub enum ChecklistScope {
        /// A cohort as a whole.
        Cohort = "cohort",
        /// A week.
        Week = "week",
    }
}

/// What checklists are to be made from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"name": "Before a week", "scope": "week", "items": ["Publish the teams", "Write to the mentors"]}))]
pub struct NewTemplate {
    /// What it is called.
    pub name: Line,
    /// What its checklists are for.
    pub scope: ChecklistScope,
    /// What is to be done, in order.
    pub items: Items,
}

/// What of a template is to be another; what is left out stays.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"items": ["Publish the teams", "Write to the mentors", "Book the room"]}))]
pub struct TemplatePatch {
    /// What it is called.
    #[serde(default)]
    pub name: Field<Line>,
    /// What is to be done, in order.
    #[serde(default)]
    pub items: Field<Items>,
}

/// Where a template is to be copied to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"campus_id": "0ds8x2v4fmg00"}))]
pub struct TemplateFork {
    /// The campus that gets the copy.
    pub campus_id: Id,
    /// What the copy is called; as the template if left out.
    #[serde(default)]
    pub name: Option<Line>,
}

/// Which checklists are to be made.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"template_id": "0ds8x2v4fmg00"}))]
pub struct NewChecklists {
    /// What they are made from: a template of the cohort's campus or of its programme.
    pub template_id: Id,
    /// The number of the week, for a template of weeks; a checklist for each week if left out.
    #[serde(default)]
    pub week: Option<i32>,
}
