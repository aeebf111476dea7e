//! Who was there, who says so, and how it is counted.

use chrono::{NaiveDate, TimeDelta};

use crate::{
    error::{Code, Error, Result},
    events::model::{Attendance, AttendanceStatus, Counts, Event},
    primitives::{Id, Instant, LocalTime, time::TimeZone},
};

/// So long before an event begins people can check in.
const BEFORE: TimeDelta = TimeDelta::minutes(15);
/// Who comes later than this after it has begun is late.
const IN_TIME: TimeDelta = TimeDelta::minutes(5);
/// For so long a check-in may wait for power and a network.
const WAITS: TimeDelta = TimeDelta::days(7);
/// So many wrong codes one person can send for one event.
pub const WRONG_CODES: i32 = 10;

/// Whether somebody has sent the code of an event that has one.
///
/// # Errors
/// `422` at `/code`.
pub fn check_code(code: Option<&str>, sent: Option<&str>) -> Result<()> {
    match (code, sent) {
        (Some(_), None) => Err(Error::field(
            "/code",
            "required",
            "is needed: send the code that the staff show for this event",
        )),
        (Some(code), Some(sent)) if code != sent => {
            let detail = "is not the code that the staff show for this event";
            Err(Error::field("/code", "wrong", detail))
        }
        _ => Ok(()),
    }
}

/// Whether somebody who has sent so many wrong codes may send another.
///
/// # Errors
/// `409`.
pub fn may_guess(tries: i32) -> Result<()> {
    match tries < WRONG_CODES {
        true => Ok(()),
        false => {
            let detail = format!(
                "You have sent {WRONG_CODES} wrong codes for this event. Ask the staff to note that you are there."
            );
            Err(Error::new(Code::Conflict, detail))
        }
    }
}

/// When somebody came who checks in now and says that it was then. Their clock may be fast: nobody has come later than
/// now.
///
/// # Errors
/// `409` for what was cancelled, and while nobody can check in; `422` for a time at which nobody could.
pub fn arrival(event: &Event, zone: TimeZone, said: Option<Instant>, now: Instant) -> Result<Instant> {
    must_take_place(event)?;
    let (opens, ends) = (event.starts_at(zone).plus(-BEFORE), event.ends_at(zone));
    let arrived = said.unwrap_or(now).min(now);
    if now < opens {
        let detail = format!("Nobody can check in yet. Check-in opens on {}.", shown(opens, zone));
        return Err(Error::new(Code::Conflict, detail).with("opens_at", opens));
    }
    if now > ends.plus(WAITS) || said.is_none() && now > ends {
        let detail = format!(
            "The event ended on {}. Send `arrived_at` within a week of it if you were there, or ask the staff to note it.",
            shown(ends, zone)
        );
        return Err(Error::new(Code::Conflict, detail).with("ended_at", ends));
    }
    if arrived < opens || arrived > ends {
        let [from, to] = [opens, ends].map(|instant| LocalTime::of(instant, zone).in_words());
        let zone = zone.as_str();
        let detail = format!("must lie between {from} and {to} ({zone}), when people could check in");
        return Err(Error::field("/arrived_at", "invalid", detail));
    }
    Ok(arrived)
}

/// What the clocks of the campus show then, for people.
fn shown(instant: Instant, zone: TimeZone) -> String {
    format!("{} ({})", LocalTime::of(instant, zone).in_words(), zone.as_str())
}

/// Whether who came then was in time.
pub fn on_arrival(event: &Event, zone: TimeZone, arrived: Instant) -> AttendanceStatus {
    match arrived <= event.starts_at(zone).plus(IN_TIME) {
        true => AttendanceStatus::Present,
        false => AttendanceStatus::Late,
    }
}

fn must_take_place(event: &Event) -> Result<()> {
    match event.is_planned() {
        true => Ok(()),
        false => Err(Error::new(Code::Conflict, "The event was cancelled.")),
    }
}

/// Whether somebody may check in, or what the staff have noted stands.
///
/// # Errors
/// `409`.
pub fn may_check_in(before: Option<&Attendance>) -> Result<()> {
    match before {
        Some(before) if before.is_noted => {
            let detail = format!(
                "The staff have noted you as {}. Ask them to change it.",
                before.status.as_str()
            );
            Err(Error::new(Code::Conflict, detail))
        }
        _ => Ok(()),
    }
}

