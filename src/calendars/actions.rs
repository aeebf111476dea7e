//! Making feeds, and reading what they show.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::{
    model::{Entry, Feed, FeedOf, NewFeed, When},
    rules,
    store::{self, Mentoring},
};
use crate::{
    accounts::events::{AccountChange, AccountEvent},
    audit,
    authz::{Actor, RequireSecondFactor, SignedIn},
    campuses::{self, CampusStaff, model::MemberStatus},
    cohorts::{
        CohortInsider,
        model::{Cohort, CohortStatus, Project, Week},
    },
    db::Conn,
    error::{Error, Result},
    events::model::Event,
    mentoring::{
        self,
        model::{Booking, SignUpStatus, Slot},
    },
    outbox,
    primitives::{Id, Instant, LocalTime, Secret, time::TimeZone},
    students,
};

/// Makes a feed of something that the caller sees; its token is not kept.
pub fn create(conn: &mut Conn, actor: &Actor, new: NewFeed, now: Instant) -> Result<(Feed, String)> {
    let proof = SignedIn::prove(actor)?;
    rules::FEEDS.check_room(i64::try_from(store::feeds(conn, &proof)?.len()).unwrap_or(i64::MAX))?;
    let id = |id: Option<Id>| {
        let detail = format!("must be the id of the {}", new.of.as_str());
        id.ok_or_else(|| Error::field("/id", "required", detail))
    };
    let (cohort_id, campus_id) = match new.of {
        FeedOf::Me if new.id.is_some() => {
            return Err(Error::field(
                "/id",
                "invalid",
                "is not needed for your own; leave it out",
            ));
        }
        FeedOf::Me => (None, None),
        FeedOf::Cohort => (
            Some(CohortInsider::of(conn, actor, id(new.id)?).map_err(not_seen)?.0.id),
            None,
        ),
        FeedOf::Campus => {
            let campus = id(new.id)?;
            match is_member(conn, actor, campus, proof.person())? {
                true => (None, Some(campus)),
                false => return Err(not_seen(Error::not_found())),
            }
        }
    };
    let secret = Secret::new();
    let feed = Feed {
        id: Id::new(),
        person_id: proof.person(),
        shows: new.of,
        cohort_id,
        campus_id,
        token_hash: secret.hash,
        created_at: now,
    };
    audit::touched("of");
    store::insert(conn, &proof, &feed)?;
    let told = AccountEvent {
        kind: AccountChange::CalendarFeedCreated,
        person_id: proof.person(),
    };
    outbox::record(conn, &told, Some(proof.person()), now)?;
    Ok((feed, secret.text))
}

fn not_seen(error: Error) -> Error {
    Error::field("/id", "not_found", "is nothing that you see").because(error.detail().to_owned())
}

fn is_member(conn: &mut Conn, actor: &Actor, campus: Id, person: Id) -> Result<bool> {
    Ok(CampusStaff::of(conn, actor, campus).is_ok()
        || campuses::store::member_status(conn, campus, person)? == Some(MemberStatus::Member))
}

/// The caller's feeds, the newest first.
pub fn list(conn: &mut Conn, actor: &Actor) -> Result<Vec<Feed>> {
    let proof = SignedIn::prove(actor)?;
    store::feeds(conn, &proof)
}

/// Removes a feed of the caller: its address shows nothing any more.
pub fn delete(conn: &mut Conn, actor: &Actor, id: Id) -> Result<()> {
    let proof = SignedIn::prove(actor)?;
    match store::delete(conn, &proof, id)? {
        true => Ok(()),
        false => Err(Error::not_found()),
    }
}

