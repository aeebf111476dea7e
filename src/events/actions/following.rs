//! Making events follow timetable, weeks, days off and the cohort itself.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    campuses::model::Campus,
    cohorts::{
        self, CohortStaff,
        model::{Cohort, Span},
    },
    db::Conn,
    error::Result,
    events::{
        model::{Event, EventSelection, News, Session},
        rules::{self, timetable::Plan},
        store,
    },
    primitives::{Id, Instant, LocalTime},
};

/// A code of six digits.
pub(super) fn new_code() -> String {
    format!("{:06}", rand::random_range(0..1_000_000))
}

/// Makes the events of a cohort those of its timetable, as its weeks are dated now and the campus works. What takes place
/// beside the timetable moves with its week: `moves` says which weeks became which.
pub fn follow(
    conn: &mut Conn,
    staff: &CohortStaff,
    (campus, cohort): (&Campus, &Cohort),
    moves: &[(Span, Span)],
    works_on: impl Fn(NaiveDate) -> bool,
    now: Instant,
) -> Result<()> {
    move_own(conn, staff, campus, moves, now)?;
    let sessions = store::sessions(conn, cohort.id)?;
    follow_sessions(conn, staff, (campus, cohort), &sessions, works_on, now)
}

/// The same with the timetable as it is to be.
pub(super) fn follow_sessions(
    conn: &mut Conn,
    staff: &CohortStaff,
    (campus, cohort): (&Campus, &Cohort),
    sessions: &[Session],
    works_on: impl Fn(NaiveDate) -> bool,
    now: Instant,
) -> Result<()> {
    let weeks = cohorts::store::weeks(conn, cohort.id)?;
    let days: BTreeSet<NaiveDate> = weeks.iter().flat_map(|week| week.span().days()).collect();
    let plan = Plan {
        cohort: cohort.id,
        sessions,
        days: &days.into_iter().filter(|day| works_on(*day)).collect(),
        takes_place: rules::takes_place(cohort.status),
        zone: campus.time_zone,
        now,
    };
    let present = store::events(conn, cohort.id, &EventSelection::default(), i64::MAX)?;
    let steps = plan.steps(&present, Id::new, new_code);
    if steps.is_empty() {
        return Ok(());
    }
    let (changed, new): (Vec<_>, Vec<_>) = steps.into_iter().partition(|step| step.before.is_some());
    let new: Vec<Event> = new.into_iter().map(|step| step.after).collect();
    store::insert_events(conn, staff, &new)?;
    let is_news = (changed.iter()).any(|step| is_news_to_the_expected(step.before.as_ref(), &step.after));
    for step in changed {
        store::update_event(conn, staff, &step.after, None)?;
    }
    store::timetable_followed(conn, staff, is_news)
}

/// Of all that follows at once one notice tells, that the timetable is another.
fn is_news_to_the_expected(before: Option<&Event>, after: &Event) -> bool {
    !after.is_optional && before.is_some_and(|before| News::between(before, after).is_some())
}

/// Moves what takes place beside the timetable with its week, unless it has begun.
fn move_own(conn: &mut Conn, staff: &CohortStaff, campus: &Campus, moves: &[(Span, Span)], now: Instant) -> Result<()> {
    if moves.is_empty() {
        return Ok(());
    }
    let zone = campus.time_zone;
    for event in store::events(conn, staff.cohort(), &EventSelection::default(), i64::MAX)? {
        let is_movable = event.session_day.is_none() && event.is_planned() && event.starts_at(zone) > now;
        let week = moves.iter().find(|(from, _)| from.contains(event.day()));
        let Some((from, to)) = week.filter(|_| is_movable) else {
            continue;
        };
        let starts_local = LocalTime::on(from.moved(event.day(), *to), event.starts_local.time());
        let moved = Event {
            ends_local: starts_local.plus(event.ends_local.since(event.starts_local)),
            starts_local,
            version: event.version + 1,
            updated_at: now,
            ..event.clone()
        };
        if moved.starts_local != event.starts_local {
            store::update_event(conn, staff, &moved, News::between(&event, &moved))?;
        }
    }
    Ok(())
}

/// Gives a new cohort the timetable of another.
pub fn clone_timetable(conn: &mut Conn, staff: &CohortStaff, from: &CohortStaff) -> Result<()> {
    let copy = |session: Session| Session {
        id: Id::new(),
        cohort_id: staff.cohort(),
        ..session
    };
    let copies: Vec<Session> = store::sessions(conn, from.cohort())?.into_iter().map(copy).collect();
    match copies.is_empty() {
        true => Ok(()),
        false => store::replace_sessions(conn, staff, &[], &copies),
    }
}
