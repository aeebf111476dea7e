//! The default week of a cohort.

use super::following::follow_sessions;
use crate::{
    audit,
    authz::Actor,
    campuses,
    cohorts::{self, CohortInsider},
    db::Conn,
    error::Result,
    events::{
        model::{NewSession, NewTimetable, Session},
        rules, store,
    },
    primitives::{Id, IfMatch, Instant},
};

/// The timetable of a cohort, for those inside it.
pub fn get(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<Session>> {
    let (cohort, _) = CohortInsider::of(conn, actor, cohort)?;
    Ok(sorted(store::sessions(conn, cohort.id)?))
}

fn sorted(mut sessions: Vec<Session>) -> Vec<Session> {
    sessions.sort_by(|one, other| (one.weekday, &one.starts, one.id).cmp(&(other.weekday, &other.starts, other.id)));
    sessions
}

/// Puts a timetable in place of the one there is. Its events follow.
pub fn put(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    new: &NewTimetable,
    known: IfMatch,
    now: Instant,
) -> Result<Vec<Session>> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let staff = insider.staff()?;
    rules::check_going_on(cohort.status)?;
    rules::LEFT_OUT.check_room(store::count_left_out(conn, cohort.id)?)?;
    let before = sorted(store::sessions(conn, cohort.id)?);
    known.check_content(&before)?;
    let ids = rules::timetable::matched(&new.sessions, &before)?;
    let session = |(new, id): (&NewSession, Option<Id>)| Session {
        id: id.unwrap_or_else(Id::new),
        cohort_id: cohort.id,
        weekday: new.weekday,
        starts: new.starts.clone(),
        ends: new.ends.clone(),
        title: new.title.clone(),
        kind: new.kind.clone(),
        place: new.place.clone(),
        url: new.url.clone(),
        is_optional: new.optional,
        check_in: new.check_in,
    };
    let after: Vec<Session> = new.sessions.iter().zip(ids).map(session).collect();
    audit::touched("sessions");
    store::replace_sessions(conn, &staff, &before, &after)?;
    let campus = campuses::store::campus(conn, cohort.campus_id)?;
    let calendar = cohorts::calendar(conn, &campus)?;
    let works_on = |day| calendar.works_on(day);
    follow_sessions(conn, &staff, (&campus, &cohort), &after, works_on, now)?;
    let is_gone = |session: &&Session| !after.iter().any(|one| one.id == session.id);
    let gone: Vec<Id> = before.iter().filter(is_gone).map(|session| session.id).collect();
    store::delete_sessions(conn, &staff, &gone)?;
    Ok(sorted(after))
}
