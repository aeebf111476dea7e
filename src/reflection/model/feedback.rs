//! What team mates tell each other.

use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    accounts::model::PersonCard,
    db::schema::peer_feedback,
    primitives::{Id, Text},
};

/// What one member of a team tells another at the end of the round. Its id is random, and it has no time.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = peer_feedback, treat_none_as_default_value = false)]
pub struct Feedback {
    pub id: Id,
    pub cohort_id: Id,
    pub team_id: Id,
    pub giver_id: Id,
    pub receiver_id: Id,
    pub text: Text,
    pub anonymous: bool,
    /// Which time something was shown to the receiver; none until it is.
    pub batch: Option<i32>,
    /// The first day of the week in which it was.
    pub released_on: Option<NaiveDate>,
}

/// What to tell a team mate.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"text": "You asked the question all of us had.", "anonymous": true}))]
pub struct NewFeedback {
    /// What to tell them.
    pub text: Text,
    /// Whether they are not to know by whom it is.
    pub anonymous: bool,
}

/// Feedback as whom it is for reads it.
pub struct Released {
    pub feedback: Feedback,
    /// By whom it is; none if it is anonymous.
    pub giver: Option<PersonCard>,
}
