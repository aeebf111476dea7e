//! What those who are expected somewhere are told in the app.

use std::{collections::BTreeSet, ops::RangeInclusive};

use chrono::NaiveDate;

use super::{
    model::{Expected, News, NewsKind},
    rules, store,
};
use crate::{
    campuses,
    cohorts::{
        self,
        model::{Cohort, Week},
    },
    db::Conn,
    error::Result,
    mail::{Text, Value},
    mentoring::{
        self,
        model::{SignUpStatus, StoredPlace},
    },
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
    primitives::Id,
    students::{self, model::EnrolmentStatus},
};

/// That something they are or were expected at takes place otherwise, to students and to the mentors of its week.
///
/// # Errors
/// `404` if it is gone.
pub fn event_notices(conn: &mut Conn, told: &StoredEvent) -> Result<Option<Notice>> {
    if told.is_bare() {
        return Ok(None);
    }
    let news: News = told.details()?;
    let event = store::event(conn, told.object_id)?;
    let cohort = cohorts::store::cohort(conn, event.cohort_id)?;
    let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
    let begins = event.starts_at(zone).max(news.was.in_zone(zone));
    if event.is_optional || begins <= told.created_at {
        return Ok(None);
    }
    let days = [event.day(), news.was.date()].map(|day| day..=day);
    Ok(Some(Notice {
        kind: NoticeKind::Events,
        people: concerned(conn, &cohort, &days)?,
        text: match news.kind {
            NewsKind::Moved => Text::NoticeEventMoved,
            NewsKind::Elsewhere => Text::NoticeEventElsewhere,
            NewsKind::Cancelled => Text::NoticeEventCancelled,
            NewsKind::Reinstated => Text::NoticeEventReinstated,
        },
        values: vec![
            ("event", Value::name(&event.title)),
            ("cohort", Value::name(&cohort.name)),
            ("when", Value::Moment(event.starts_at(zone), zone)),
        ],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}

/// That the timetable is another than it was, to whoever is expected from then on.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn timetable_notices(conn: &mut Conn, told: &StoredEvent) -> Result<Option<Notice>> {
    if told.is_bare() {
        return Ok(None);
    }
    let cohort = cohorts::store::cohort(conn, told.object_id)?;
    let today = told.created_at.date_in(cohorts::store::time_zone(conn, cohort.id)?);
    Ok(Some(Notice {
        kind: NoticeKind::Events,
        people: concerned(conn, &cohort, &[today..=NaiveDate::MAX])?,
        text: Text::NoticeTimetable,
        values: vec![("cohort", Value::name(&cohort.name))],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}

/// Students who are expected in one of some periods, and mentors with a place in a week that reaches into one.
fn concerned(conn: &mut Conn, cohort: &Cohort, periods: &[RangeInclusive<NaiveDate>]) -> Result<Vec<Id>> {
    let roster = students::store::roster(conn, cohort.id)?;
    let students = roster.iter().filter(|(enrolment, _)| {
        let is_expected = || periods.iter().any(|days| Expected::of(enrolment).during(days));
        enrolment.status != EnrolmentStatus::Withdrawn && is_expected()
    });
    let mut people: BTreeSet<Id> = students.map(|(_, card)| card.id).collect();
    let weeks = cohorts::store::weeks(conn, cohort.id)?;
    let next = weeks.iter().skip(1).map(|week| Some(week.starts_on)).chain([None]);
    let is_meant = |week: &Week, next: Option<NaiveDate>| {
        let last = rules::last_day(week.span(), next);
        (periods.iter()).any(|days| week.starts_on <= *days.end() && *days.start() <= last)
    };
    let meant: BTreeSet<i32> = (weeks.iter().zip(next))
        .filter(|(week, next)| is_meant(week, *next))
        .map(|(week, _)| week.number)
        .collect();
    let slots = mentoring::store::all_slots(conn, cohort.id)?;
    let slots: BTreeSet<Id> = (slots.iter().filter(|slot| meant.contains(&slot.week_number)))
        .map(|slot| slot.id)
        .collect();
    let places = mentoring::store::places(conn, cohort.id)?;
    let has_one = |place: &&StoredPlace| place.status == SignUpStatus::Confirmed && slots.contains(&place.slot_id);
    people.extend(places.iter().filter(has_one).map(|place| place.person_id));
    Ok(people.into_iter().collect())
}
