//! Queries on timetables, events and attendance.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, NaiveTime};
use diesel::prelude::*;

use super::{
    model::{Attendance, Event, EventSelection, EventStatus, LONGEST, News, NewsKind, Session},
    told,
};
use crate::{
    cohorts::{CohortInsider, CohortStaff},
    db::{
        Conn, SWEPT,
        dialect::AmongMethod as _,
        schema::{attendances, check_in_tries, enrolments, scheduled_events, timetable_sessions},
    },
    error::Result,
    on_both,
    primitives::{Id, Instant, LocalTime},
    students::model::EnrolmentStatus,
};

/// Of how many rows one statement is, at most.
const AT_ONCE: usize = 500;

/// The timetable of a cohort, by the time of day.
pub fn sessions(conn: &mut Conn, cohort: Id) -> Result<Vec<Session>> {
    Ok(timetable_sessions::table
        .filter(timetable_sessions::cohort_id.eq(cohort))
        .order((timetable_sessions::starts, timetable_sessions::id))
        .select(Session::as_select())
        .load(conn)?)
}

/// Puts sessions in place of those that a timetable had.
pub fn replace_sessions(conn: &mut Conn, staff: &CohortStaff, before: &[Session], after: &[Session]) -> Result<()> {
    for session in after.iter().filter(|session| !before.contains(session)) {
        debug_assert_eq!(staff.cohort(), session.cohort_id, "the proof holds elsewhere");
        match before.iter().any(|one| one.id == session.id) {
            false => diesel::insert_into(timetable_sessions::table)
                .values(session)
                .execute(conn)?,
            true => diesel::update(timetable_sessions::table.find(session.id))
                .set((
                    timetable_sessions::weekday.eq(session.weekday),
                    timetable_sessions::starts.eq(&session.starts),
                    timetable_sessions::ends.eq(&session.ends),
                    timetable_sessions::title.eq(&session.title),
                    timetable_sessions::kind.eq(&session.kind),
                    timetable_sessions::place.eq(&session.place),
                    timetable_sessions::url.eq(&session.url),
                    timetable_sessions::is_optional.eq(session.is_optional),
                    timetable_sessions::check_in.eq(session.check_in),
                ))
                .execute(conn)?,
        };
    }
    told::timetable(staff.cohort()).updated(conn)
}

/// Removes sessions; their events stay, as those of no session.
pub fn delete_sessions(conn: &mut Conn, staff: &CohortStaff, ids: &[Id]) -> Result<()> {
    let gone = timetable_sessions::table
        .filter(timetable_sessions::cohort_id.eq(staff.cohort()))
        .filter(timetable_sessions::id.among(ids));
    diesel::delete(gone).execute(conn)?;
    Ok(())
}

/// Up to `limit` events of a cohort in the order in which they begin. A period is of days at the campus, on which they take
/// place, if only in part.
pub fn events(conn: &mut Conn, cohort: Id, selection: &EventSelection, limit: i64) -> Result<Vec<Event>> {
    let mut query = scheduled_events::table
        .filter(scheduled_events::cohort_id.eq(cohort))
        .order((scheduled_events::starts_local, scheduled_events::id))
        .limit(limit)
        .select(Event::as_select())
        .into_boxed();
    let midnight = |day: NaiveDate| LocalTime::on(day, NaiveTime::MIN);
    if let Some(from) = selection.period.from {
        // Also what began before and still goes on; no event that began earlier than this does.
        let earliest = LocalTime::on(from - LONGEST, NaiveTime::MIN);
        query = query
            .filter(scheduled_events::starts_local.ge(earliest))
            .filter(scheduled_events::ends_local.gt(midnight(from)));
    }
    if let Some(to) = selection.period.to {
        query = query.filter(scheduled_events::starts_local.lt(midnight(to + Days::new(1))));
    }
    if let Some(kind) = &selection.kind {
        query = query.filter(scheduled_events::kind.eq(kind));
    }
    if let Some(status) = selection.status {
        query = query.filter(scheduled_events::status.eq(status));
    }
    if let Some((starts, id)) = selection.after {
        let same = scheduled_events::starts_local
            .eq(starts)
            .and(scheduled_events::id.gt(id));
        query = query.filter(scheduled_events::starts_local.gt(starts).or(same));
    }
    Ok(query.load(conn)?)
}

