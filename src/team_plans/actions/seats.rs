//! Who is in which team of a draft's round, stored.

use std::collections::BTreeSet;

use crate::{
    cohorts::CohortStaff,
    db::Conn,
    error::Result,
    primitives::Id,
    team_plans::rules::Matched,
    teams::{
        self,
        model::{FullRound, Team, TeamNames},
        store::NewTeam,
    },
};

/// Puts people into the teams of a round. A team that goes on keeps its name and place; every other is a new one, so that no
/// name or link that was given to some people goes to others.
pub(super) fn reseat(conn: &mut Conn, staff: &CohortStaff, round: &FullRound, teams: Vec<Matched>) -> Result<()> {
    let before = teams::store::round(conn, round.round.id)?;
    let stays = |team: &&Team| teams.iter().any(|matched| matched.team == Some(team.id));
    let (stay, go): (Vec<&Team>, Vec<&Team>) = before.iter().partition(stays);
    let taken: BTreeSet<i32> = stay.iter().map(|team| team.position).collect();
    let mut free = (1..).filter(|position| !taken.contains(position));
    let mut names: TeamNames = stay.iter().map(|team| &team.name).collect();
    let (mut members, mut new) = (Vec::new(), Vec::new());
    for Matched { team, seats } in teams {
        let id = match team {
            Some(id) => id,
            None => {
                let position = free.next().unwrap_or(i32::MAX);
                let (id, name) = (Id::new(), names.take_free()?);
                new.push(NewTeam { id, position, name });
                id
            }
        };
        members.push((id, seats));
    }
    let gone: Vec<Id> = go.iter().map(|team| team.id).collect();
    teams::store::remove_teams(conn, staff, &gone)?;
    teams::store::insert_teams(conn, staff, round.round.id, &new)?;
    teams::store::replace_members(conn, staff, round.round.id, &members)
}
