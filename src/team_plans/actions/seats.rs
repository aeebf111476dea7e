//! Who is in which team of a draft's round, stored.

use std::collections::BTreeSet;

use crate::{
    cohorts::CohortStaff,
    db::Conn,
    error::Result,
    primitives::{Id, Line},
    team_plans::{model::VersionTeam, rules::TeamMatch},
    teams::{
        self,
        model::{FullRound, Seat, Team, TeamNames, TeamSeats},
        store::NewTeam,
    },
};

/// A team that some people are in.
pub(super) struct Placing {
    /// Which; none for a new one.
    team: Option<Id>,
    /// Its name and place, if it may have to be made again.
    was: Option<(Line, i32)>,
    seats: Vec<Seat>,
}

impl From<TeamMatch> for Placing {
    fn from(matched: TeamMatch) -> Self {
        Self {
            team: matched.team,
            was: None,
            seats: matched.seats,
        }
    }
}

impl From<VersionTeam> for Placing {
    fn from(team: VersionTeam) -> Self {
        Self {
            team: Some(team.id),
            was: Some((team.name, team.position)),
            seats: team.seats,
        }
    }
}

/// Puts people into the teams of a round. A team that goes on keeps its name and place; every other is made, so that no name or
/// link that was given to some people goes to others.
pub(super) fn reseat(
    conn: &mut Conn,
    staff: &CohortStaff,
    round: &FullRound,
    teams: Vec<impl Into<Placing>>,
) -> Result<()> {
    let teams: Vec<Placing> = teams.into_iter().map(Into::into).collect();
    let before = teams::store::teams_in(conn, &[round.round.id])?;
    let stays = |team: &&Team| teams.iter().any(|placing| placing.team == Some(team.id));
    let (stay, go): (Vec<&Team>, Vec<&Team>) = before.iter().partition(stays);
    let taken: BTreeSet<i32> = stay.iter().map(|team| team.position).collect();
    let mut free = (1..).filter(|position| !taken.contains(position));
    let mut names: TeamNames = stay.iter().map(|team| &team.name).collect();
    let (mut members, mut new) = (Vec::new(), Vec::new());
    for Placing { team, was, seats } in teams {
        let id = team.unwrap_or_else(Id::new);
        if !stay.iter().any(|team| team.id == id) {
            let (name, position) = was.unzip();
            let name = match name.filter(|name| names.take(name)) {
                Some(name) => name,
                None => names.take_free()?,
            };
            let position = position.or_else(|| free.next()).unwrap_or(i32::MAX);
            new.push(NewTeam { id, position, name });
        }
        members.push(TeamSeats { team: id, seats });
    }
    let gone: Vec<Id> = go.iter().map(|team| team.id).collect();
    teams::store::delete_teams(conn, staff, &gone)?;
    teams::store::insert_teams(conn, staff, round.round.id, &new)?;
    teams::store::replace_members(conn, staff, round.round.id, &members)
}