/// One event.
///
/// # Errors
/// `404`
pub fn event(conn: &mut Conn, id: Id) -> Result<Event> {
    Ok(scheduled_events::table
        .find(id)
        .select(Event::as_select())
        .first(conn)?)
}

/// How many events a cohort has beside its timetable.
pub fn count_own(conn: &mut Conn, cohort: Id) -> Result<i64> {
    Ok(scheduled_events::table
        .filter(scheduled_events::cohort_id.eq(cohort))
        .filter(scheduled_events::session_day.is_null())
        .count()
        .get_result(conn)?)
}

/// How many events the timetable of a cohort has left out.
pub fn count_left_out(conn: &mut Conn, cohort: Id) -> Result<i64> {
    Ok(scheduled_events::table
        .filter(scheduled_events::session_day.is_not_null())
        .filter(scheduled_events::is_left_out.eq(true))
        .filter(scheduled_events::cohort_id.eq(cohort))
        .count()
        .get_result(conn)?)
}

/// Deletes some of what timetables left out before a moment, which calendars have seen by then, and which nobody has touched:
/// neither changed by hand nor with anybody there. Returns how many.
pub fn delete_left_out(conn: &mut Conn, before: Instant) -> Result<usize> {
    let attended = attendances::table.select(attendances::event_id);
    let old: Vec<Id> = scheduled_events::table
        .filter(scheduled_events::session_day.is_not_null())
        .filter(scheduled_events::is_left_out.eq(true))
        .filter(scheduled_events::is_changed.eq(false))
        .filter(scheduled_events::cancelled_at.le(before))
        .filter(scheduled_events::id.ne_all(attended))
        .select(scheduled_events::id)
        .limit(SWEPT)
        .load(conn)?;
    Ok(diesel::delete(scheduled_events::table.filter(scheduled_events::id.eq_any(old))).execute(conn)?)
}

/// Adds an event.
pub fn insert_event(conn: &mut Conn, staff: &CohortStaff, new: &Event) -> Result<()> {
    insert_events(conn, staff, std::slice::from_ref(new))?;
    told::event(new.cohort_id, new.id).created(conn)
}

/// Adds events, of which only the timetable is told.
pub fn insert_events(conn: &mut Conn, staff: &CohortStaff, new: &[Event]) -> Result<()> {
    debug_assert!(
        new.iter().all(|event| event.cohort_id == staff.cohort()),
        "the proof holds elsewhere"
    );
    for some in new.chunks(AT_ONCE) {
        on_both!(conn, |conn| diesel::insert_into(scheduled_events::table)
            .values(some)
            .execute(conn))?;
    }
    Ok(())
}

/// Changes an event to what is given. What is new to those who are expected there is told to them.
pub fn update_event(conn: &mut Conn, staff: &CohortStaff, changed: &Event, news: Option<News>) -> Result<()> {
    let row = scheduled_events::table
        .filter(scheduled_events::id.eq(changed.id))
        .filter(scheduled_events::cohort_id.eq(staff.cohort()));
    diesel::update(row).set(changed).execute(conn)?;
    let told = told::event(changed.cohort_id, changed.id);
    let what = match changed.status {
        EventStatus::Planned => "updated",
        EventStatus::Cancelled => "cancelled",
    };
    match news {
        Some(news) => told.happened_with(conn, what, &news),
        None => told.happened(conn, what),
    }
}

/// Removes an event, with who was there.
pub fn delete_event(conn: &mut Conn, staff: &CohortStaff, event: &Event) -> Result<()> {
    let row = scheduled_events::table
        .filter(scheduled_events::id.eq(event.id))
        .filter(scheduled_events::cohort_id.eq(staff.cohort()));
    diesel::delete(row).execute(conn)?;
    told::event(event.cohort_id, event.id).deleted(conn)
}

/// Tells that events follow the timetable anew, and those who are expected there, if something is new to them.
pub fn timetable_followed(conn: &mut Conn, staff: &CohortStaff, is_news: bool) -> Result<()> {
    let told = told::timetable(staff.cohort());
    match is_news {
        true => told.happened_with(conn, "updated", &NewsKind::Moved),
        false => told.updated(conn),
    }
}

