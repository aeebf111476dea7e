//! Editing plans over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::plans::{PlanView, plan_reply};
use crate::{
    error::{Error, Result},
    primitives::Id,
    team_plans::{
        actions::edits::{self, EditRequest, Effect, SwapOption},
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

/// A swap to look at: of `people`, or of `person_id` with each other person of the round.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewSwapPreview", example = serde_json::json!({"week": 3, "people": ["0ds8x2v4fmg00", "0ds8x2v4fmg01"]}))]
#[schemars(example = serde_json::json!({"week": 3, "person_id": "0ds8x2v4fmg00"}))]
pub struct SwapInQuestion {
    /// A week of the round.
    week: i32,
    /// The two people. If they are in one team, they change roles.
    people: Option<[Id; 2]>,
    /// In place of `people`: somebody whose swaps with all others are looked at.
    person_id: Option<Id>,
}

/// What an edit would do.
#[derive(Serialize, JsonSchema)]
pub(super) struct EffectView {
    /// Whether it would be accepted.
    allowed: bool,
    /// What would change, tier by tier; negative is better.
    change: Change,
    /// Pairs that it brings together and that are together in other weeks too, with the first weeks of those rounds.
    repeats_added: Vec<RepeatedPair<PersonName>>,
    /// Pairs that it separates and that are together in other weeks too, with the first weeks of those rounds.
    repeats_ended: Vec<RepeatedPair<PersonName>>,
    /// The pair rules, locks and sizes that it would break.
    breaks: Vec<DescribedDemand>,
}

impl From<Effect> for EffectView {
    fn from(effect: Effect) -> Self {
        Self {
            allowed: effect.breaks.is_empty(),
            change: effect.change,
            repeats_added: effect.added,
            repeats_ended: effect.ended,
            breaks: effect.breaks,
        }
    }
}

/// What one swap would do, or all swaps of one person.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "SwapPreviewAnswer")]
pub enum PreviewAnswer {
    /// For `people`.
    One(PreviewView),
    /// For `person_id`.
    All(PreviewList),
}

/// What a swap would do.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SwapPreview")]
pub struct PreviewView {
    /// The week of the request.
    week: i32,
    /// The two people of the request.
    people: [Id; 2],
    #[serde(flatten)]
    effect: EffectView,
}

/// What a swap of one person with each other would do.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SwapPreviewList")]
pub struct PreviewList {
    /// The week of the request.
    week: i32,
    /// The person of the request.
    person_id: Id,
    /// A swap with each other person of the round, those that are allowed and cost least first.
    data: Vec<OptionView>,
}

/// What a swap with somebody would do.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SwapOption")]
pub struct OptionView {
    /// With whom.
    with: PersonName,
    #[serde(flatten)]
    effect: EffectView,
}

impl From<SwapOption> for OptionView {
    fn from(option: SwapOption) -> Self {
        Self {
            with: option.other,
            effect: option.effect.into(),
        }
    }
}

/// `POST /v1/team-plans/{id}/swap-previews`
pub async fn preview_swap(call: Call<ById, NoQuery, Json<SwapInQuestion>>) -> Result<Reply<PreviewAnswer>> {
    call.read(|conn, call| {
        let SwapInQuestion {
            week,
            people,
            person_id,
        } = call.body.0;
        let answer = match (people, person_id) {
            (Some(people), None) => PreviewAnswer::One(PreviewView {
                week,
                people,
                effect: edits::preview(conn, &call.actor, call.path.id, week, people)?.into(),
            }),
            (None, Some(person_id)) => {
                let options = edits::preview_all(conn, &call.actor, call.path.id, week, person_id)?;
                PreviewAnswer::All(PreviewList {
                    week,
                    person_id,
                    data: options.into_iter().map(OptionView::from).collect(),
                })
            }
            (None, None) => {
                return Err(Error::field(
                    "/people",
                    "required",
                    "is missing; send it or `person_id`",
                ));
            }
            (Some(_), Some(_)) => {
                let detail = "must be left out where `people` is given";
                return Err(Error::field("/person_id", "invalid", detail));
            }
        };
        Reply::ok(&answer)
    })
    .await
}

/// `POST /v1/team-plans/{id}/swaps`
pub async fn swap_people(call: Call<ById, NoQuery, Json<Swap>>) -> Result<Reply<PlanView>> {
    call.write(|conn, call| {
        let Swap { week, people } = call.body.0;
        let plan = call.path.id;
        let edit = EditRequest::Swap(people);
        plan_reply(edits::edit(
            conn,
            &call.actor,
            plan,
            week,
            edit,
            call.if_match,
            call.now,
        )?)
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
        let plan = call.path.id;
        let edit = EditRequest::Move(person_id, to_team);
        plan_reply(edits::edit(
            conn,
            &call.actor,
            plan,
            week,
            edit,
            call.if_match,
            call.now,
        )?)
    })
    .await
}
