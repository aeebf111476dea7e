//! Calendars as text (iCalendar, RFC 5545), and what makes their entries.

mod entries;

use chrono::{DateTime, Days, TimeDelta, Utc};
use icalendar::{Calendar, Component as _, EventLike as _, EventStatus};

pub use entries::{Seen, booked, day_off, mentoring, revised, walk};

use super::model::{Entry, When};
use crate::primitives::{Bound, Instant};

/// What one account can have.
pub const FEEDS: Bound = Bound {
    most: 20,
    whose: "one account",
    what: "calendar feeds of yours",
    remedy: "Delete one first.",
};

/// For so long a feed tells that something was cancelled.
pub const CANCELLED_FOR: TimeDelta = TimeDelta::days(30);
/// So far back a feed goes.
pub const BACK: Days = Days::new(90);

/// Whether a feed still tells of what was cancelled then.
pub fn still_tells(cancelled_at: Option<Instant>, now: Instant) -> bool {
    cancelled_at.is_none_or(|at| at.plus(CANCELLED_FOR) > now)
}

/// A calendar of these entries. Times are instants in UTC: each entry stands for itself, so that a calendar program needs
/// no rules for the clocks of the campus. It is always the same for the same entries. `host` makes their ids unlike any other's.
pub fn calendar(name: &str, host: &str, entries: &[Entry]) -> String {
    // `Calendar::new()` would name its library as the program that made it.
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//peerled//calendar feeds//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.name(name);
    // Programs read it when they like, often once a day; this is what they may at most.
    calendar.append_property(("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"));
    calendar.append_property(("X-PUBLISHED-TTL", "PT1H"));
    for entry in entries {
        calendar.push(event(entry, host));
    }
    calendar.done().to_string()
}

fn event(entry: &Entry, host: &str) -> icalendar::Event {
    let mut event = icalendar::Event::new();
    event
        .uid(&format!("{}@{host}", entry.uid))
        .sequence(u32::try_from(entry.sequence).unwrap_or(0))
        .timestamp(utc(entry.changed_at))
        .last_modified(utc(entry.changed_at))
        .summary(&entry.title)
        .add_property("CATEGORIES", entry.category)
        .status(match entry.is_cancelled {
            true => EventStatus::Cancelled,
            false => EventStatus::Confirmed,
        });
    match entry.when {
        When::Instants(starts, ends) => {
            event.starts(utc(starts));
            if ends > starts {
                event.ends(utc(ends));
            }
        }
        When::Days(first, last) => {
            event.starts(first).ends(last + Days::new(1));
            // Whoever has a week in the calendar is not busy all the week.
            event.add_property("TRANSP", "TRANSPARENT");
        }
    }
    if let Some(place) = &entry.place {
        event.location(place);
    }
    if let Some(url) = &entry.url {
        event.url(url);
    }
    event.done()
}

fn utc(instant: Instant) -> DateTime<Utc> {
    DateTime::from_timestamp(instant.unix_seconds(), 0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn entry(when: When) -> Entry {
        Entry {
            uid: "event-1".into(),
            sequence: 2,
            changed_at: at("2026-03-01T09:30:00.25Z"),
            title: "Talk; with, commas\nand lines".into(),
            category: "workshop",
            when,
            place: Some("Main room".into()),
            url: None,
            is_cancelled: false,
        }
    }

    fn lines(entry: Entry) -> Vec<String> {
        let text = calendar("fac14", "peerled.test", std::slice::from_ref(&entry));
        assert_eq!(text, calendar("fac14", "peerled.test", &[entry]), "the same each time");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        text.split("\r\n").map(ToOwned::to_owned).collect()
    }

    #[test]
    fn an_entry_says_when_it_is_and_how_often_it_changed() {
        let timed = When::Instants(at("2026-03-29T00:30:00Z"), at("2026-03-29T01:30:00Z"));
        let has = |lines: &[String], line: &str| assert!(lines.iter().any(|one| one == line), "{line} in {lines:?}");
        let made = lines(entry(timed));
        for line in [
            "UID:event-1@peerled.test",
            "SEQUENCE:2",
            "DTSTAMP:20260301T093000Z",
            "DTSTART:20260329T003000Z",
            "DTEND:20260329T013000Z",
            "STATUS:CONFIRMED",
            "LOCATION:Main room",
            "SUMMARY:Talk\\; with\\, commas\\nand lines",
        ] {
            has(&made, line);
        }
        let cancelled = Entry {
            is_cancelled: true,
            sequence: 3,
            ..entry(timed)
        };
        let made = lines(cancelled);
        for line in [
            "UID:event-1@peerled.test",
            "SEQUENCE:3",
            "DTSTART:20260329T003000Z",
            "STATUS:CANCELLED",
        ] {
            has(&made, line);
        }
        let day = |text: &str| text.parse().unwrap();
        let made = lines(entry(When::Days(day("2026-03-02"), day("2026-03-06"))));
        for line in ["DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260307"] {
            has(&made, line);
        }
        let due = lines(entry(When::Instants(
            at("2026-03-06T17:00:00Z"),
            at("2026-03-06T17:00:00Z"),
        )));
        has(&due, "DTSTART:20260306T170000Z");
        assert!(!due.iter().any(|line| line.starts_with("DTEND")));
    }

    #[test]
    fn a_calendar_says_once_what_it_is() {
        let made = lines(entry(When::Instants(
            at("2026-03-02T09:00:00Z"),
            at("2026-03-02T10:00:00Z"),
        )));
        let begins = made.iter().position(|line| line == "BEGIN:VEVENT").unwrap();
        let head: Vec<&str> = made[..begins].iter().map(String::as_str).collect();
        for (name, line) in [
            ("BEGIN:", "BEGIN:VCALENDAR"),
            ("VERSION:", "VERSION:2.0"),
            ("PRODID:", "PRODID:-//peerled//calendar feeds//EN"),
            ("CALSCALE:", "CALSCALE:GREGORIAN"),
        ] {
            let found: Vec<&&str> = head.iter().filter(|one| one.starts_with(name)).collect();
            assert_eq!(found, [&line], "{head:?}");
        }
        // No property of the whole stands twice.
        let names: Vec<&str> = head.iter().filter_map(|line| line.split([':', ';']).next()).collect();
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len(), "{head:?}");
    }

    #[test]
    fn what_was_cancelled_is_told_for_thirty_days() {
        for (cancelled, now, told) in [
            (None, "2026-03-01T00:00:00Z", true),
            (Some("2026-03-01T00:00:00Z"), "2026-03-30T23:59:59Z", true),
            (Some("2026-03-01T00:00:00Z"), "2026-03-31T00:00:00Z", false),
        ] {
            assert_eq!(still_tells(cancelled.map(at), at(now)), told, "{cancelled:?} {now}");
        }
    }
}