/// What is known of who was at these events; of one person only, if that is asked.
pub fn attendances(conn: &mut Conn, events: &[Id], person: Option<Id>) -> Result<Vec<Attendance>> {
    let mut query = attendances::table
        .filter(attendances::event_id.among(events.to_vec()))
        .order((attendances::event_id, attendances::person_id))
        .select(Attendance::as_select())
        .into_boxed();
    if let Some(person) = person {
        query = query.filter(attendances::person_id.eq(person));
    }
    Ok(query.load(conn)?)
}

/// The same of all events of a cohort.
pub fn attendances_of_cohort(conn: &mut Conn, cohort: Id, person: Option<Id>) -> Result<Vec<Attendance>> {
    let mut query = attendances::table
        .filter(attendances::cohort_id.eq(cohort))
        .select(Attendance::as_select())
        .into_boxed();
    if let Some(person) = person {
        query = query.filter(attendances::person_id.eq(person));
    }
    Ok(query.load(conn)?)
}

/// What is known of one person at one event.
pub fn attendance(conn: &mut Conn, event: Id, person: Id) -> Result<Option<Attendance>> {
    Ok(attendances::table
        .find((event, person))
        .select(Attendance::as_select())
        .first(conn)
        .optional()?)
}

/// Notes that whoever sees the event is there.
pub fn put_own_attendance(conn: &mut Conn, proof: &CohortInsider, new: &Attendance) -> Result<()> {
    debug_assert_eq!(proof.person(), new.person_id, "nobody checks in for another");
    diesel::delete(check_in_tries::table.find((new.event_id, new.person_id))).execute(conn)?;
    put(conn, new)
}

/// Notes whether somebody was there, in place of what was known.
pub fn put_attendance(conn: &mut Conn, staff: &CohortStaff, new: &Attendance) -> Result<()> {
    debug_assert_eq!(staff.cohort(), new.cohort_id, "the proof holds elsewhere");
    put(conn, new)
}

fn put(conn: &mut Conn, new: &Attendance) -> Result<()> {
    diesel::delete(attendances::table.find((new.event_id, new.person_id))).execute(conn)?;
    diesel::insert_into(attendances::table).values(new).execute(conn)?;
    told::attendance(new.cohort_id, new.event_id, new.person_id).updated(conn)
}

/// Forgets what is known of one person at one event.
pub fn delete_attendance(conn: &mut Conn, staff: &CohortStaff, event: Id, person: Id) -> Result<()> {
    diesel::delete(attendances::table.find((event, person))).execute(conn)?;
    told::attendance(staff.cohort(), event, person).deleted(conn)
}

/// How many wrong codes somebody has sent for an event.
pub fn tries(conn: &mut Conn, event: Id, person: Id) -> Result<i32> {
    let tries = check_in_tries::table
        .find((event, person))
        .select(check_in_tries::tries)
        .first(conn)
        .optional()?;
    Ok(tries.unwrap_or(0))
}

/// Counts a code before it is looked at; one that is right takes all of them back.
pub fn count_try(conn: &mut Conn, proof: &CohortInsider, event: Id, tries: i32) -> Result<()> {
    let key = (event, proof.person());
    diesel::delete(check_in_tries::table.find(key)).execute(conn)?;
    diesel::insert_into(check_in_tries::table)
        .values((
            check_in_tries::event_id.eq(event),
            check_in_tries::person_id.eq(proof.person()),
            check_in_tries::tries.eq(tries),
        ))
        .execute(conn)?;
    Ok(())
}

/// Who of these people is or was a student of a campus, in whichever cohort.
pub fn visitors(conn: &mut Conn, campus: Id, people: &[Id]) -> Result<BTreeSet<Id>> {
    use crate::db::schema::{campus_members, cohorts};
    let studied: Vec<Id> = enrolments::table
        .inner_join(cohorts::table)
        .filter(cohorts::campus_id.eq(campus))
        .filter(enrolments::person_id.among(people.to_vec()))
        .filter(enrolments::status.ne(EnrolmentStatus::Withdrawn))
        .select(enrolments::person_id)
        .load(conn)?;
    let members: Vec<Id> = campus_members::table
        .filter(campus_members::campus_id.eq(campus))
        .filter(campus_members::person_id.among(people.to_vec()))
        .filter(campus_members::status.eq(crate::campuses::model::MemberStatus::Member))
        .select(campus_members::person_id)
        .load(conn)?;
    Ok(studied.into_iter().chain(members).collect())
}
