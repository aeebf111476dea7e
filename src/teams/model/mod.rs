//! Rounds, teams, who is in them, and repairs.

mod company;
mod encounters;
mod names;
mod patch;
mod repair;
mod team_names;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

pub use company::{Company, Teammate};
pub use encounters::{Encounter, Encounters, encounters};
pub use names::{Names, PersonName, TeamName};
pub use patch::{MemberRole, TeamPatch};
pub use repair::{TeamRecord, TeamRepair};
pub use team_names::TeamNames;

use crate::{
    accounts::model::PersonCard,
    audit::audited,
    db::schema::{rounds, team_members, teams},
    primitives::{Id, Instant, Line, Url},
};

/// One or more consecutive weeks for which the same teams stand.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = rounds, treat_none_as_default_value = false)]
pub struct Round {
    /// Its id.
    pub id: Id,
    /// What it is part of.
    pub plan_id: Id,
    /// Its cohort.
    pub cohort_id: Id,
    /// Its first week.
    pub first_week: i32,
    /// Its last week.
    pub last_week: i32,
    /// Since when the students see it.
    pub published_at: Option<Instant>,
}

impl Round {
    /// Its weeks.
    pub fn span(&self) -> Span {
        Span {
            first: self.first_week,
            last: self.last_week,
        }
    }
}

/// A team of a round.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = teams, treat_none_as_default_value = false)]
pub struct Team {
    /// Its id.
    pub id: Id,
    /// Its round.
    pub round_id: Id,
    /// Its place among the teams of the round, from 1.
    pub position: i32,
    /// What it is called.
    pub name: Line,
    /// Where its code is.
    pub repository_url: Option<Url>,
    /// Where its product runs.
    pub deployed_url: Option<Url>,
    /// Counts the changes.
    pub version: i64,
}

/// Somebody in a team.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = team_members, treat_none_as_default_value = false)]
pub struct Member {
    /// In which round.
    pub round_id: Id,
    /// The person.
    pub person_id: Id,
    /// In which team.
    pub team_id: Id,
    /// What they look after.
    pub role: Option<String>,
    /// Their place in the team, from 1.
    pub position: i32,
}

/// Somebody in a team, with their role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Who it is.
    #[serde(rename = "person_id")]
    pub person: Id,
    /// What they looked after.
    pub role: Option<String>,
}

/// Somebody joins a team and takes a role that it lacks: their own if it does, else the first such role of the programme.
pub fn take_seat(seats: &mut Vec<Seat>, person: Id, own: Option<&String>, roles: &[String]) {
    let lacks = |role: &&String| !seats.iter().any(|seat| seat.role.as_ref() == Some(*role));
    let wanted = own.into_iter().chain(roles).find(lacks);
    let role = wanted.or(own).or(roles.first()).cloned();
    seats.push(Seat { person, role });
}

/// Consecutive weeks, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First week.
    pub first: i32,
    /// Last week.
    pub last: i32,
}

impl Span {
    /// Whether the week is one of them.
    pub fn has(self, week: i32) -> bool {
        (self.first..=self.last).contains(&week)
    }

    /// Whether they have a week in common.
    pub fn overlaps(self, other: Span) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Each of them.
    pub fn weeks(self) -> impl Iterator<Item = i32> {
        self.first..=self.last
    }
}

/// Who is in which team of a round, and nothing else about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seated {
    /// Its weeks.
    pub span: Span,
    /// The members of each team.
    pub teams: Vec<Vec<Seat>>,
}

/// A team by its id, with who is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamSeats {
    /// Which team.
    pub team: Id,
    /// Who is in it.
    pub seats: Vec<Seat>,
}

impl TeamSeats {
    /// Whether somebody is in it.
    pub fn has(&self, person: Id) -> bool {
        self.seats.iter().any(|seat| seat.person == person)
    }
}

/// A team with its members in order.
#[derive(Clone, Debug)]
pub struct FullTeam {
    /// The team as it is stored.
    pub team: Team,
    /// Who is in it.
    pub members: Vec<(Member, PersonCard)>,
}

impl FullTeam {
    /// Somebody's place in it.
    pub fn seat_of(&self, person: Id) -> Option<&Member> {
        self.members
            .iter()
            .map(|(member, _)| member)
            .find(|member| member.person_id == person)
    }

    /// Who is in it, without names.
    pub fn seats(&self) -> Vec<Seat> {
        let seat = |(member, _): &(Member, PersonCard)| Seat {
            person: member.person_id,
            role: member.role.clone(),
        };
        self.members.iter().map(seat).collect()
    }
}

/// A round with its teams in order.
#[derive(Clone, Debug)]
pub struct FullRound {
    /// The round it is about.
    pub round: Round,
    /// Its teams.
    pub teams: Vec<FullTeam>,
}

impl FullRound {
    /// Who is in which team.
    pub fn seated(&self) -> Seated {
        Seated {
            span: self.round.span(),
            teams: self.teams.iter().map(FullTeam::seats).collect(),
        }
    }

    /// The same by the ids of the teams.
    pub fn team_seats(&self) -> Vec<TeamSeats> {
        let team = |full: &FullTeam| TeamSeats {
            team: full.team.id,
            seats: full.seats(),
        };
        self.teams.iter().map(team).collect()
    }

    /// Its teams, in order, with these people in them.
    pub fn reseated(&self, teams: Vec<Vec<Seat>>) -> Vec<TeamSeats> {
        let team = |(full, seats): (&FullTeam, Vec<Seat>)| TeamSeats {
            team: full.team.id,
            seats,
        };
        self.teams.iter().zip(teams).map(team).collect()
    }
}

audited!(Team { name; repository_url, deployed_url });
