//! Reading feeds: what of everything their owner sees.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::is_member;
use crate::{
    authz::{Actor, RequireSecondFactor, SignedIn},
    calendars::{
        model::{Entry, FeedOf, Mentoring},
        rules::{self, Seen},
        store,
    },
    campuses::{self, CampusStaff},
    cohorts::{CohortInsider, model::Cohort},
    db::Conn,
    error::{Error, Result},
    mentoring,
    pastoral::CarerAtCampuses,
    primitives::{Id, Instant, LocalTime, time::TimeZone},
    students,
};

/// The calendar behind an address, as its owner may see it now. `host` makes the ids of its entries unlike any other's.
///
/// # Errors
/// `404` if there is none, or its owner has no account any more or sees nothing of it.
pub fn read(conn: &mut Conn, token: &str, required: RequireSecondFactor, host: &str, now: Instant) -> Result<String> {
    let feed = store::by_token(conn, token)?.ok_or_else(Error::not_found)?;
    let owner = Actor::on_behalf_of(conn, feed.person_id)?.ok_or_else(Error::not_found)?;
    let mut shown = Shown {
        now,
        entries: Vec::new(),
    };
    let owner = owner.requiring(required);
    let calendar = match (feed.shows, feed.cohort_id, feed.campus_id) {
        (FeedOf::Me, ..) => shown.own(conn, &owner)?,
        (FeedOf::Cohort, Some(cohort), _) => shown.cohort(conn, &owner, cohort)?,
        (FeedOf::Campus, _, Some(campus)) => shown.campus(conn, &owner, campus)?,
        _ => return Err(Error::not_found()),
    };
    let told = shown.told(&calendar.seen);
    let known = store::revisions(conn, calendar.person, &told, &calendar.cares_at)?;
    let entries = rules::revised(shown.entries, known, &calendar.seen, now);
    Ok(rules::calendar(&calendar.name, host, &entries))
}

/// What a feed is of.
struct Calendar {
    name: String,
    /// The cohorts of which it shows everything.
    seen: Vec<Seen>,
    /// Whose own it is.
    person: Option<Id>,
    /// The campuses of whose walks it tells because the owner cares there.
    cares_at: Vec<Id>,
}

fn all_seen(conn: &mut Conn, cohorts: Vec<(Cohort, TimeZone)>) -> Result<Vec<Seen>> {
    let campuses: Vec<Id> = cohorts.iter().map(|(cohort, _)| cohort.campus_id).collect();
    let versions = store::campus_versions(conn, &campuses)?;
    let version = |cohort: &Cohort| versions.get(&cohort.campus_id).copied().unwrap_or(1);
    let seen = |(cohort, zone)| {
        let of_campus = version(&cohort);
        Seen::of((cohort, zone), of_campus)
    };
    Ok(cohorts.into_iter().map(seen).collect())
}

/// What a feed shows.
struct Shown {
    now: Instant,
    entries: Vec<Entry>,
}

impl Shown {
    fn own(&mut self, conn: &mut Conn, owner: &Actor) -> Result<Calendar> {
        let proof = SignedIn::prove(owner)?;
        let mut seen = self.called_off(conn, proof.person())?;
        for own in students::store::cohorts_of(conn, &proof)? {
            if let Ok((cohort, insider)) = CohortInsider::of(conn, owner, own.cohort.id) {
                seen.push((cohort, insider.zone()));
            }
        }
        let seen = all_seen(conn, seen)?;
        self.weeks(conn, &seen, Some(proof.person()))?;
        self.events(conn, &seen)?;
        let places = store::mentoring(conn, proof.person(), self.from())?;
        self.office_hours(conn, proof.person(), &seen, &places)?;
        let cares_at = self.walks(conn, owner, &seen, &places)?;
        let places = places.iter().map(rules::mentoring);
        self.entries.extend(places);
        Ok(Calendar {
            name: "peerled".into(),
            seen,
            person: Some(proof.person()),
            cares_at,
        })
    }

    fn cohort(&mut self, conn: &mut Conn, owner: &Actor, cohort: Id) -> Result<Calendar> {
        let seen = match CohortInsider::of(conn, owner, cohort) {
            Ok((cohort, insider)) => vec![(cohort, insider.zone())],
            Err(_) => {
                let mut called_off = self.called_off(conn, SignedIn::prove(owner)?.person())?;
                called_off.retain(|(off, _)| off.id == cohort);
                called_off
            }
        };
        let seen = all_seen(conn, seen)?;
        self.weeks(conn, &seen, None)?;
        self.events(conn, &seen)?;
        let name = seen.first().ok_or_else(Error::not_found)?.cohort.name.to_string();
        Ok(Calendar {
            name,
            seen,
            person: None,
            cares_at: Vec::new(),
        })
    }

