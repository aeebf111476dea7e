//! What members of teams are told in the app.

use std::collections::BTreeSet;

use super::{
    model::{FullTeam, Round},
    store,
};
use crate::{
    cohorts,
    db::Conn,
    error::Result,
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
    primitives::Id,
    students::{self, model::EnrolmentStatus},
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
    let people = there(conn, &round, &teams.iter().collect::<Vec<_>>())?;
    let text = match round.first_week == round.last_week {
        true => Text::NoticeTeamPublished,
        false => Text::NoticeTeamPublishedWeeks,
    };
    let values = weeks(conn, &round)?;
    Ok(round.published_at.map(|_| to(people, text, values)))
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
    let own: Vec<&FullTeam> = teams.iter().filter(|full| full.team.id == team.id).collect();
    let people = there(conn, &round, &own)?;
    let text = match round.first_week == round.last_week {
        true => Text::NoticeTeamChanged,
        false => Text::NoticeTeamChangedWeeks,
    };
    let mut values = weeks(conn, &round)?;
    values.push(("team", Value::name(&team.name)));
    Ok(round.published_at.map(|_| to(people, text, values)))
}

/// The members of some teams of a round. Whoever was withdrawn from the cohort may have a seat still, until a repair.
fn there(conn: &mut Conn, round: &Round, teams: &[&FullTeam]) -> Result<Vec<Id>> {
    let withdrawn: BTreeSet<Id> = (students::store::roster(conn, round.cohort_id)?.iter())
        .filter(|(enrolment, _)| enrolment.status == EnrolmentStatus::Withdrawn)
        .map(|(enrolment, _)| enrolment.person_id)
        .collect();
    let members = teams.iter().flat_map(|team| &team.members);
    let people = members.map(|(member, _)| member.person_id);
    Ok(people.filter(|person| !withdrawn.contains(person)).collect())
}

/// The cohort, and the week or the first and the last one.
fn weeks(conn: &mut Conn, round: &Round) -> Result<Vec<(&'static str, Value)>> {
    let cohort = cohorts::store::cohort(conn, round.cohort_id)?.name;
    Ok(vec![
        ("cohort", Value::name(&cohort)),
        ("week", Value::Number(round.first_week)),
        ("from", Value::Number(round.first_week)),
        ("to", Value::Number(round.last_week)),
    ])
}

fn to(people: Vec<Id>, text: Text, values: Vec<(&'static str, Value)>) -> Notice {
    Notice {
        kind: NoticeKind::Teams,
        people,
        text,
        values,
        has_letter: false,
    }
}
