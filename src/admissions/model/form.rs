//! What applicants are asked, and what they answer.

use std::collections::BTreeMap;

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    db::schema::application_forms,
    primitives::{Id, Instant, Language, Line, Stored, Text, Word, text_enum},
};

text_enum! {
    /// How a question is answered.
    pub enum QuestionKind {
        /// In one's own words.
        Text = "text",
        /// With one of several choices.
        Choice = "choice",
        /// With an address.
        Link = "link",
        /// With a whole number.
        Number = "number",
        /// With the address of something that can be looked at, such as a profile, and how far one has come there.
        Evidence = "evidence",
    }
}

/// The same in several languages.
pub type Words = BTreeMap<Language, Line>;

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ApplicationChoice")]
pub struct Choice {
    /// What is answered.
    pub value: Word,
    /// What it is called, in one language or several.
    pub label: Words,
    /// What it adds to the panel's average of 0 to 100 when applications are ranked, by the campus's rule: everybody reads it
    /// here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 100))]
    pub points: Option<i32>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ApplicationQuestion")]
pub struct Question {
    /// By which it is answered; no two have the same.
    pub key: Word,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What is asked, in one language or several.
    pub label: Words,
    /// What helps to answer it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub help: Words,
    /// Whether nobody applies without an answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// What can be chosen: of a `choice` 2 to 30, else none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 30))]
    pub choices: Vec<Choice>,
    /// Whether the answer counts as the form says and is shown to nobody but the applicant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confidential: bool,
    /// Of `evidence`: the value to reach before applications close, such as 100 points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i32>,
    /// Of `evidence` of which less is more, such as a rank: the largest value allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<i32>,
}

/// What one question is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "must be a text or a whole number")]
#[schemars(rename = "ApplicationAnswer")]
pub enum Answer {
    /// Of a `number`.
    Number(i32),
    /// Of all others: a text, the value of a choice, or an address.
    Text(Text),
}

/// By the keys of the questions.
pub type Answers = BTreeMap<Word, Answer>;

/// A version of a form.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = application_forms)]
pub struct Form {
    pub id: Id,
    pub cohort_id: Id,
    /// From 1.
    pub number: i32,
    pub questions: Stored<Vec<Question>>,
    pub created_at: Instant,
}
