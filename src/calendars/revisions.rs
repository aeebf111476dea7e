//! What calendars have to tell of entries whose row is deleted, and of those that are otherwise though their row is as it was.
//! Whoever writes such a row says so here, in the same transaction.

use std::collections::BTreeSet;

use chrono::{Days, TimeDelta};
use diesel::prelude::*;

use super::{
    model::{EntryKind, Revision, When},
    rules,
};
use crate::{
    cohorts::model::{Project, Week},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            calendar_revisions as revisions, campuses, cohorts, due_extensions, mentor_slots, office_hour_bookings,
            pastoral_carers, people, projects, sign_ups, team_members, walk_places, walks, weeks,
        },
    },
    error::Result,
    mentoring::model::{SignUp, SignUpStatus, Slot},
    on_both,
    primitives::{Id, Instant, LocalTime, time::TimeZone},
    teams::model::TeamSeats,
};

/// An entry that is gone or changed.
fn revision(
    (kind, uid): (EntryKind, String),
    (cohort_id, person_id): (Id, Option<Id>),
    sequence: i64,
    when: When,
    now: Instant,
) -> Revision {
    let (times, (starts_on, ends_on)) = match when {
        When::Instants(starts, ends) => (Some((starts, ends)), (starts.date(), ends.date())),
        When::Days(first, last) => (None, (first, last)),
    };
    Revision {
        id: Id::new(),
        uid,
        kind,
        person_id,
        cohort_id,
        sequence,
        starts_at: times.map(|(starts, _)| starts),
        ends_at: times.map(|(_, ends)| ends),
        starts_on,
        ends_on,
        is_cancelled: true,
        changed_at: now,
    }
}

/// A mentor slot is deleted, and with it the places of its mentors and the walk that it may be.
pub fn slot_deleted(conn: &mut Conn, slot: &Slot, now: Instant) -> Result<()> {
    let places: Vec<SignUp> = on_both!(conn, |conn| sign_ups::table
        .filter(sign_ups::slot_id.eq(slot.id))
        .filter(sign_ups::status.eq(SignUpStatus::Confirmed))
        .select(SignUp::as_select())
        .load(conn))?;
    places_gone(conn, slot, &places, now)?;
    walk_called_off(conn, slot.id, now)
}

/// A mentor has a place no longer. It is told as the slot is now: what becomes of it is nothing that they still see.
pub fn place_given_up(conn: &mut Conn, slot: &Slot, place: &SignUp, now: Instant) -> Result<()> {
    places_gone(conn, slot, std::slice::from_ref(place), now)
}

fn places_gone(conn: &mut Conn, slot: &Slot, places: &[SignUp], now: Instant) -> Result<()> {
    let week = week_of(conn, slot)?;
    let when = When::of_slot(slot, &week);
    let gone = places.iter().map(|place| {
        let entry = (EntryKind::Mentoring, EntryKind::Mentoring.uid(place.id));
        let sequence = place.version + slot.version + week.version - 2;
        revision(entry, (slot.cohort_id, Some(place.person_id)), sequence, when, now)
    });
    let gone = gone.collect();
    write(conn, gone)
}

fn week_of(conn: &mut Conn, slot: &Slot) -> Result<Week> {
    Ok(on_both!(conn, |conn| weeks::table
        .find((slot.cohort_id, slot.week_number))
        .select(Week::as_select())
        .first(conn))?)
}

/// A time of office hours is booked no longer, which these people would have come to, and the mentors of the slot.
pub fn booking_deleted(conn: &mut Conn, slot: &Slot, number: i32, people: &[Id], now: Instant) -> Result<()> {
    let mentors: Vec<Id> = sign_ups::table
        .filter(sign_ups::slot_id.eq(slot.id))
        .filter(sign_ups::status.eq(SignUpStatus::Confirmed))
        .select(sign_ups::person_id)
        .load(conn)?;
    let people: BTreeSet<Id> = people.iter().copied().chain(mentors).collect();
    let gone = people
        .into_iter()
        .filter_map(|person| time_gone(slot, number, person, now));
    let gone = gone.collect();
    write(conn, gone)
}

/// A mentor has a place in office hours no longer; what is booked there concerns them no more, whoever has it from now on.
pub fn hours_given_up(conn: &mut Conn, slot: &Slot, person: Id, now: Instant) -> Result<()> {
    let booked: Vec<i32> = office_hour_bookings::table
        .filter(office_hour_bookings::slot_id.eq(slot.id))
        .select(office_hour_bookings::number)
        .load(conn)?;
    let gone = booked
        .into_iter()
        .filter_map(|number| time_gone(slot, number, person, now));
    let gone = gone.collect();
    write(conn, gone)
}