/// The calendar behind an address, as its owner may see it now. `host` makes the ids of its entries unlike any other's.
///
/// # Errors
/// `404` if there is none, or its owner has no account any more or sees nothing of it.
pub fn read(conn: &mut Conn, token: &str, required: RequireSecondFactor, host: &str, now: Instant) -> Result<String> {
    let feed = store::by_token(conn, token)?.ok_or_else(Error::not_found)?;
    let owner = Actor::on_behalf_of(conn, feed.person_id)?.ok_or_else(Error::not_found)?;
    let mut shown = Shown {
        host,
        now,
        entries: Vec::new(),
    };
    let owner = owner.requiring(required);
    let name = match (feed.shows, feed.cohort_id, feed.campus_id) {
        (FeedOf::Me, ..) => shown.own(conn, &owner)?,
        (FeedOf::Cohort, Some(cohort), _) => shown.cohort(conn, &owner, cohort)?,
        (FeedOf::Campus, _, Some(campus)) => shown.campus(conn, &owner, campus)?,
        _ => return Err(Error::not_found()),
    };
    Ok(rules::calendar(&name, &shown.entries))
}

/// A cohort that a feed shows.
struct Seen {
    cohort: Cohort,
    zone: TimeZone,
    /// How often it and its campus have changed, so that what follows from them has another `SEQUENCE` then.
    changes: i64,
}

impl Seen {
    fn all(conn: &mut Conn, cohorts: Vec<(Cohort, TimeZone)>) -> Result<Vec<Self>> {
        let campuses: Vec<Id> = cohorts.iter().map(|(cohort, _)| cohort.campus_id).collect();
        let versions = store::campus_versions(conn, &campuses)?;
        let seen = |(cohort, zone): (Cohort, TimeZone)| Self {
            changes: cohort.version + versions.get(&cohort.campus_id).copied().unwrap_or(1) - 2,
            cohort,
            zone,
        };
        Ok(cohorts.into_iter().map(seen).collect())
    }

    /// Since when it is called off.
    fn called_off_at(&self) -> Option<Instant> {
        let Cohort {
            status,
            status_changed_at,
            ..
        } = &self.cohort;
        (*status == CohortStatus::Cancelled).then_some(*status_changed_at)
    }

    /// An entry about it that was changed last then, if the cohort takes place and nothing else has changed.
    fn entry(&self, entry: Entry) -> Entry {
        let called_off_at = self.called_off_at();
        Entry {
            sequence: entry.sequence + self.changes,
            changed_at: called_off_at.map_or(entry.changed_at, |at| at.max(entry.changed_at)),
            is_cancelled: entry.is_cancelled || called_off_at.is_some(),
            ..entry
        }
    }
}

/// What a feed shows.
struct Shown<'f> {
    host: &'f str,
    now: Instant,
    entries: Vec<Entry>,
}

