//! Hints of open projects: writing them beforehand, and asking for the next.

use super::super::{
    model::{AskedHint, Hint, HintPatch, HintText, NewHint, TeamName},
    proofs::SeenHints,
    rules::{self, Asked},
    store,
};
use crate::{
    audit,
    authz::Actor,
    db::Conn,
    error::{Error, Result},
    primitives::{Id, IfMatch, Instant, Text},
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
    /// What they said before they were changed, as far as the caller was shown it.
    pub earlier: Vec<EarlierHint>,
}

/// What a hint said before.
#[derive(Clone, Debug)]
pub struct EarlierHint {
    pub number: i32,
    pub body: Text,
    pub replaced_at: Instant,
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
    let earlier = match all.iter().any(|hint| hint.changed_at.is_some()) {
        true => store::hint_texts(conn, project)?,
        false => Vec::new(),
    };
    // A team was shown what was replaced after it had asked.
    let was_shown = |text: &HintText| {
        let mut known = asked.iter().filter(|(asked, ..)| asked.hint_id == text.hint_id);
        known.any(|(asked, ..)| Some(asked.team_id) == seen.team() && asked.asked_at <= text.replaced_at)
    };
    let earlier = (earlier.into_iter())
        .filter(|(text, _)| seen.writer().is_ok() || was_shown(text))
        .map(|(text, number)| EarlierHint {
            number,
            body: text.body,
            replaced_at: text.replaced_at,
        })
        .collect();
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
        earlier,
    })
}

/// Adds a hint behind those that are there.
pub fn create(conn: &mut Conn, actor: &Actor, project: Id, new: NewHint, now: Instant) -> Result<Hint> {
    let seen = SeenHints::of(conn, actor, project)?;
    let writer = seen.writer()?;
    rules::check_open(seen.cohort.status)?;
    rules::check_is_open(seen.project.is_open)?;
    let all = store::hints(conn, project)?;
    rules::HINTS.check_room(all.len())?;
    let hint = Hint {
        id: Id::new(),
        cohort_id: seen.cohort.id,
        project_id: project,
        number: all.last().map_or(0, |last| last.number) + 1,
        body: new.body,
        written_by: Some(writer.person()),
        created_at: now,
        version: 1,
        changed_at: None,
    };
    store::insert_hint(conn, &writer, &hint)?;
    Ok(hint)
}

/// Changes what a hint says. What a team was shown before is kept, and that it is another now can be seen.
pub fn change(conn: &mut Conn, actor: &Actor, id: Id, patch: HintPatch, known: IfMatch, now: Instant) -> Result<Hint> {
    let before = store::hint(conn, id)?;
    let seen = SeenHints::of(conn, actor, before.project_id)?;
    let writer = seen.writer()?;
    rules::check_open(seen.cohort.status)?;
    known.check(before.version)?;
    let body = patch.body.or(before.body.clone());
    if body == before.body {
        return Ok(before);
    }
    let was_shown = store::was_shown(conn, id)?;
    if was_shown {
        rules::TEXTS.check_room(store::count_hint_texts(conn, id)?)?;
    }
    let text = was_shown.then(|| HintText {
        id: Id::new(),
        hint_id: id,
        cohort_id: before.cohort_id,
        body: before.body.clone(),
        replaced_at: now,
    });
    let after = Hint {
        body,
        version: before.version + 1,
        changed_at: was_shown.then_some(now),
        ..before.clone()
    };
    audit::changed(&before, &after);
    store::update_hint(conn, &writer, &after, text.as_ref())?;
    Ok(after)
}

/// Removes a hint that no team was shown.
pub fn delete(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch) -> Result<()> {
    let hint = store::hint(conn, id)?;
    let seen = SeenHints::of(conn, actor, hint.project_id)?;
    let writer = seen.writer()?;
    known.check(hint.version)?;
    rules::check_open(seen.cohort.status)?;
    rules::check_unseen(store::was_shown(conn, id)?)?;
    store::delete_hint(conn, &writer, &hint)
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