fn time_gone(slot: &Slot, number: i32, person: Id, now: Instant) -> Option<Revision> {
    let time = slot.time(number)?;
    let entry = (EntryKind::OfficeHours, EntryKind::uid_of_time(slot.id, number));
    let when = When::Instants(time.starts_at(), time.ends_at());
    Some(revision(entry, (slot.cohort_id, Some(person)), slot.version, when, now))
}

/// A slot is no walk any more, if it was one: for those who had a place, and for the carers of the campus.
pub fn walk_called_off(conn: &mut Conn, slot: Id, now: Instant) -> Result<()> {
    let is_walk: Option<Id> = walks::table.find(slot).select(walks::slot_id).first(conn).optional()?;
    if is_walk.is_none() {
        return Ok(());
    }
    let mut people: Vec<Id> = walk_places::table
        .filter(walk_places::slot_id.eq(slot))
        .select(walk_places::person_id)
        .load(conn)?;
    let campus: Id = mentor_slots::table
        .inner_join(cohorts::table)
        .filter(mentor_slots::id.eq(slot))
        .select(cohorts::campus_id)
        .first(conn)?;
    let carers: Vec<Id> = pastoral_carers::table
        .filter(pastoral_carers::campus_id.eq(campus))
        .select(pastoral_carers::person_id)
        .load(conn)?;
    people.extend(carers);
    walk_left(conn, slot, &people, now)
}

/// These people come along on a walk no more.
pub fn walk_left(conn: &mut Conn, slot: Id, people: &[Id], now: Instant) -> Result<()> {
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    let (slot, week, of_cohort): (Slot, Week, i64) = on_both!(conn, |conn| mentor_slots::table
        .inner_join(weeks::table.on(of_week))
        .inner_join(cohorts::table)
        .filter(mentor_slots::id.eq(slot))
        .select((Slot::as_select(), Week::as_select(), cohorts::version))
        .first(conn))?;
    let people: BTreeSet<Id> = people.iter().copied().collect();
    let gone = people.into_iter().map(|person| {
        let entry = (EntryKind::Walk, EntryKind::Walk.uid(slot.id));
        let sequence = slot.version + week.version + of_cohort - 2;
        let when = When::of_slot(&slot, &week);
        revision(entry, (slot.cohort_id, Some(person)), sequence, when, now)
    });
    let gone = gone.collect();
    write(conn, gone)
}

/// Nothing is due for a project any more: it is removed, or has no due time.
pub fn due_deleted(conn: &mut Conn, project: Id, now: Instant) -> Result<()> {
    let found: Option<(Project, Week)> = projects::table
        .inner_join(weeks::table)
        .filter(projects::id.eq(project))
        .select((Project::as_select(), Week::as_select()))
        .first(conn)
        .optional()?;
    let gone = found.map(|(project, week)| of_due(&project, &week, project.version, now));
    write(conn, gone.into_iter().collect())
}

/// Teams have other due times than before in some weeks, though the projects are as they were.
pub fn dues_changed(conn: &mut Conn, cohort: Id, numbers: &[i32], now: Instant) -> Result<()> {
    if numbers.is_empty() {
        return Ok(());
    }
    let found: Vec<(Project, Week)> = projects::table
        .inner_join(weeks::table)
        .filter(weeks::cohort_id.eq(cohort))
        .filter(weeks::number.among(numbers))
        .select((Project::as_select(), Week::as_select()))
        .load(conn)?;
    let changed = found.iter().map(|(project, week)| Revision {
        is_cancelled: false,
        ..of_due(project, week, 0, now)
    });
    let changed = changed.collect();
    write(conn, changed)
}

/// These teams are about to lose the due times that they have for themselves in some weeks. Whatever project has none itself is due
/// for their members no more.
pub fn own_dues_deleted(conn: &mut Conn, teams: &[Id], numbers: &[i32], now: Instant) -> Result<()> {
    let gone = own_dues(conn, teams)?.into_iter();
    let gone = gone.filter(|due| numbers.contains(&due.week)).map(|due| due.gone(now));
    let gone = gone.collect();
    write(conn, gone)
}

/// These people are about to leave these teams: what their team has booked in office hours is not for them any more, and what is due
/// for it alone neither.
pub fn teams_left(conn: &mut Conn, left: &[TeamSeats], now: Instant) -> Result<()> {
    if left.is_empty() {
        return Ok(());
    }
    let teams: Vec<Id> = left.iter().map(|team| team.team).collect();
    let leaves = |team: Id, person: Id| (left.iter()).any(|of| of.team == team && of.has(person));
    let dues = own_dues(conn, &teams)?.into_iter();
    let dues = dues.filter(|due| leaves(due.team, due.person)).map(|due| due.gone(now));
    let booked: Vec<(Option<Id>, i32, Slot)> = office_hour_bookings::table
        .inner_join(mentor_slots::table)
        .filter(office_hour_bookings::team_id.among(teams.into_iter().map(Some)))
        .select((
            office_hour_bookings::team_id,
            office_hour_bookings::number,
            Slot::as_select(),
        ))
        .load(conn)?;
    let times = booked.iter().flat_map(|(team, number, slot)| {
        let of_team = left.iter().filter(move |of| Some(of.team) == *team);
        let people = of_team.flat_map(|of| &of.seats);
        people.filter_map(move |seat| time_gone(slot, *number, seat.person, now))
    });
    let gone = dues.chain(times).collect();
    write(conn, gone)
}