    /// Everybody may know of its weeks and days off; what takes place, those inside each cohort.
    fn campus(&mut self, conn: &mut Conn, owner: &Actor, campus: Id) -> Result<Calendar> {
        let proof = SignedIn::prove(owner)?;
        if !is_member(conn, owner, campus, proof.person())? {
            return Err(Error::not_found());
        }
        let campus = campuses::store::campus(conn, campus)?;
        let all = store::going_on(conn, campus.id, self.now.plus(-rules::CANCELLED_FOR))?;
        let all = all_seen(conn, all)?;
        self.weeks(conn, &all, None)?;
        match CampusStaff::of(conn, owner, campus.id) {
            Ok(_) => self.events(conn, &all)?,
            Err(_) => {
                let own = students::store::cohorts_of(conn, &proof)?;
                let mut own: Vec<Id> = own.into_iter().map(|own| own.cohort.id).collect();
                let called_off = self.called_off(conn, proof.person())?;
                own.extend(called_off.into_iter().map(|(cohort, _)| cohort.id));
                self.events(conn, all.iter().filter(|seen| own.contains(&seen.cohort.id)))?;
            }
        }
        let off = campuses::store::days_off(conn, campus.id)?;
        self.entries.extend(off.iter().map(|off| rules::day_off(&campus, off)));
        Ok(Calendar {
            name: campus.name.to_string(),
            seen: all,
            person: None,
            cares_at: Vec::new(),
        })
    }

    /// From when on something is shown.
    fn from(&self) -> NaiveDate {
        self.now.date() - rules::BACK
    }

    /// The cohorts that somebody studied in until they were called off, as long as that is told.
    fn called_off(&self, conn: &mut Conn, person: Id) -> Result<Vec<(Cohort, TimeZone)>> {
        store::called_off(conn, person, self.now.plus(-rules::CANCELLED_FOR))
    }

    /// Weeks, and when their work is due: for `person`, if their team has a time of its own, then.
    fn weeks(&mut self, conn: &mut Conn, seen: &[Seen], person: Option<Id>) -> Result<()> {
        let ids = self.told(seen);
        let own: BTreeMap<(Id, i32), (LocalTime, Instant)> = match person {
            None => BTreeMap::new(),
            Some(person) => store::own_dues(conn, person)?
                .into_iter()
                .map(|due| ((due.cohort_id, due.week_number), (due.due_local, due.created_at)))
                .collect(),
        };
        for (week, project) in store::weeks(conn, &ids, self.from())? {
            let Some(seen) = seen.iter().find(|seen| seen.cohort.id == week.cohort_id) else {
                continue;
            };
            let own = own.get(&(week.cohort_id, week.number)).copied();
            self.entries.extend(project.and_then(|project| seen.due(&project, own)));
            self.entries.push(seen.week(&week));
        }
        Ok(())
    }

    /// The cohorts among these of which there is something to tell.
    fn told<'s>(&self, seen: impl IntoIterator<Item = &'s Seen>) -> Vec<Id> {
        let told = (seen.into_iter()).filter(|seen| rules::still_tells(seen.called_off_at(), self.now));
        told.map(|seen| seen.cohort.id).collect()
    }

    fn events<'s>(&mut self, conn: &mut Conn, seen: impl IntoIterator<Item = &'s Seen>) -> Result<()> {
        let seen: Vec<&Seen> = seen.into_iter().collect();
        let ids = self.told(seen.iter().copied());
        let from = LocalTime::on(self.from(), NaiveTime::MIN);
        for event in store::events(conn, &ids, from, self.now.plus(-rules::CANCELLED_FOR))? {
            if let Some(seen) = seen.iter().find(|seen| seen.cohort.id == event.cohort_id) {
                self.entries.push(seen.event(event));
            }
        }
        Ok(())
    }

    /// The times of office hours that are booked: those to which the owner comes as a student, and those of their own.
    fn office_hours(&mut self, conn: &mut Conn, person: Id, studied: &[Seen], places: &[Mentoring]) -> Result<()> {
        let mut booked = Vec::new();
        for (booking, slot) in mentoring::store::bookings_of(conn, &[person])? {
            if let Some(seen) = studied.iter().find(|seen| seen.cohort.id == slot.cohort_id) {
                booked.push((booking, slot, format!("{}: office hours", seen.cohort.name)));
            }
        }
        let held: Vec<&Mentoring> = (places.iter())
            .filter(|place| place.slot.booking_minutes.is_some())
            .collect();
        let ids: Vec<Id> = held.iter().map(|place| place.slot.id).collect();
        for booking in mentoring::store::bookings(conn, &ids)? {
            if let Some(place) = held.iter().find(|place| place.slot.id == booking.slot_id) {
                let title = format!("{}: office hours, booked", place.cohort.name);
                booked.push((booking, place.slot.clone(), title));
            }
        }
        for (booking, slot, title) in booked {
            let is_shown = (slot.time(booking.number)).is_some_and(|time| time.starts.date() >= self.from());
            let entry = rules::booked(&booking, &slot, title).filter(|_| is_shown);
            self.entries.extend(entry);
        }
        Ok(())
    }

    /// The walks that the owner comes along on as a student, and those at the campuses for whose students they care, which it
    /// gives; where they have a place as a mentor, that is shown.
    fn walks(&mut self, conn: &mut Conn, owner: &Actor, studied: &[Seen], places: &[Mentoring]) -> Result<Vec<Id>> {
        let person = SignedIn::prove(owner)?.person();
        let carer = CarerAtCampuses::of(conn, owner)?;
        for walk in store::walks(conn, person, &carer, self.from())? {
            let studies = studied.iter().any(|seen| seen.cohort.id == walk.cohort.id);
            let mentors = places.iter().any(|place| place.slot.id == walk.slot.id);
            if !mentors && (studies || carer.campuses().contains(&walk.cohort.campus_id)) {
                self.entries.extend(rules::walk(&walk, self.now));
            }
        }
        Ok(carer.campuses().to_vec())
    }
}