/// Whether staff may note it. Who will be excused can be noted ahead; who came, once people can.
///
/// # Errors
/// `409`, or `422` for a visitor who is anything but there.
pub fn may_note(
    event: &Event,
    zone: TimeZone,
    status: AttendanceStatus,
    is_expected: bool,
    now: Instant,
) -> Result<()> {
    must_take_place(event)?;
    let opens = event.starts_at(zone).plus(-BEFORE);
    match status {
        AttendanceStatus::Absent | AttendanceStatus::Excused if !is_expected => {
            let detail = "must be `present` or `late` for somebody who was not expected at the event";
            Err(Error::field("/status", "invalid", detail))
        }
        AttendanceStatus::Excused => Ok(()),
        _ if now < opens => {
            let detail = format!(
                "Nobody can have come yet. Who came can be noted from {} on; that somebody is `excused`, now.",
                shown(opens, zone)
            );
            Err(Error::new(Code::Conflict, detail).with("opens_at", opens))
        }
        _ => Ok(()),
    }
}

/// What somebody who is expected at an event counts as there: what is known of them; or else excused if an absence is
/// noted, and absent once it is over.
pub fn standing(known: Option<AttendanceStatus>, has_absence: bool, is_over: bool) -> Option<AttendanceStatus> {
    match known {
        Some(status) => Some(status),
        None if has_absence => Some(AttendanceStatus::Excused),
        None => is_over.then_some(AttendanceStatus::Absent),
    }
}

/// From which day on a week's absence excuses: one that the student noted from the day on which they did, so that nobody
/// excuses afterwards what they have missed; one that staff noted, or nobody knows who, for the whole week.
pub fn excused_from(student: Id, noted_by: Option<Id>, noted_on: NaiveDate) -> Option<NaiveDate> {
    (noted_by == Some(student)).then_some(noted_on)
}