fn of_due(project: &Project, week: &Week, sequence: i64, now: Instant) -> Revision {
    let entry = (EntryKind::Due, EntryKind::Due.uid(project.id));
    let when = match project.due_at {
        Some(due) => When::Instants(due, due),
        None => When::Days(week.starts_on, week.ends_on),
    };
    revision(entry, (week.cohort_id, None), sequence, when, now)
}

/// What is due for somebody because of their team alone.
#[derive(Queryable)]
struct OwnDue {
    team: Id,
    person: Id,
    cohort: Id,
    week: i32,
    due: LocalTime,
    project: Id,
    version: i64,
    zone: TimeZone,
}

impl OwnDue {
    fn gone(&self, now: Instant) -> Revision {
        let entry = (EntryKind::Due, EntryKind::Due.uid(self.project));
        let due = self.due.in_zone(self.zone);
        let when = When::Instants(due, due);
        revision(entry, (self.cohort, Some(self.person)), self.version, when, now)
    }
}

/// The due times that teams have for themselves where the project has none, for each member.
fn own_dues(conn: &mut Conn, teams: &[Id]) -> Result<Vec<OwnDue>> {
    let of_week = weeks::cohort_id
        .eq(due_extensions::cohort_id)
        .and(weeks::number.eq(due_extensions::week_number));
    Ok(on_both!(conn, |conn| due_extensions::table
        .inner_join(team_members::table.on(team_members::team_id.eq(due_extensions::team_id)))
        .inner_join(weeks::table.on(of_week))
        .inner_join(projects::table.on(weeks::project_id.eq(projects::id.nullable())))
        .inner_join(cohorts::table.on(cohorts::id.eq(due_extensions::cohort_id)))
        .inner_join(campuses::table.on(campuses::id.eq(cohorts::campus_id)))
        .filter(due_extensions::team_id.among(teams.to_vec()))
        .filter(projects::due_at.is_null())
        .select((
            due_extensions::team_id,
            team_members::person_id,
            due_extensions::cohort_id,
            due_extensions::week_number,
            due_extensions::due_local,
            projects::id,
            projects::version,
            campuses::time_zone,
        ))
        .load(conn))?)
}

/// Each in place of the one there is of the same entry, after it by its sequence; nothing of people who are erased.
fn write(conn: &mut Conn, mut new: Vec<Revision>) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let uids: Vec<String> = new.iter().map(|revision| revision.uid.clone()).collect();
    let there: Vec<Revision> = revisions::table
        .filter(revisions::uid.among(uids))
        .select(Revision::as_select())
        .load(conn)?;
    let people: Vec<Id> = new.iter().filter_map(|revision| revision.person_id).collect();
    let erased: Vec<Id> = people::table
        .filter(people::id.among(people))
        .filter(people::erased_at.is_not_null())
        .select(people::id)
        .load(conn)?;
    new.retain(|revision| revision.person_id.is_none_or(|person| !erased.contains(&person)));
    let mut replaced = Vec::new();
    for revision in &mut new {
        let same = |old: &&Revision| (&old.uid, old.person_id) == (&revision.uid, revision.person_id);
        if let Some(old) = there.iter().find(same) {
            revision.sequence += old.sequence + 1;
            revision.is_cancelled |= old.is_cancelled;
            replaced.push(old.id);
        }
    }
    diesel::delete(revisions::table.filter(revisions::id.among(replaced))).execute(conn)?;
    on_both!(conn, |conn| diesel::insert_into(revisions::table)
        .values(&new)
        .execute(conn))?;
    Ok(())
}

/// Removes what no feed reaches back to any more; how many. As long as a feed may show an entry of the cohort, wherever its row has been
/// moved to, what is known of it is kept: its `SEQUENCE` never falls.
pub fn delete_old(conn: &mut Conn, now: Instant) -> Result<usize> {
    let told = now.plus(-rules::CANCELLED_FOR).plus(-TimeDelta::days(1));
    let over = cohorts::table
        .filter(cohorts::ends_on.lt(now.date() - rules::BACK - Days::new(1)))
        .select(cohorts::id);
    let old = revisions::table
        .filter(revisions::cohort_id.eq_any(over))
        .filter(revisions::changed_at.lt(told));
    Ok(diesel::delete(old).execute(conn)?)
}
