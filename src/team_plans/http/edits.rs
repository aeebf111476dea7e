//! Editing plans over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::plans::{PlanView, plan_reply};
use crate::{
    error::Result,
    primitives::Id,
    team_plans::{
        actions::edits::{self, EditRequest},
        model::{Change, DescribedDemand, RepeatedPair},
    },
    teams::model::PersonName,
    web::{ById, Call, Json, NoQuery, Reply},
};

/// Two people to change places.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"week": 3, "people": ["0ds8x2v4fmg00", "0ds8x2v4fmg01"]}))]
pub struct Swap {
    /// A week of the round.
    week: i32,
    /// The two people. If they are in one team, they change roles.
    people: [Id; 2],
}

/// What a swap would do.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SwapPreview")]
pub struct PreviewView {
    /// The week of the request.
    week: i32,
    /// The two people of the request.
    people: [Id; 2],
    /// Whether the swap would be accepted.
    allowed: bool,
    /// What would change, tier by tier; negative is better.
    change: Change,
    /// Pairs that the swap brings together and that are together in other weeks too, with the first weeks of those
    /// rounds.
    repeats_added: Vec<RepeatedPair<PersonName>>,
    /// Pairs that the swap separates and that are together in other weeks too, with the first weeks of those rounds.
    repeats_ended: Vec<RepeatedPair<PersonName>>,
    /// The pair rules, locks and sizes that it would break.
    breaks: Vec<DescribedDemand>,
}

/// `POST /v1/team-plans/{id}/swap-previews`
pub async fn preview_swap(call: Call<ById, NoQuery, Json<Swap>>) -> Result<Reply<PreviewView>> {
    call.read(|conn, call| {
        let Swap { week, people } = call.body.0;
        let preview = edits::preview(conn, &call.actor, call.path.id, week, people)?;
        Reply::ok(&PreviewView {
            week,
            people,
            allowed: preview.breaks.is_empty(),
            change: preview.change,
            repeats_added: preview.added,
            repeats_ended: preview.ended,
            breaks: preview.breaks,
        })
    })
    .await
}

/// `POST /v1/team-plans/{id}/swaps`
pub async fn swap(call: Call<ById, NoQuery, Json<Swap>>) -> Result<Reply<PlanView>> {
    call.write(|conn, call| {
        let Swap { week, people } = call.body.0;
        let which = (call.path.id, week);
        let edit = EditRequest::Swap(people);
        plan_reply(edits::edit(conn, &call.actor, which, edit, call.if_match, call.now)?)
    })
    .await
}

/// Somebody to go to another team.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"week": 3, "person_id": "0ds8x2v4fmg00", "to_team": "0ds8x2v4fmg02"}))]
pub struct MoveTo {
    /// A week of the round.
    week: i32,
    /// Who moves.
    person_id: Id,
    /// The team of that round they go to.
    to_team: Id,
}

/// `POST /v1/team-plans/{id}/moves`
pub async fn move_person(call: Call<ById, NoQuery, Json<MoveTo>>) -> Result<Reply<PlanView>> {
    call.write(|conn, call| {
        let MoveTo {
            week,
            person_id,
            to_team,
        } = call.body.0;
        let which = (call.path.id, week);
        let edit = EditRequest::Move(person_id, to_team);
        plan_reply(edits::edit(conn, &call.actor, which, edit, call.if_match, call.now)?)
    })
    .await
}
