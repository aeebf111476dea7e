//! The versions of a plan: what was done to it, by whom and when, and what its teams were then.

use diesel::prelude::*;

use crate::{
    db::schema::{plan_version_seats, plan_versions},
    primitives::{Id, Instant, Line, text_enum},
    teams::model::{Round, Seat},
};

text_enum! {
    /// What was done to a team plan.
    pub enum PlanAct {
        /// Its teams were formed.
        Formed = "formed",
        /// Two people changed places.
        Swap = "swap",
        /// Somebody went to another team.
        Move = "move",
        /// A round got the teams that were sent.
        Arrangement = "arrangement",
        /// Some teams were formed again.
        Rerun = "rerun",
        /// The teams of a point of its trade-off were taken.
        TradeOff = "trade_off",
        /// The teams of an earlier version were brought back.
        Restoration = "restoration",
        /// Rounds were published.
        Publication = "publication",
        /// A round was taken back from the students.
        Unpublication = "unpublication",
        /// Published teams were repaired.
        Repair = "repair",
        /// Members of a team got other roles.
        Roles = "roles",
        /// Its unpublished rounds were discarded.
        Discard = "discard",
    }
}

impl PlanAct {
    /// Whether other later weeks may be planned along after it.
    pub fn forms_teams(self) -> bool {
        matches!(self, Self::Formed | Self::Rerun | Self::Restoration)
    }

    /// Whether people may be in other teams or have other roles after it.
    fn changes_teams(self) -> bool {
        !matches!(self, Self::Publication | Self::Unpublication | Self::Discard)
    }
}

/// What was done to which rounds of a plan.
pub struct PlanChange {
    /// What was done.
    pub act: PlanAct,
    /// To which rounds.
    pub rounds: Vec<Round>,
    /// Which version was brought back.
    pub restored: Option<i64>,
}

impl PlanChange {
    /// Something other than bringing back an earlier version.
    pub fn new(act: PlanAct, rounds: Vec<Round>) -> Self {
        Self {
            act,
            rounds,
            restored: None,
        }
    }

    /// The weeks of the rounds, in order.
    pub fn weeks(&self) -> Vec<i32> {
        let mut weeks: Vec<i32> = self.rounds.iter().flat_map(|round| round.span().weeks()).collect();
        weeks.sort_unstable();
        weeks
    }

    /// The rounds whose teams may have become others.
    pub fn changed(&self) -> Vec<Id> {
        let changed = self.rounds.iter().filter(|_| self.act.changes_teams());
        changed.map(|round| round.id).collect()
    }
}

/// A version of a plan.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = plan_versions)]
pub struct PlanVersion {
    /// Of which plan.
    pub plan_id: Id,
    /// Number of the version.
    pub version: i64,
    /// What made it; not known of what was there before versions were kept.
    pub act: Option<PlanAct>,
    /// The weeks that this was about, a list as JSON.
    pub weeks: String,
    /// The version that was brought back.
    pub restored: Option<i64>,
    /// The seed that its teams were formed with.
    pub seed: i64,
    /// The later weeks that were planned along with its teams; none if it formed no teams, so that the version before tells.
    pub planned_along: Option<String>,
    /// Who did it.
    pub made_by: Option<Id>,
    /// When it was made.
    pub created_at: Instant,
}

/// Somebody's place in a team as a version had it. It holds until a later version has another for the round.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = plan_version_seats, treat_none_as_default_value = false)]
pub struct VersionSeat {
    /// Of which plan.
    pub plan_id: Id,
    /// Of which version.
    pub version: i64,
    /// In which round.
    pub round_id: Id,
    /// In which team, which need not be there any more.
    pub team_id: Id,
    /// What the team was called.
    pub team_name: Line,
    /// The team's place among those of the round.
    pub team_position: i32,
    /// The person.
    pub person_id: Id,
    /// What they looked after.
    pub role: Option<String>,
    /// Their place in the team.
    pub position: i32,
}

/// A team as a version had it.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionTeam {
    /// Id of the team.
    pub id: Id,
    /// What it was called.
    pub name: Line,
    /// Its place among those of the round.
    pub position: i32,
    /// Who was in it.
    pub seats: Vec<Seat>,
}

impl VersionTeam {
    /// The teams of a round, from the seats of a version in order.
    pub fn of_round(seats: &[VersionSeat], round: Id) -> Vec<Self> {
        let mut teams: Vec<Self> = Vec::new();
        for seat in seats.iter().filter(|seat| seat.round_id == round) {
            let taken = Seat {
                person: seat.person_id,
                role: seat.role.clone(),
            };
            match teams.last_mut().filter(|team| team.id == seat.team_id) {
                Some(team) => team.seats.push(taken),
                None => teams.push(Self {
                    id: seat.team_id,
                    name: seat.team_name.clone(),
                    position: seat.team_position,
                    seats: vec![taken],
                }),
            }
        }
        teams
    }
}
