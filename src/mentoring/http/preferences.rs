//! Wishes for mentoring over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::actions::{self, NewWishes, Wished};
use crate::{
    error::Result,
    primitives::{Id, Instant, Page},
    teams::model::PersonName,
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// What somebody wishes for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"ranked": ["0ds8x2v4fmg00", "0ds8x2v4fmg02"], "at_most": 1}))]
pub struct NewMentorPreferences {
    /// Up to 50 slots of the cohort, the best first.
    ranked: Vec<Id>,
    /// People with whom the caller takes a slot that both wish for, or not at all. It counts if they say the same.
    #[serde(default)]
    together_with: Vec<Id>,
    /// How many slots of the cohort the caller takes at the most, from 1, those included that they have; as many as they
    /// rank if left out.
    #[serde(default)]
    #[schemars(range(min = 1, max = 100))]
    at_most: Option<i32>,
}

/// What somebody wishes for in a cohort.
#[derive(Serialize, JsonSchema)]
pub struct MentorPreferences {
    /// The cohort.
    cohort_id: Id,
    /// Who wishes.
    person: PersonName,
    /// Slots, the best first.
    ranked: Vec<Id>,
    /// With whom they take a slot that both wish for, or not at all.
    together_with: Vec<PersonName>,
    /// How many slots they take at the most; null for as many as they rank.
    at_most: Option<i32>,
    /// How many more they would take, besides those they have in the cohort; 0 if no wish can come true.
    remaining: usize,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// When they were last changed.
    updated_at: Instant,
}

impl From<Wished> for MentorPreferences {
    fn from(wished: Wished) -> Self {
        Self {
            cohort_id: wished.preference.cohort_id,
            person: wished.person,
            ranked: wished.ranked,
            together_with: wished.together_with,
            at_most: wished.preference.at_most,
            remaining: wished.remaining,
            version: wished.preference.version,
            updated_at: wished.preference.updated_at,
        }
    }
}

fn reply(wished: Wished) -> Result<Reply<MentorPreferences>> {
    let preferences = MentorPreferences::from(wished);
    Ok(Reply::ok(&preferences)?.version(preferences.version))
}

/// `GET /v1/cohorts/{id}/mentor-preferences`
pub async fn list_mentor_preferences(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<MentorPreferences>>> {
    call.read(|conn, call| {
        let wishes = actions::wishes(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(wishes).map(MentorPreferences::from))
    })
    .await
}

/// `GET /v1/cohorts/{id}/mentor-preferences/me`
pub async fn get_own_mentor_preferences(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<MentorPreferences>> {
    call.read(|conn, call| reply(actions::own_wishes(conn, &call.actor, call.path.id)?))
        .await
}

/// `PUT /v1/cohorts/{id}/mentor-preferences/me`
pub async fn set_own_mentor_preferences(
    call: Call<ById, NoQuery, Json<NewMentorPreferences>>,
) -> Result<Reply<MentorPreferences>> {
    call.write(|conn, call| {
        let wishes = NewWishes {
            ranked: call.body.ranked.clone(),
            together_with: call.body.together_with.clone(),
            at_most: call.body.at_most,
        };
        reply(actions::set_wishes(
            conn,
            &call.actor,
            call.path.id,
            &wishes,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// `DELETE /v1/cohorts/{id}/mentor-preferences/me`
pub async fn delete_own_mentor_preferences(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete_wishes(conn, &call.actor, call.path.id, call.if_match)?;
        Ok(Reply::no_content())
    })
    .await
}
