//! What takes place by a timetable, and how that follows when timetable, weeks or days off change.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::{
    error::{Error, FieldError, Result},
    events::model::{CheckIn, Event, EventStatus, NewSession, Session},
    primitives::{Id, Instant, LocalTime, time::TimeZone},
};

/// How many sessions a week can have.
pub const MOST_SESSIONS: usize = 40;

/// Which session of the present timetable each new one takes the place of: the one it names, or else the one with its day,
/// title and kind. So their events stay the same ones.
///
/// # Errors
/// `422` for too many, for one that ends before it begins, and for one that names no session of the timetable, or one that
/// another names too.
pub fn matched(new: &[NewSession], present: &[Session]) -> Result<Vec<Option<Id>>> {
    if new.len() > MOST_SESSIONS {
        let detail = format!("must be at most {MOST_SESSIONS} sessions");
        return Err(Error::field("/sessions", "too_long", detail));
    }
    let mut free: Vec<&Session> = present.iter().collect();
    let mut take = |fits: &dyn Fn(&Session) -> bool| {
        let at = free.iter().position(|session| fits(session))?;
        Some(free.swap_remove(at).id)
    };
    let mut faults = Vec::new();
    let mut found = Vec::new();
    for (at, session) in new.iter().enumerate() {
        if session.ends <= session.starts {
            let detail = "must be later than `starts` on the same day";
            faults.push(FieldError::at(format!("/sessions/{at}/ends"), "invalid", detail));
        }
        let named = session.id.map(|id| take(&|one| one.id == id));
        if named == Some(None) {
            let detail = "is no session of this timetable, or is named twice; leave it out for a new session";
            faults.push(FieldError::at(format!("/sessions/{at}/id"), "not_found", detail));
        }
        found.push(named.flatten());
    }
    Error::check_fields(faults)?;
    for (id, session) in found.iter_mut().zip(new).filter(|(id, _)| id.is_none()) {
        let is_alike =
            |one: &Session| one.weekday == session.weekday && one.title == session.title && one.kind == session.kind;
        *id = take(&is_alike);
    }
    Ok(found)
}

/// What an event must become, or come to be.
#[derive(Debug, PartialEq)]
pub struct Step {
    /// As it is now; none if it is new.
    pub before: Option<Event>,
    pub after: Event,
}

/// A timetable, and when it holds.
pub struct Plan<'p> {
    pub cohort: Id,
    /// Its sessions.
    pub sessions: &'p [Session],
    /// The days of the cohort's weeks on which the campus works.
    pub days: &'p BTreeSet<NaiveDate>,
    /// Whether what the cohort has planned takes place.
    pub takes_place: bool,
    pub zone: TimeZone,
    pub now: Instant,
}

impl Plan<'_> {
    /// What makes the events of a cohort those of the plan. What has begun stays as it is. What staff have changed by hand
    /// stays too, unless it takes place on a day that is no longer one. Nothing is removed: what the plan has no longer
    /// is cancelled, and comes back if the plan has it again. `id` and `code` make new ones.
    pub fn steps(&self, present: &[Event], id: impl Fn() -> Id, code: impl Fn() -> String) -> Vec<Step> {
        let occurrence = |event: &Event| Some((event.session_id?, event.session_day?));
        let known: HashMap<(Id, NaiveDate), &Event> = present
            .iter()
            .filter_map(|event| Some((occurrence(event)?, event)))
            .collect();
        let mut wanted = BTreeSet::new();
        let mut steps = Vec::new();
        for (session, day) in self.occurrences() {
            wanted.insert((session.id, day));
            let after = match known.get(&(session.id, day)) {
                None => self.occurrence(session, day, &id, &code),
                Some(event) => self.following((*event).clone(), session, day, &code),
            };
            self.step(&mut steps, known.get(&(session.id, day)).copied(), after);
        }
        for event in present {
            match event.session_day {
                Some(day) if !occurrence(event).is_some_and(|one| wanted.contains(&one)) => {
                    let is_elsewhere = event.is_changed && event.day() != day && self.takes_place;
                    if event.is_planned() && !is_elsewhere {
                        self.step(&mut steps, Some(event), event.clone().cancelled(true, self.now));
                    }
                }
                None if event.is_planned() && !self.takes_place => {
                    self.step(&mut steps, Some(event), event.clone().cancelled(true, self.now));
                }
                None if event.is_left_out && self.takes_place => {
                    self.step(&mut steps, Some(event), event.clone().revived());
                }
                _ => {}
            }
        }
        steps
    }

    fn occurrences(&self) -> impl Iterator<Item = (&Session, NaiveDate)> {
        let days = self.days.iter().filter(|_| self.takes_place);
        days.flat_map(|day| {
            let sessions = self.sessions.iter().filter(|session| session.weekday.is_of(*day));
            sessions.map(|session| (session, *day))
        })
    }

    /// Takes a step about what has not begun, neither as it was nor as it is to be.
    fn step(&self, steps: &mut Vec<Step>, before: Option<&Event>, after: Event) {
        let is_to_come = |event: &Event| event.starts_at(self.zone) > self.now;
        if before == Some(&after) || !before.is_none_or(is_to_come) || !is_to_come(&after) {
            return;
        }
        steps.push(Step {
            after: Event {
                version: before.map_or(1, |before| before.version + 1),
                updated_at: self.now,
                ..after
            },
            before: before.cloned(),
        });
    }

    fn occurrence(&self, session: &Session, day: NaiveDate, id: impl Fn() -> Id, code: impl Fn() -> String) -> Event {
        let event = Event {
            id: id(),
            cohort_id: self.cohort,
            session_id: Some(session.id),
            session_day: Some(day),
            is_changed: false,
            title: session.title.clone(),
            kind: session.kind.clone(),
            starts_local: LocalTime::on(day, session.starts.get()),
            ends_local: LocalTime::on(day, session.ends.get()),
            place: None,
            url: None,
            is_optional: false,
            check_in_code: None,
            status: EventStatus::Planned,
            is_left_out: false,
            cancelled_at: None,
            version: 1,
            created_at: self.now,
            updated_at: self.now,
        };
        self.following(event, session, day, code)
    }

    /// An occurrence as its session has it now, unless staff have changed it.
    fn following(&self, event: Event, session: &Session, day: NaiveDate, code: impl Fn() -> String) -> Event {
        let event = match event.is_left_out {
            true => event.revived(),
            false => event,
        };
        if event.is_changed {
            return event;
        }
        Event {
            title: session.title.clone(),
            kind: session.kind.clone(),
            starts_local: LocalTime::on(day, session.starts.get()),
            ends_local: LocalTime::on(day, session.ends.get()),
            place: session.place.clone(),
            url: session.url.clone(),
            is_optional: session.is_optional,
            check_in_code: match session.check_in {
                CheckIn::Open => None,
                CheckIn::Code => event.check_in_code.or_else(|| Some(code())),
            },
            ..event
        }
    }
}

#[cfg(test)]
mod tests;
