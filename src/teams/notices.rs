//! What members of teams are told in the app.

use super::{model::Round, store};
use crate::{
    cohorts,
    db::Conn,
    error::Result,
    mail::{Text, Value},
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
    let teams: Vec<Id> = store::teams_in(conn, &[round.id])?.iter().map(|team| team.id).collect();
    let people = store::members_there(conn, &teams)?;
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
    let people = store::members_there(conn, &[team.id])?;
    let text = match round.first_week == round.last_week {
        true => Text::NoticeTeamChanged,
        false => Text::NoticeTeamChangedWeeks,
    };
    let mut values = weeks(conn, &round)?;
    values.push(("team", Value::name(&team.name)));
    Ok(round.published_at.map(|_| to(people, text, values)))
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
        cannot_wait: false,
        href: None,
    }
}