impl Shown<'_> {
    fn own(&mut self, conn: &mut Conn, owner: &Actor) -> Result<String> {
        let proof = SignedIn::prove(owner)?;
        let mut seen = self.called_off(conn, proof.person())?;
        for own in students::store::cohorts_of(conn, &proof)? {
            if let Ok((cohort, insider)) = CohortInsider::of(conn, owner, own.cohort.id) {
                seen.push((cohort, insider.zone()));
            }
        }
        let seen = Seen::all(conn, seen)?;
        self.weeks(conn, &seen, Some(proof.person()))?;
        self.events(conn, &seen)?;
        let from = self.now.date() - rules::BACK;
        let places = store::mentoring(conn, proof.person(), from)?;
        self.office_hours(conn, proof.person(), &seen, &places, from)?;
        for place in places {
            self.mentoring(place);
        }
        Ok("peerled".into())
    }

    fn cohort(&mut self, conn: &mut Conn, owner: &Actor, cohort: Id) -> Result<String> {
        let seen = match CohortInsider::of(conn, owner, cohort) {
            Ok((cohort, insider)) => vec![(cohort, insider.zone())],
            Err(_) => {
                let mut called_off = self.called_off(conn, SignedIn::prove(owner)?.person())?;
                called_off.retain(|(off, _)| off.id == cohort);
                called_off
            }
        };
        let seen = Seen::all(conn, seen)?;
        self.weeks(conn, &seen, None)?;
        self.events(conn, &seen)?;
        let seen = seen.first().ok_or_else(Error::not_found)?;
        Ok(seen.cohort.name.to_string())
    }

    /// Everybody may know of its weeks and days off; what takes place, those inside each cohort.
    fn campus(&mut self, conn: &mut Conn, owner: &Actor, campus: Id) -> Result<String> {
        let proof = SignedIn::prove(owner)?;
        if !is_member(conn, owner, campus, proof.person())? {
            return Err(Error::not_found());
        }
        let campus = campuses::store::campus(conn, campus)?;
        let all = store::going_on(conn, campus.id, self.now.plus(-rules::CANCELLED_FOR))?;
        let all = Seen::all(conn, all)?;
        self.weeks(conn, &all, None)?;
        let inside = match CampusStaff::of(conn, owner, campus.id) {
            Ok(_) => all,
            Err(_) => {
                let own = students::store::cohorts_of(conn, &proof)?;
                let mut own: Vec<Id> = own.into_iter().map(|own| own.cohort.id).collect();
                own.extend(
                    self.called_off(conn, proof.person())?
                        .into_iter()
                        .map(|(cohort, _)| cohort.id),
                );
                let is_own = |seen: &Seen| own.contains(&seen.cohort.id);
                all.into_iter().filter(is_own).collect()
            }
        };
        self.events(conn, &inside)?;
        for off in campuses::store::days_off(conn, campus.id)? {
            self.entries.push(Entry {
                uid: self.uid("day-off", &format!("{}-{}", campus.id, off.day)),
                sequence: 0,
                changed_at: campus.created_at,
                title: off.name.to_string(),
                category: "day_off",
                when: When::Days(off.day, off.day),
                place: None,
                url: None,
                is_cancelled: false,
            });
        }
        Ok(campus.name.to_string())
    }

    /// The cohorts that somebody studied in until they were called off, as long as that is told.
    fn called_off(&self, conn: &mut Conn, person: Id) -> Result<Vec<(Cohort, TimeZone)>> {
        store::called_off(conn, person, self.now.plus(-rules::CANCELLED_FOR))
    }

    fn uid(&self, kind: &str, id: &str) -> String {
        format!("{kind}-{id}@{}", self.host)
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
        for (week, project) in store::weeks(conn, &ids, self.now.date() - rules::BACK)? {
            let Some(seen) = seen.iter().find(|seen| seen.cohort.id == week.cohort_id) else {
                continue;
            };
            let own = own.get(&(seen.cohort.id, week.number)).copied();
            if let Some(project) = project {
                let due = self.due(&seen.cohort, seen.zone, &project, own);
                self.entries.extend(due.map(|due| seen.entry(due)));
            }
            self.entries.push(seen.entry(self.week(&seen.cohort, &week)));
        }
        Ok(())
    }

    /// The cohorts among these of which there is something to tell.
    fn told(&self, seen: &[Seen]) -> Vec<Id> {
        let told = seen
            .iter()
            .filter(|seen| rules::still_tells(seen.called_off_at(), self.now));
        told.map(|seen| seen.cohort.id).collect()
    }

    fn week(&self, cohort: &Cohort, week: &Week) -> Entry {
        Entry {
            uid: self.uid("week", &week.id.to_string()),
            sequence: week.version - 1,
            // Of a week is not kept when it was changed.
            changed_at: cohort.created_at,
            title: format!("{}: week {}, {}", cohort.name, week.number, week.topic),
            category: "week",
            when: When::Days(week.starts_on, week.ends_on),
            place: None,
            url: None,
            is_cancelled: false,
        }
    }

    fn due(
        &self,
        cohort: &Cohort,
        zone: TimeZone,
        project: &Project,
        own: Option<(LocalTime, Instant)>,
    ) -> Option<Entry> {
        let due = own.map(|(local, _)| local).or_else(|| project.due(zone))?.in_zone(zone);
        Some(Entry {
            uid: self.uid("due", &project.id.to_string()),
            sequence: project.version - 1,
            changed_at: own.map_or(project.updated_at, |(_, granted)| granted.max(project.updated_at)),
            title: format!("{}: {} is due", cohort.name, project.title),
            category: "due",
            when: When::Instants(due, due),
            place: None,
            url: None,
            is_cancelled: false,
        })
    }

    fn events(&mut self, conn: &mut Conn, seen: &[Seen]) -> Result<()> {
        let ids = self.told(seen);
        let from = LocalTime::on(self.now.date() - rules::BACK, NaiveTime::MIN);
        for event in store::events(conn, &ids, from, self.now.plus(-rules::CANCELLED_FOR))? {
            if let Some(seen) = seen.iter().find(|seen| seen.cohort.id == event.cohort_id) {
                self.entries.push(seen.entry(self.event(event, seen.zone)));
            }
        }
        Ok(())
    }

    fn event(&self, event: Event, zone: TimeZone) -> Entry {
        Entry {
            uid: self.uid("event", &event.id.to_string()),
            sequence: event.version - 1,
            changed_at: event.updated_at,
            when: When::Instants(event.starts_at(zone), event.ends_at(zone)),
            is_cancelled: !event.is_planned(),
            title: event.title.to_string(),
            category: "event",
            place: event.place.map(|place| place.to_string()),
            url: event.url.map(|url| url.to_string()),
        }
    }

    /// The times of office hours that are booked: those to which the owner comes as a student, and those of their own.
    fn office_hours(
        &mut self,
        conn: &mut Conn,
        person: Id,
        studied: &[Seen],
        places: &[Mentoring],
        from: NaiveDate,
    ) -> Result<()> {
        for (booking, slot) in mentoring::store::bookings_of(conn, &[person])? {
            if let Some(seen) = studied.iter().find(|seen| seen.cohort.id == slot.cohort_id) {
                self.booked(&booking, &slot, format!("{}: office hours", seen.cohort.name), from);
            }
        }
        let is_held =
            |place: &&Mentoring| place.status != SignUpStatus::Cancelled && place.slot.booking_minutes.is_some();
        let held: Vec<&Mentoring> = places.iter().filter(is_held).collect();
        let ids: Vec<Id> = held.iter().map(|place| place.slot.id).collect();
        for booking in mentoring::store::bookings(conn, &ids)? {
            if let Some(place) = held.iter().find(|place| place.slot.id == booking.slot_id) {
                let title = format!("{}: office hours, booked", place.cohort.name);
                self.booked(&booking, &place.slot, title, from);
            }
        }
        Ok(())
    }

    fn booked(&mut self, booking: &Booking, slot: &Slot, title: String, from: NaiveDate) {
        let Some(time) = slot.time(booking.number).filter(|time| time.starts.date() >= from) else {
            return;
        };
        self.entries.push(Entry {
            uid: self.uid("office-hours", &format!("{}-{}", slot.id, booking.number)),
            sequence: slot.version - 1,
            changed_at: booking.created_at.max(slot.updated_at),
            title,
            category: "office_hours",
            when: When::Instants(time.starts_at(), time.ends_at()),
            place: slot.place.as_ref().map(ToString::to_string),
            url: slot.url.as_ref().map(ToString::to_string),
            is_cancelled: false,
        });
    }

    fn mentoring(&mut self, place: Mentoring) {
        let Mentoring { slot, week, cohort, .. } = place;
        let is_cancelled = place.status == SignUpStatus::Cancelled;
        if !rules::still_tells(is_cancelled.then_some(place.updated_at), self.now) {
            return;
        }
        let when = match slot.times() {
            Some(times) => When::Instants(times.starts_at(), times.ends_at()),
            None => When::Days(week.starts_on, week.ends_on),
        };
        self.entries.push(Entry {
            uid: self.uid("mentoring", &place.id.to_string()),
            // Each of them rises, and so does the sum.
            sequence: place.version + slot.version + week.version - 3,
            changed_at: place.updated_at.max(slot.updated_at),
            title: match slot.booking_minutes {
                Some(_) => format!("{}: office hours offered", cohort.name),
                None => format!("Mentoring {}: week {}", cohort.name, week.number),
            },
            category: "mentoring",
            when,
            place: slot.place.map(|place| place.to_string()),
            url: slot.url.map(|url| url.to_string()),
            is_cancelled,
        });
    }
}
