//! What callers send.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Answer, Answers, Question};
use crate::primitives::{Date, Field, GivenBound, Line, Text, TimeOfDay, Url, Word};

/// How people come into a cohort.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "opens_at": "2027-02-01", "closes_at": "2027-02-28", "places": 16, "reply_days": 5, "keep_months": 6,
    "precourse": "Finish the first two chapters.", "precourse_url": "https://example.org/precourse",
}))]
pub struct NewIntake {
    /// From this day on people can say that they are interested, and are told when applications open.
    #[serde(default)]
    pub interest_from: Option<Date>,
    /// When applications open: a date begins at its first midnight.
    pub opens_at: GivenBound,
    /// When they close: a date is open to its last midnight. What arrives at that moment is late.
    pub closes_at: GivenBound,
    /// The first day of interviews.
    #[serde(default)]
    pub interviews_from: Option<Date>,
    /// The last day of interviews.
    #[serde(default)]
    pub interviews_to: Option<Date>,
    /// The first day of the trial week, if there is one: then a round offers places only to those who took part in it.
    #[serde(default)]
    pub trial_from: Option<Date>,
    /// Its last day.
    #[serde(default)]
    pub trial_to: Option<Date>,
    /// Where people come to, for those who are invited to it.
    #[serde(default)]
    pub trial_place: Option<Line>,
    /// Where they meet online or read more, for those who are invited to it.
    #[serde(default)]
    pub trial_url: Option<Url>,
    /// When it begins on its first day, by the clocks of the campus, for those who are invited to it.
    #[serde(default)]
    pub trial_starts: Option<TimeOfDay>,
    /// How many are taken.
    #[schemars(range(min = 1, max = 500))]
    pub places: i32,
    /// When the campus will have decided.
    #[serde(default)]
    pub decide_by: Option<Date>,
    /// In how many working days of the campus an offer is answered.
    #[schemars(range(min = 1, max = 60))]
    pub reply_days: i32,
    /// The last day on which a free place goes to the next on the waiting list; the day before the cohort starts if left out.
    #[serde(default)]
    pub waiting_list_until: Option<Date>,
    /// What is done before the cohort begins: told to those who have accepted.
    #[serde(default)]
    pub precourse: Option<Text>,
    /// Where that is.
    #[serde(default)]
    pub precourse_url: Option<Url>,
    /// How many months after their end applications that led nowhere are erased, unless the applicant agrees that they are kept.
    #[schemars(range(min = 1, max = 60))]
    pub keep_months: i32,
}

/// What applicants are asked.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewApplicationForm", example = serde_json::json!({"questions": [
    {"key": "why", "kind": "text", "label": {"en": "Why do you want to come?", "ar": "لماذا تريد الانضمام؟"}, "required": true},
    {"key": "points", "kind": "evidence", "label": {"en": "Your profile, with 100 points"}, "required": true, "at_least": 100},
]}))]
pub struct NewForm {
    /// In the order in which they are asked.
    #[schemars(length(min = 1, max = 40))]
    pub questions: Vec<Question>,
}

/// An application that is begun.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"answers": {"why": "I like to learn with others."}}))]
pub struct NewApplication {
    /// By the keys of the questions. Those that are missing can follow.
    #[serde(default)]
    pub answers: Answers,
    /// Whether the applicant agrees that it is kept when it has led nowhere.
    #[serde(default)]
    pub may_be_kept: bool,
}

/// What of an application is to be another.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"answers": {"why": "I like to learn with others, and to teach."}}))]
pub struct ApplicationPatch {
    /// Of a draft: answers by the keys of the questions. Others stay; `null` takes one away.
    #[serde(default)]
    pub answers: Field<BTreeMap<Word, Option<Answer>>>,
    /// Whether the applicant agrees that it is kept when it has led nowhere. This can be changed at any time.
    #[serde(default)]
    pub may_be_kept: Field<bool>,
}
