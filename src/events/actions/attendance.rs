//! Noting and reading who was there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::{
    accounts::{
        self,
        model::{Audience, PersonView},
    },
    audit,
    authz::Actor,
    campuses,
    cohorts::{self, CohortInsider},
    db::Conn,
    error::{Error, Result},
    events::{
        model::{Attendance, AttendanceStatus, Counts, Event, EventSelection, EventStatus, Expected},
        proofs::SeenEvent,
        rules::attendance as rules,
        store,
    },
    primitives::{Id, Instant, time::TimeZone},
    students::{self, model::Enrolment},
};

/// Somebody at an event, as the staff see it.
pub struct AttendanceOf {
    pub person: PersonView,
    /// Whether they were expected.
    pub is_expected: bool,
    /// What they count as there; none while nothing is known and it is not over.
    pub status: Option<AttendanceStatus>,
    pub known: Option<Attendance>,
    /// Who noted it.
    pub noted_by: Option<PersonView>,
}

/// How often a student was there.
pub struct StudentAttendance {
    pub person: PersonView,
    pub counts: Counts,
}

/// Days on which students of a cohort are absent, by the day or by the week.
struct Absences {
    days: BTreeSet<(Id, NaiveDate)>,
}

impl Absences {
    fn load(conn: &mut Conn, cohort: Id, zone: TimeZone) -> Result<Self> {
        let days = students::store::day_absences(conn, cohort)?;
        let mut days: BTreeSet<(Id, NaiveDate)> = days.iter().map(|one| (one.person_id, one.day)).collect();
        let weeks = cohorts::store::weeks(conn, cohort)?;
        for absence in students::store::absences(conn, cohort)? {
            let week = weeks.iter().find(|week| week.number == absence.week_number);
            let noted_on = absence.created_at.date_in(zone);
            let from = rules::excused_from(absence.person_id, absence.noted_by, noted_on);
            let missed = week.into_iter().flat_map(|week| week.span().days());
            let excused = missed.filter(|day| from.is_none_or(|from| *day >= from));
            days.extend(excused.map(|day| (absence.person_id, day)));
        }
        Ok(Self { days })
    }

    fn has(&self, person: Id, day: NaiveDate) -> bool {
        self.days.contains(&(person, day))
    }
}

/// Notes whether somebody was at an event, whatever was known before.
pub fn note(
    conn: &mut Conn,
    actor: &Actor,
    event: Id,
    person: Id,
    status: AttendanceStatus,
    now: Instant,
) -> Result<Attendance> {
    let seen = SeenEvent::of(conn, actor, event)?;
    let staff = seen.staff()?;
    let enrolled = students::store::enrolment(conn, seen.cohort.id, person)?;
    let is_expected = enrolled.is_some_and(|(enrolment, _)| Expected::of(&enrolment).on(seen.event.day()));
    if !is_expected && !store::visitors(conn, seen.cohort.campus_id, &[person])?.contains(&person) {
        return Err(Error::not_found());
    }
    rules::may_note(&seen.event, seen.zone(), status, is_expected, now)?;
    let before = store::attendance(conn, event, person)?;
    let after = Attendance {
        event_id: event,
        person_id: person,
        cohort_id: seen.cohort.id,
        status,
        arrived_at: before.as_ref().and_then(|before| before.arrived_at),
        received_at: before.as_ref().and_then(|before| before.received_at),
        noted_by: Some(staff.person()),
        is_noted: true,
        created_at: before.as_ref().map_or(now, |before| before.created_at),
        updated_at: now,
    };
    audit::became("status", before.map(|before| before.status), status);
    store::put_attendance(conn, &staff, &after)?;
    Ok(after)
}

/// Forgets what is known of somebody at an event.
pub fn forget(conn: &mut Conn, actor: &Actor, event: Id, person: Id) -> Result<()> {
    let seen = SeenEvent::of(conn, actor, event)?;
    let staff = seen.staff()?;
    let before = store::attendance(conn, event, person)?;
    audit::became("status", before.map(|before| before.status), None::<AttendanceStatus>);
    store::delete_attendance(conn, &staff, event, person)
}

