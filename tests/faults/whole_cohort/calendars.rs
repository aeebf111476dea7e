//! Calendar programs of a simulation, which read feeds week by week with a parser that is not the service's.

use std::collections::BTreeMap;

use calcard::{
    Entry, Parser,
    icalendar::{ICalendarComponentType, ICalendarProperty, ICalendarStatus, ICalendarValue},
};
use chrono::{NaiveTime, TimeDelta};
use peerled::primitives::{Instant, time::TimeZone};
use serde_json::{Value, json};

use super::{Cohort, Person, Service};
use crate::process::text;

/// What a program keeps of an entry.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    sequence: i64,
    starts: i64,
    is_cancelled: bool,
    summary: String,
}

/// A program with the calendar that it subscribes to.
pub struct Calendar {
    path: String,
    /// All entries that it has ever read, by their UIDs.
    known: BTreeMap<String, Kept>,
    cancelled: usize,
    moved: usize,
}

impl Calendar {
    pub fn subscribe(service: &Service, person: &Person, of: Value) -> Self {
        let feed = service.post(person, "/v1/me/calendar-feeds", of).is(201);
        let url = text(&feed.json["url"]);
        Self {
            path: url[url.find("/calendars/").unwrap()..].to_owned(),
            known: BTreeMap::new(),
            cancelled: 0,
            moved: 0,
        }
    }

    /// Reads it again: an entry that has changed says so by its SEQUENCE, and one that has not keeps it.
    fn read(&mut self, service: &Service) {
        let feed = service.ask(None, "GET", &self.path, &Value::Null).is(200);
        let now = parse(&feed.text);
        for (uid, entry) in &now {
            let Some(before) = self.known.insert(uid.clone(), entry.clone()) else {
                continue;
            };
            let is_same = Kept {
                sequence: before.sequence,
                ..entry.clone()
            } == before;
            let rises = if is_same {
                entry.sequence >= before.sequence
            } else {
                entry.sequence > before.sequence
            };
            assert!(rises, "{uid} was {before:?} and is {entry:?}");
            self.moved += usize::from(entry.starts != before.starts);
            if entry.is_cancelled && !before.is_cancelled {
                assert_eq!(entry.starts, before.starts, "{uid} keeps its time");
                self.cancelled += 1;
            }
        }
    }
}

/// The entries by their UIDs.
fn parse(feed: &str) -> BTreeMap<String, Kept> {
    let mut parser = Parser::new(feed);
    let calendar = match parser.entry() {
        Entry::ICalendar(calendar) => calendar,
        other => panic!("{other:?} in {feed}"),
    };
    assert!(matches!(parser.entry(), Entry::Eof), "one calendar, and nothing else");
    let root = &calendar.components[0];
    for property in [ICalendarProperty::Prodid, ICalendarProperty::Version] {
        let found = root.entries.iter().filter(|entry| entry.name == property);
        assert_eq!(found.count(), 1, "{property:?} in {feed}");
    }
    let events = calendar
        .components
        .iter()
        .filter(|one| one.component_type == ICalendarComponentType::VEvent);
    let mut entries = BTreeMap::new();
    for event in events {
        let value = |property| {
            event
                .property(&property)
                .and_then(|entry| entry.values.first())
                .cloned()
        };
        let (Some(ICalendarValue::Integer(sequence)), Some(ICalendarValue::PartialDateTime(starts))) =
            (value(ICalendarProperty::Sequence), value(ICalendarProperty::Dtstart))
        else {
            panic!("{event:?}");
        };
        let kept = Kept {
            sequence,
            starts: starts.to_date_time().unwrap().date_time.and_utc().timestamp(),
            is_cancelled: event.status() == Some(&ICalendarStatus::Cancelled),
            summary: value(ICalendarProperty::Summary).unwrap().as_text().unwrap().to_owned(),
        };
        let before = entries.insert(event.uid().unwrap().to_owned(), kept);
        assert_eq!(before, None, "two entries have one UID");
    }
    entries
}

impl Cohort {
    /// The facilitator moves a workshop now and then, and now and then calls one off.
    pub fn change_events(&mut self, week: i32) {
        let event = self.event(&self.id, week, "Workshop");
        let path = format!("/v1/events/{}", text(&event["id"]));
        if week % 4 == 1 {
            let day = &text(&event["starts_local"])[..10];
            let moved = json!({"starts_at": format!("{day}T14:00"), "ends_at": format!("{day}T16:00")});
            self.service.patch(&self.facilitator, &path, moved).is(200);
        }
        if week % 4 == 3 {
            self.service.delete(&self.facilitator, &path).is(204);
        }
    }

    /// All programs read their calendars.
    pub fn check_calendars(&mut self) {
        for calendar in &mut self.calendars {
            calendar.read(&self.service);
        }
    }

    /// Eight on Mondays was eight by the clocks of London in each week, also after they were changed; what was moved or
    /// called off is seen to be.
    pub fn check_what_calendars_say(&self) {
        for calendar in &self.calendars[..2] {
            // The first was moved before anybody had read it.
            assert_eq!((calendar.moved, calendar.cancelled), (3, 4), "{}", calendar.path);
            let check_ins = calendar
                .known
                .values()
                .filter(|entry| entry.summary.starts_with("Check-in"));
            let check_ins: Vec<i64> = check_ins.map(|entry| entry.starts).collect();
            assert_eq!(check_ins.len(), 16);
            for week in 0..16 {
                let date = self.starts_on + TimeDelta::days(week * 7);
                let eight = date.and_time(NaiveTime::from_hms_opt(8, 0, 0).unwrap());
                let eight = Instant::of_local(eight, TimeZone::parse("Europe/London").unwrap());
                assert!(
                    check_ins.contains(&eight.unix_seconds()),
                    "{eight} is not in {check_ins:?}"
                );
            }
        }
    }
}
