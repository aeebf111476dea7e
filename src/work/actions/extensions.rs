//! More time for one team, and taking it back.

use super::submissions::must_be_published;
use crate::{
    audit,
    authz::Actor,
    cohorts::{self, model::DueNews},
    db::Conn,
    error::{Error, Result},
    primitives::{Id, Instant},
    work::{
        model::{Extension, NewExtension},
        proofs::SeenTeam,
        rules, store,
    },
};

/// Gives a team a due time of its own in a week of its round. What it has submitted is late or not by that from now on.
pub fn extend(conn: &mut Conn, actor: &Actor, team: Id, week: i32, new: &NewExtension, now: Instant) -> Result<()> {
    let seen = load(conn, actor, team, week)?;
    let staff = seen.staff()?;
    must_be_published(&seen.round)?;
    rules::check_open(seen.cohort.status)?;
    let extension = Extension {
        team_id: team,
        week_number: week,
        cohort_id: seen.cohort.id,
        due_local: new.due_at.local(seen.zone()),
        reason: new.reason.clone(),
        granted_by: Some(staff.person()),
        created_at: now,
    };
    let news = DueNews {
        is: Some(extension.due_local),
        ..due(conn, &seen, week)?
    };
    audit::touched("due_at");
    store::put_extension(conn, &staff, &extension, news)
}

/// The team's work is due when the project is, as before.
pub fn end(conn: &mut Conn, actor: &Actor, team: Id, week: i32, now: Instant) -> Result<()> {
    let seen = load(conn, actor, team, week)?;
    let staff = seen.staff()?;
    must_be_published(&seen.round)?;
    rules::check_open(seen.cohort.status)?;
    let news = due(conn, &seen, week)?;
    audit::touched("due_at");
    store::delete_extension(conn, &staff, team, news, now)
}

/// When the team's work is due before a change, and when that of all others is.
fn due(conn: &mut Conn, seen: &SeenTeam, week: i32) -> Result<DueNews> {
    let project = cohorts::store::week(conn, seen.cohort.id, week)?.project_id;
    let project = project.map(|id| cohorts::store::project(conn, id)).transpose()?;
    let of_all = project.and_then(|found| found.project.due(found.zone));
    let own = store::extension(conn, seen.team.id, week)?.map(|own| own.due_local);
    Ok(DueNews {
        week,
        was: own.or(of_all),
        is: of_all,
        with_week: false,
    })
}

/// A team has work in the weeks of its round only, and once it is published: students would be told of a draft's team.
fn load(conn: &mut Conn, actor: &Actor, team: Id, week: i32) -> Result<SeenTeam> {
    let seen = SeenTeam::of(conn, actor, team)?;
    cohorts::store::week(conn, seen.cohort.id, week)?;
    match seen.round.span().has(week) {
        true => Ok(seen),
        false => Err(Error::not_found()),
    }
}
