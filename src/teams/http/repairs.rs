//! Repairs over HTTP.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    error::Result,
    primitives::{Date, Id, Instant, Line, Page, Period, Text, list_query},
    teams::{
        actions::{self, MadeRepair, OptionsFor},
        model::{Names, PersonName, Seat, TeamRecord},
        rules::{Move, Proposal},
    },
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// Ways to make a published round right again.
#[derive(Serialize, JsonSchema)]
pub struct RepairProposals {
    /// Up to three proposals that break no rule or lock, those with the fewest moves first; none if nothing needs
    /// repair.
    data: Vec<RepairOption>,
    /// People in teams of the round who leave before it ends or miss all of it.
    gone: Vec<PersonName>,
    /// People who are present and in no team.
    without_team: Vec<PersonName>,
}

/// One of them.
#[derive(Serialize, JsonSchema)]
pub struct RepairOption {
    /// Its number, from 1.
    option: usize,
    /// The moves, to send to `POST /v1/teams/{id}/repairs`.
    moves: Vec<Move>,
    /// The moves in words.
    description: Vec<String>,
    /// The sizes of the round's teams afterwards; a dissolved team has 0.
    sizes: Vec<usize>,
    /// Whether these are sizes that were asked for.
    sizes_kept: bool,
    /// How many more repeats there are than if those who are gone simply left.
    repeats_delta: i64,
}

pub(super) fn option((number, proposal): (usize, Proposal), names: &Names, teams: &BTreeMap<Id, Line>) -> RepairOption {
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
        } = actions::propose_repairs(conn, &call.actor, call.path.id)?;
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
    /// The moves of a proposal, or your own.
    #[schemars(length(min = 1, max = 100))]
    moves: Vec<NewMove>,
    /// Why, seen by staff only.
    #[schemars(length(min = 1))]
    reason: Text,
}

/// One person's move between teams of the round.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewTeamMove")]
pub struct NewMove {
    /// Who moves.
    person_id: Id,
    /// The team they leave; null or left out for somebody who was in none.
    from_team: Option<Id>,
    /// The team they join; null or left out only for somebody who is gone.
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

/// A team as a repair found or left it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TeamRecord")]
pub struct RepairedTeam {
    /// The team's id.
    id: Id,
    /// The team's name at that time.
    name: Line,
    /// Its members.
    members: Vec<RepairedMember>,
}

/// Somebody in it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TeamSeat")]
pub struct RepairedMember {
    /// The person's id.
    person_id: Id,
    /// What they are called; null if their account is gone.
    name: Option<String>,
    /// What they looked after; null for nothing.
    role: Option<String>,
}

impl RepairedTeam {
    fn new(team: TeamRecord, names: &Names) -> Self {
        let member = |seat: Seat| RepairedMember {
            person_id: seat.person,
            name: names.get(seat.person),
            role: seat.role,
        };
        Self {
            id: team.id,
            name: team.name,
            members: team.members.into_iter().map(member).collect(),
        }
    }
}

/// A change to a published round.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TeamRepair")]
pub struct RepairView {
    /// The repair's id.
    id: Id,
    /// The cohort.
    cohort_id: Id,
    /// First week of the round.
    first_week: i32,
    /// Last week of the round.
    last_week: i32,
    /// Why it was made.
    reason: Text,
    /// The changed teams before.
    before: Vec<RepairedTeam>,
    /// The changed teams afterwards.
    after: Vec<RepairedTeam>,
    /// Whether their sizes afterwards are sizes that were asked for.
    sizes_kept: bool,
    /// Who made it; null if their account is gone.
    made_by: Option<Id>,
    /// What they are called; null if their account is gone.
    made_by_name: Option<String>,
    /// When it was made.
    created_at: Instant,
}

impl From<MadeRepair> for RepairView {
    fn from(made: MadeRepair) -> Self {
        let names = &made.names;
        let team = |team: TeamRecord| RepairedTeam::new(team, names);
        Self {
            id: made.repair.id,
            cohort_id: made.round.cohort_id,
            first_week: made.round.first_week,
            last_week: made.round.last_week,
            reason: made.repair.reason,
            before: made.before.into_iter().map(team).collect(),
            after: made.after.into_iter().map(team).collect(),
            sizes_kept: made.sizes_kept,
            made_by: made.repair.made_by,
            made_by_name: made.repair.made_by.and_then(|id| names.get(id)),
            created_at: made.repair.created_at,
        }
    }
}

/// `POST /v1/teams/{id}/repairs`
pub async fn repair_teams(call: Call<ById, NoQuery, Json<NewRepair>>) -> Result<Reply<RepairView>> {
    call.write(|conn, call| {
        let NewRepair { moves, reason } = &call.body.0;
        let moves: Vec<Move> = moves.iter().cloned().map(Into::into).collect();
        let made = actions::repair(conn, &call.actor, call.path.id, &moves, reason, call.if_match, call.now)?;
        let made = RepairView::from(made);
        Reply::created(format!("/v1/cohorts/{}/team-repairs", made.cohort_id), &made)
    })
    .await
}

list_query! {
    /// A page of repairs.
    pub struct RepairsQuery {
        /// Only repairs that were made on this day or later, in UTC.
        from: Option<Date>,
        /// Only repairs that were made on this day or earlier, in UTC.
        to: Option<Date>,
    }
}

/// `GET /v1/cohorts/{id}/team-repairs`
pub async fn list_team_repairs(call: Call<ById, RepairsQuery, NoBody>) -> Result<Reply<Page<RepairView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let period = Period::of(query.from, query.to)?;
        let made = actions::list_repairs(
            conn,
            &call.actor,
            call.path.id,
            period,
            query.limit,
            query.cursor.as_ref(),
        )?;
        call.page(made.map(RepairView::from))
    })
    .await
}