/// How often somebody was there, of what is over and where they were expected.
pub fn count(standings: impl IntoIterator<Item = AttendanceStatus>) -> Counts {
    let mut counts = Counts::default();
    for standing in standings {
        let (expected, attended, late, excused) = match standing {
            AttendanceStatus::Present => (1, 1, 0, 0),
            AttendanceStatus::Late => (1, 1, 1, 0),
            AttendanceStatus::Absent => (1, 0, 0, 0),
            AttendanceStatus::Excused => (0, 0, 0, 1),
        };
        counts.expected += expected;
        counts.attended += attended;
        counts.late += late;
        counts.excused += excused;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::model::EventStatus,
        primitives::{Id, Line, Word},
    };
    use AttendanceStatus::{Absent, Excused, Late, Present};

    fn event(starts: &str, ends: &str) -> Event {
        let now = Instant::now();
        Event {
            id: Id::new(),
            cohort_id: Id::new(),
            session_id: None,
            session_day: None,
            is_changed: false,
            title: Line::parse("Workshop").unwrap(),
            kind: Word::parse("workshop").unwrap(),
            starts_local: LocalTime::parse(starts).unwrap(),
            ends_local: LocalTime::parse(ends).unwrap(),
            place: None,
            url: None,
            is_optional: false,
            check_in_code: None,
            status: EventStatus::Planned,
            is_left_out: false,
            cancelled_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn london() -> TimeZone {
        TimeZone::parse("Europe/London").unwrap()
    }

    #[test]
    fn a_check_in_keeps_its_time_within_bounds() {
        let event = event("2026-03-06T10:00", "2026-03-06T12:00");
        for (now, said, arrived) in [
            ("2026-03-06T09:44:59Z", None, Err("conflict")),
            ("2026-03-06T09:45:00Z", None, Ok("2026-03-06T09:45:00Z")),
            ("2026-03-06T12:00:00Z", None, Ok("2026-03-06T12:00:00Z")),
            ("2026-03-06T12:00:01Z", None, Err("conflict")),
            // It waited for power.
            (
                "2026-03-08T12:00:00Z",
                Some("2026-03-06T10:01:00Z"),
                Ok("2026-03-06T10:01:00Z"),
            ),
            (
                "2026-03-13T12:00:00Z",
                Some("2026-03-06T10:01:00Z"),
                Ok("2026-03-06T10:01:00Z"),
            ),
            ("2026-03-13T12:00:01Z", Some("2026-03-06T10:01:00Z"), Err("conflict")),
            // A clock that is fast, and times at which nobody could check in.
            (
                "2026-03-06T10:00:00Z",
                Some("2026-03-06T10:20:00Z"),
                Ok("2026-03-06T10:00:00Z"),
            ),
            (
                "2026-03-06T10:00:00Z",
                Some("2026-03-06T09:00:00Z"),
                Err("invalid_fields"),
            ),
            (
                "2026-03-06T13:00:00Z",
                Some("2026-03-06T12:30:00Z"),
                Err("invalid_fields"),
            ),
        ] {
            let found = super::arrival(&event, london(), said.map(at), at(now)).map_err(|error| error.code().as_str());
            assert_eq!(found, arrived.map(at), "{said:?} at {now}");
        }
        let cancelled = event.cancelled(false, at("2026-03-01T00:00:00Z"));
        assert!(super::arrival(&cancelled, london(), None, at("2026-03-06T10:00:00Z")).is_err());
    }

    #[test]
    fn five_minutes_are_in_time_whatever_the_clocks_do() {
        // The clocks jump from 01:00 to 02:00 on 29 March, and show 01:00 to 02:00 twice on 25 October.
        for (starts, arrived, status) in [
            ("2026-03-06T10:00", "2026-03-06T10:05:00Z", Present),
            ("2026-03-06T10:00", "2026-03-06T10:05:01Z", Late),
            ("2026-03-29T01:30", "2026-03-29T01:35:00Z", Present),
            ("2026-03-29T01:30", "2026-03-29T01:36:00Z", Late),
            ("2026-03-29T10:00", "2026-03-29T09:06:00Z", Late),
            ("2026-10-25T01:30", "2026-10-25T00:35:00Z", Present),
            ("2026-10-25T01:30", "2026-10-25T01:30:00Z", Late),
            ("2026-10-25T10:00", "2026-10-25T10:05:00Z", Present),
        ] {
            let event = event(starts, "2026-12-01T10:00");
            assert_eq!(
                on_arrival(&event, london(), at(arrived)),
                status,
                "{arrived} for {starts}"
            );
        }
    }

    #[test]
    fn numerator_and_denominator_are_of_one_set() {
        for (known, has_absence, is_over, standing) in [
            (None, false, true, Some(Absent)),
            (None, false, false, None),
            (None, true, true, Some(Excused)),
            (None, true, false, Some(Excused)),
            // Who came after all, came.
            (Some(Late), true, true, Some(Late)),
            (Some(Absent), true, true, Some(Absent)),
            (Some(Excused), false, true, Some(Excused)),
        ] {
            assert_eq!(
                super::standing(known, has_absence, is_over),
                standing,
                "{known:?} {has_absence} {is_over}"
            );
        }
        let counted = Counts {
            expected: 4,
            attended: 3,
            late: 1,
            excused: 2,
        };
        assert_eq!(count([Present, Present, Late, Absent, Excused, Excused]), counted);
    }

    #[test]
    fn staff_note_who_came_once_they_can_have_come() {
        let event = event("2026-03-06T10:00", "2026-03-06T12:00");
        for (status, is_expected, now, may) in [
            (Excused, true, "2026-03-01T10:00:00Z", true),
            (Present, true, "2026-03-01T10:00:00Z", false),
            (Absent, true, "2026-03-06T09:44:00Z", false),
            (Present, true, "2026-03-06T09:45:00Z", true),
            (Absent, true, "2027-03-06T09:45:00Z", true),
            (Late, false, "2026-03-06T10:45:00Z", true),
            (Absent, false, "2026-03-06T10:45:00Z", false),
            (Excused, false, "2026-03-06T10:45:00Z", false),
        ] {
            let found = may_note(&event, london(), status, is_expected, at(now)).is_ok();
            assert_eq!(found, may, "{status:?} {is_expected} {now}");
        }
    }
}
