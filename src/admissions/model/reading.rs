//! By what applications are read, and what the panel thinks of them.

use std::collections::BTreeMap;

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::model::PersonCard,
    cohorts::model::Cohort,
    db::schema::{application_recusals, application_scores},
    primitives::{Id, Instant, Language, Line, Stored, Text, Word, time::TimeZone},
};

/// One thing that applications are read for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// By which points are given; no two have the same.
    pub key: Word,
    /// What it is called, in one language or several.
    pub label: BTreeMap<Language, Line>,
    /// How many points can be given.
    #[schemars(range(min = 1, max = 10))]
    pub most: i32,
    /// How much it counts beside the others.
    #[schemars(range(min = 1, max = 10))]
    pub weight: i32,
}

/// By what applications are read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"blind": true, "criteria": [
    {"key": "curiosity", "label": {"en": "Curiosity"}, "most": 5, "weight": 2},
    {"key": "kindness", "label": {"en": "Kindness"}, "most": 5, "weight": 1},
]}))]
pub struct NewRubric {
    /// Whether readers see no names before they have scored.
    #[serde(default)]
    pub blind: bool,
    /// What is read for.
    #[schemars(length(min = 1, max = 20))]
    pub criteria: Vec<Criterion>,
}

/// By the keys of the criteria.
pub type Points = BTreeMap<Word, i32>;

/// What somebody on the panel thinks of an application.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = application_scores, primary_key(application_id, person_id), treat_none_as_null = true,
    treat_none_as_default_value = false)]
pub struct Score {
    pub application_id: Id,
    pub person_id: Id,
    /// None if they abstain.
    pub points: Option<Stored<Points>>,
    pub note: Option<Text>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// The same as it is given.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewApplicationScore", example = serde_json::json!({"points": {"curiosity": 4, "kindness": 5}, "note": "Asks good questions."}))]
pub struct NewScore {
    /// For each criterion; left out by who abstains.
    #[serde(default)]
    pub points: Option<Points>,
    /// Why; others on the panel read it once they have scored.
    #[serde(default)]
    pub note: Option<Text>,
}

/// Somebody who reads applications.
#[derive(Clone, Debug, Queryable)]
pub struct PanelMember {
    pub person: PersonCard,
    pub created_at: Instant,
}

/// A panel that somebody is on.
#[derive(Clone, Debug)]
pub struct OwnPanel {
    pub cohort: Cohort,
    pub campus_name: Line,
    /// By whose clocks its days go.
    pub zone: TimeZone,
}

/// How much somebody on a panel has read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Queue {
    /// Applications of which they have not said yet what they think.
    pub to_read: usize,
    /// Applications that wait for a decision too, of which they have.
    pub read: usize,
}

/// Somebody who has said that they should not decide about an application.
#[derive(Clone, Copy, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = application_recusals)]
pub struct Recusal {
    pub application_id: Id,
    pub person_id: Id,
    pub created_at: Instant,
}