/// Who could be at an event and who was, for the staff: students by name, then the others.
pub fn list_event(conn: &mut Conn, actor: &Actor, event: Id, now: Instant) -> Result<Vec<AttendanceOf>> {
    let seen = SeenEvent::of(conn, actor, event)?;
    let staff = seen.staff()?;
    let (event, zone) = (&seen.event, seen.zone());
    let (is_over, day) = (event.is_planned() && event.ends_at(zone) < now, event.day());
    let known = store::attendances(conn, &[event.id], None)?;
    let mut known: BTreeMap<Id, Attendance> = known.into_iter().map(|one| (one.person_id, one)).collect();
    let absences = Absences::load(conn, seen.cohort.id, zone)?;
    let mut rows = Vec::new();
    for (enrolment, card) in students::store::roster(conn, seen.cohort.id)? {
        if !Expected::of(&enrolment).on(day) {
            continue;
        }
        let own = known.remove(&card.id);
        let status = own.as_ref().map(|own| own.status);
        let status = match event.is_optional {
            true => status,
            false => rules::standing(status, absences.has(card.id, day), is_over),
        };
        rows.push((card, !event.is_optional, status, own));
    }
    let others: Vec<Id> = known.keys().copied().collect();
    for card in accounts::store::cards(conn, &others)? {
        let own = known.remove(&card.id);
        rows.push((card, false, own.as_ref().map(|own| own.status), own));
    }
    let noted_by: BTreeSet<Id> = rows
        .iter()
        .filter_map(|(_, _, _, own)| own.as_ref()?.noted_by)
        .collect();
    let staff_cards = accounts::store::cards(conn, &noted_by.iter().copied().collect::<Vec<_>>())?;
    let ids: Vec<Id> = rows.iter().map(|(card, ..)| card.id).chain(noted_by).collect();
    let campus = Some(seen.cohort.campus_id);
    let viewer = campuses::store::viewer(conn, Some(staff.person()), Audience::Cohort, campus, &ids)?;
    let row =
        |(card, is_expected, status, known): (_, bool, Option<AttendanceStatus>, Option<Attendance>)| AttendanceOf {
            person: viewer.view(card),
            is_expected,
            status,
            noted_by: known.as_ref().and_then(|known| known.noted_by).and_then(|by| {
                let card = staff_cards.iter().find(|card| card.id == by)?;
                Some(viewer.view(card.clone()))
            }),
            known,
        };
    Ok(rows.into_iter().map(row).collect())
}

/// How often each student of a cohort was there, for the staff; a student sees their own.
pub fn list_cohort(conn: &mut Conn, actor: &Actor, cohort: Id, now: Instant) -> Result<Vec<StudentAttendance>> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let mut roster = students::store::roster(conn, cohort.id)?;
    if !insider.is_staff() {
        roster.retain(|(_, card)| card.id == insider.person());
        if roster.is_empty() {
            return Err(Error::not_found());
        }
    }
    let only = (!insider.is_staff()).then_some(insider.person());
    let selection = EventSelection {
        status: Some(EventStatus::Planned),
        ..EventSelection::default()
    };
    let mut over = store::events(conn, cohort.id, &selection, i64::MAX)?;
    over.retain(|event| !event.is_optional && event.ends_at(insider.zone()) < now);
    let known: BTreeMap<(Id, Id), AttendanceStatus> = store::attendances_of_cohort(conn, cohort.id, only)?
        .into_iter()
        .map(|one| ((one.person_id, one.event_id), one.status))
        .collect();
    let absences = Absences::load(conn, cohort.id, insider.zone())?;
    let counts = |enrolment: &Enrolment| {
        let person = enrolment.person_id;
        let standing = |event: &Event| {
            let known = known.get(&(person, event.id)).copied();
            rules::standing(known, absences.has(person, event.day()), true)
        };
        let was_expected = over.iter().filter(|event| Expected::of(enrolment).on(event.day()));
        rules::count(was_expected.filter_map(standing))
    };
    let ids: Vec<Id> = roster.iter().map(|(_, card)| card.id).collect();
    let staff_of = insider.is_staff().then_some(cohort.campus_id);
    let viewer = campuses::store::viewer(conn, Some(insider.person()), Audience::Cohort, staff_of, &ids)?;
    let student = |(enrolment, card)| StudentAttendance {
        counts: counts(&enrolment),
        person: viewer.view(card),
    };
    Ok(roster.into_iter().map(student).collect())
}
