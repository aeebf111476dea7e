//! Hints of open projects: writing them beforehand, and asking for the next.

use super::super::{
    model::{AskedHint, Hint, NewHint, TeamName},
    proofs::SeenHints,
    rules::{self, Asked},
    store,
};
use crate::{
    authz::Actor,
    db::Conn,
    error::{Error, Result},
    primitives::{Id, Instant},
};

/// That a team has asked for a hint.
#[derive(Clone, Debug)]
pub struct HintOfTeam {
    pub team: TeamName,
    pub number: i32,
    pub asked_at: Instant,
}

/// What somebody sees of the hints of a project.
pub struct HintsOfProject {
    pub project: Id,
    pub week: i32,
    pub is_open: bool,
    /// How many there are.
    pub count: usize,
    /// Those that the caller sees.
    pub hints: Vec<Hint>,
    /// Who has asked for which.
    pub asked: Vec<HintOfTeam>,
}

/// The hints of a project: all for those who write them, for others those that their team has asked for.
pub fn list(conn: &mut Conn, actor: &Actor, project: Id) -> Result<HintsOfProject> {
    let seen = SeenHints::of(conn, actor, project)?;
    let all = store::hints(conn, project)?;
    let asked = store::asked_hints(conn, project)?;
    let count = all.len();
    let is_known = |hint: &Hint| {
        let mut known = asked.iter().filter(|(asked, ..)| asked.hint_id == hint.id);
        known.any(|(asked, ..)| Some(asked.team_id) == seen.team())
    };
    let hints = match seen.writer() {
        Ok(_) => all,
        Err(_) => all.into_iter().filter(is_known).collect(),
    };
    let of_team = |(asked, name, number): (AskedHint, _, i32)| HintOfTeam {
        team: TeamName {
            id: asked.team_id,
            name,
        },
        number,
        asked_at: asked.asked_at,
    };
    Ok(HintsOfProject {
        project,
        week: seen.week.number,
        is_open: seen.project.is_open,
        count,
        hints,
        asked: asked.into_iter().map(of_team).collect(),
    })
}

/// Adds a hint behind those that are there.
pub fn create(conn: &mut Conn, actor: &Actor, project: Id, new: NewHint, now: Instant) -> Result<Hint> {
    let seen = SeenHints::of(conn, actor, project)?;
    let writer = seen.writer()?;
    rules::check_open(seen.cohort.status)?;
    rules::check_is_open(seen.project.is_open)?;
    let all = store::hints(conn, project)?;
    rules::HINTS.check_room(i64::try_from(all.len()).map_err(Error::internal)?)?;
    let hint = Hint {
        id: Id::new(),
        cohort_id: seen.cohort.id,
        project_id: project,
        number: all.last().map_or(0, |last| last.number) + 1,
        body: new.body,
        written_by: Some(writer.person()),
        created_at: now,
    };
    store::insert_hint(conn, &writer, &hint)?;
    Ok(hint)
}

/// The hint that a member asks for, which their team sees from now on; and whether it did not before.
pub fn ask(conn: &mut Conn, actor: &Actor, project: Id, number: i32, now: Instant) -> Result<(Hint, bool)> {
    let seen = SeenHints::of(conn, actor, project)?;
    let asker = seen.asker()?;
    rules::check_open(seen.cohort.status)?;
    rules::check_is_open(seen.project.is_open)?;
    rules::check_has_begun(seen.week.starts_on, now.date_in(seen.zone()))?;
    let all = store::hints(conn, project)?;
    let asked = store::asked_hints(conn, project)?;
    let own = asked.iter().filter(|(asked, ..)| asked.team_id == asker.team());
    let known = own.map(|(_, _, number)| *number).max().unwrap_or(0);
    let outcome = rules::ask(number, known, all.last().map_or(0, |last| last.number))?;
    let hint = all
        .into_iter()
        .find(|hint| hint.number == number)
        .ok_or_else(Error::not_found)?;
    if outcome == Asked::Known {
        return Ok((hint, false));
    }
    let request = AskedHint {
        hint_id: hint.id,
        team_id: asker.team(),
        cohort_id: seen.cohort.id,
        asked_by: Some(asker.person()),
        asked_at: now,
    };
    store::insert_asked_hint(conn, &asker, &hint, &request)?;
    Ok((hint, true))
}
