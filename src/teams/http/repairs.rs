//! Repairs over HTTP.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    error::Result,
    primitives::{Cursor, Id, Instant, Limit, Line, Page, Text},
    teams::{
        actions::{self, MadeRepair, OptionsFor},
        model::{PersonName, TeamRecord},
        rules::{Move, Names, Proposal},
    },
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// Ways to make a published round right again.
#[derive(Serialize, JsonSchema)]
pub struct RepairProposals {
    /// Up to three, those with the fewest moves first, that break no rule or lock; none if nothing is
    /// wrong.
    data: Vec<RepairOption>,
    /// Those in teams of the round who leave before it ends or are absent from all of it.
    gone: Vec<PersonName>,
    /// Those who are there and in no team.
    without_team: Vec<PersonName>,
}

/// One of them.
#[derive(Serialize, JsonSchema)]
pub struct RepairOption {
    /// From 1.
    option: usize,
    /// For `POST /v1/teams/{id}/repairs`.
    moves: Vec<Move>,
    /// The moves in words.
    description: Vec<String>,
    /// The sizes of the round's teams then; a dissolved one has 0.
    sizes: Vec<usize>,
    /// Whether these are sizes that were asked for.
    sizes_kept: bool,
    /// Repeats more than if those who are gone just left.
    repeats_delta: i64,
}

fn option((number, proposal): (usize, Proposal), names: &Names, teams: &BTreeMap<Id, Line>) -> RepairOption {
    let team = |id: Id| teams.get(&id).map_or_else(|| id.to_string(), ToString::to_string);
    let told = |step: &Move| {
        let name = names.of(step.person).name;
        match (step.from_team, step.to_team) {
            (None, None) => name,
            (Some(from), None) => format!("{name} leaves {}", team(from)),
            (None, Some(to)) => format!("{name} joins {}", team(to)),
            (Some(from), Some(to)) => format!("{name} goes from {} to {}", team(from), team(to)),
        }
    };
    RepairOption {
        option: number,
        description: proposal.moves.iter().map(told).collect(),
        moves: proposal.moves,
        sizes: proposal.sizes,
        sizes_kept: proposal.sizes_kept,
        repeats_delta: proposal.repeats_delta,
    }
}

/// `POST /v1/teams/{id}/repair-proposals`
pub async fn propose_repairs(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<RepairProposals>> {
    call.read(|conn, call| {
        let OptionsFor {
            options,
            gone,
            without_team,
            names,
            teams,
        } = actions::propose(conn, &call.actor, call.path.id)?;
        Reply::ok(&RepairProposals {
            data: (1..).zip(options).map(|each| option(each, &names, &teams)).collect(),
            gone,
            without_team,
        })
    })
    .await
}

/// A repair.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "moves": [{"person_id": "0ds8x2v4fmg00", "from_team": "0ds8x2v4fmg01", "to_team": null}],
    "reason": "Amal has left the course.",
}))]
pub struct NewRepair {
    /// As a proposal gives them, or one's own.
    #[schemars(length(min = 1, max = 100))]
    moves: Vec<NewMove>,
    /// Why; for staff only.
    #[schemars(length(min = 1))]
    reason: Text,
}

/// One person's move between teams of the round.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewTeamMove")]
pub struct NewMove {
    person_id: Id,
    /// The team they leave; absent or null for somebody who was in none.
    from_team: Option<Id>,
    /// The team they join; absent or null for somebody who is gone, and for nobody else.
    to_team: Option<Id>,
}

impl From<NewMove> for Move {
    fn from(new: NewMove) -> Self {
        Self {
            person: new.person_id,
            from_team: new.from_team,
            to_team: new.to_team,
        }
    }
}

/// A change to a published round.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TeamRepair")]
pub struct RepairView {
    id: Id,
    cohort_id: Id,
    first_week: i32,
    last_week: i32,
    reason: Text,
    /// The teams concerned, before.
    before: Vec<TeamRecord>,
    /// And after.
    after: Vec<TeamRecord>,
    /// Whether these then had sizes that were asked for. A repair may leave them.
    sizes_kept: bool,
    /// Who did it; null if their account is gone.
    made_by: Option<Id>,
    created_at: Instant,
}

impl From<MadeRepair> for RepairView {
    fn from(made: MadeRepair) -> Self {
        Self {
            id: made.repair.id,
            cohort_id: made.round.cohort_id,
            first_week: made.round.first_week,
            last_week: made.round.last_week,
            reason: made.repair.reason,
            before: made.before,
            after: made.after,
            sizes_kept: made.sizes_kept,
            made_by: made.repair.made_by,
            created_at: made.repair.created_at,
        }
    }
}

/// `POST /v1/teams/{id}/repairs`
pub async fn repair(call: Call<ById, NoQuery, Json<NewRepair>>) -> Result<Reply<RepairView>> {
    call.write(|conn, call| {
        let NewRepair { moves, reason } = &call.body.0;
        let moves: Vec<Move> = moves.iter().cloned().map(Into::into).collect();
        let what = (call.path.id, moves.as_slice(), reason);
        let made = RepairView::from(actions::repair(conn, &call.actor, what, call.if_match, call.now)?);
        Reply::created(format!("/v1/cohorts/{}/team-repairs", made.cohort_id), &made)
    })
    .await
}

/// A page of repairs.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RepairsQuery {
    #[serde(default)]
    limit: Limit,
    cursor: Option<Cursor>,
}

/// `GET /v1/cohorts/{id}/team-repairs`
pub async fn repairs(call: Call<ById, RepairsQuery, NoBody>) -> Result<Reply<Page<RepairView>>> {
    call.read(|conn, call| {
        let RepairsQuery { limit, cursor } = &call.query;
        let made = actions::repairs(conn, &call.actor, call.path.id, *limit, cursor.as_ref())?;
        Reply::page(&made.map(RepairView::from))
    })
    .await
}
