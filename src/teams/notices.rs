//! What members of teams are told in the app.

use super::{model::Round, store};
use crate::{
    cohorts,
    db::Conn,
    error::Result,
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
    primitives::Id,
};

/// That the teams of a round are published, to everybody in them.
///
/// # Errors
/// `404` if the round is gone.
pub fn round_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.kind != "round.published" {
        return Ok(None);
    }
    let round = store::round(conn, event.object_id)?;
    let teams = store::teams_of(conn, &[round.id])?;
    let people = teams
        .iter()
        .flat_map(|team| &team.members)
        .map(|(member, _)| member.person_id);
    let title = format!("Your team for {} is published.", weeks(conn, &round)?);
    Ok(round.published_at.map(|_| to(people.collect(), title)))
}

/// That people were moved between published teams, to those who are in them.
///
/// # Errors
/// `404` if the team is gone.
pub fn team_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.kind != "team.repaired" {
        return Ok(None);
    }
    let store::TeamPlace { team, round } = store::team(conn, event.object_id)?;
    let teams = store::teams_of(conn, &[round.id])?;
    let own = teams.iter().filter(|full| full.team.id == team.id);
    let people = own.flat_map(|full| &full.members).map(|(member, _)| member.person_id);
    let title = format!("Your team {} for {} has changed.", team.name, weeks(conn, &round)?);
    Ok(round.published_at.map(|_| to(people.collect(), title)))
}

fn weeks(conn: &mut Conn, round: &Round) -> Result<String> {
    let cohort = cohorts::store::cohort(conn, round.cohort_id)?.name;
    Ok(match round.first_week == round.last_week {
        true => format!("week {} of {cohort}", round.first_week),
        false => format!("weeks {} to {} of {cohort}", round.first_week, round.last_week),
    })
}

fn to(people: Vec<Id>, title: String) -> Notice {
    Notice {
        kind: NoticeKind::Teams,
        people,
        title,
        has_letter: false,
    }
}
