use super::*;
use crate::primitives::{Line, TimeOfDay, Word, time::Weekday};

fn session(weekday: Weekday, starts: &str, title: &str) -> Session {
    Session {
        id: Id::new(),
        cohort_id: Id::new(),
        weekday,
        starts: TimeOfDay::parse(starts).unwrap(),
        ends: TimeOfDay::parse("23:00").unwrap(),
        title: Line::parse(title).unwrap(),
        kind: Word::parse("workshop").unwrap(),
        place: None,
        url: None,
        is_optional: false,
        check_in: CheckIn::Code,
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Monday to Friday of two weeks.
fn days() -> BTreeSet<NaiveDate> {
    let first = [day("2026-03-02"), day("2026-03-09")];
    first.iter().flat_map(|monday| monday.iter_days().take(5)).collect()
}

fn steps_at(now: &str, sessions: &[Session], days: &BTreeSet<NaiveDate>, present: &[Event]) -> Vec<Step> {
    plan(now, sessions, days).steps(present, Id::new, || "123456".into())
}

fn plan<'p>(now: &str, sessions: &'p [Session], days: &'p BTreeSet<NaiveDate>) -> Plan<'p> {
    Plan {
        cohort: Id::new(),
        sessions,
        days,
        takes_place: true,
        zone: TimeZone::parse("Europe/London").unwrap(),
        now: Instant::parse(now).unwrap(),
    }
}

const BEFORE: &str = "2026-03-01T00:00:00Z";

fn planned(sessions: &[Session]) -> Vec<Event> {
    let steps = steps_at(BEFORE, sessions, &days(), &[]);
    steps.into_iter().map(|step| step.after).collect()
}

#[test]
fn sessions_take_place_on_working_days_that_are_to_come() {
    let sessions = [
        session(Weekday::Mon, "09:30", "Check-in"),
        session(Weekday::Sat, "10:00", "Brunch"),
    ];
    let mut days = days();
    let on = |now, days: &BTreeSet<NaiveDate>| {
        let steps = steps_at(now, &sessions, days, &[]);
        steps
            .iter()
            .map(|step| step.after.starts_local.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(on(BEFORE, &days), ["2026-03-02T09:30:00", "2026-03-09T09:30:00"]);
    // What has begun before there was a timetable, did not take place by it.
    assert_eq!(on("2026-03-02T09:30:00Z", &days), ["2026-03-09T09:30:00"]);
    days.remove(&day("2026-03-09"));
    assert_eq!(on(BEFORE, &days), ["2026-03-02T09:30:00"]);
}

#[test]
fn an_occurrence_keeps_its_identity_and_nothing_happens_twice() {
    let mut sessions = [session(Weekday::Mon, "09:30", "Check-in")];
    let events = planned(&sessions);
    assert!(steps_at(BEFORE, &sessions, &days(), &events).is_empty());
    sessions[0].starts = TimeOfDay::parse("10:00").unwrap();
    let steps = steps_at(BEFORE, &sessions, &days(), &events);
    let kept = steps
        .iter()
        .map(|step| (step.after.id, step.after.version, step.after.check_in_code.clone()));
    let expected = events.iter().map(|event| (event.id, 2, event.check_in_code.clone()));
    assert!(kept.eq(expected), "{steps:?}");
    // What has begun stays as it was.
    let steps = steps_at("2026-03-02T09:45:00Z", &sessions, &days(), &events);
    assert_eq!(
        steps.iter().map(|step| step.after.id).collect::<Vec<_>>(),
        [events[1].id]
    );
}

#[test]
fn a_day_off_cancels_and_gives_back() {
    let sessions = [session(Weekday::Mon, "09:30", "Check-in")];
    let mut events = planned(&sessions);
    let mut off = days();
    off.remove(&day("2026-03-09"));
    let steps = steps_at(BEFORE, &sessions, &off, &events);
    let [step] = &steps[..] else { panic!("{steps:?}") };
    assert_eq!(
        (step.after.id, step.after.status, step.after.version),
        (events[1].id, EventStatus::Cancelled, 2)
    );
    events[1] = step.after.clone();
    assert!(steps_at(BEFORE, &sessions, &off, &events).is_empty());
    let back = steps_at(BEFORE, &sessions, &days(), &events);
    assert_eq!(
        (back.len(), back[0].after.status, back[0].after.version),
        (1, EventStatus::Planned, 3)
    );
    // One that staff have cancelled stays cancelled.
    events[1] = Event {
        is_changed: true,
        ..planned(&sessions)[1].clone()
    }
    .cancelled(false, Instant::parse(BEFORE).unwrap());
    events[1].session_id = events[0].session_id;
    assert!(steps_at(BEFORE, &sessions, &days(), &events).is_empty());
}

#[test]
fn what_staff_changed_stays_unless_its_day_goes() {
    let mut sessions = [session(Weekday::Mon, "09:30", "Check-in")];
    let mut events = planned(&sessions);
    let moved = |event: &Event, to: &str| Event {
        is_changed: true,
        starts_local: LocalTime::parse(to).unwrap(),
        ..event.clone()
    };
    events[0] = moved(&events[0], "2026-03-03T11:00");
    events[1] = moved(&events[1], "2026-03-09T11:00");
    sessions[0].title = Line::parse("Stand-up").unwrap();
    assert!(steps_at(BEFORE, &sessions, &days(), &events).is_empty());
    // The one that was moved to another day has nothing to do with the day that goes.
    let steps = steps_at(BEFORE, &sessions, &BTreeSet::new(), &events);
    assert_eq!(
        steps
            .iter()
            .map(|step| (step.after.id, step.after.is_left_out))
            .collect::<Vec<_>>(),
        [(events[1].id, true)]
    );
}

#[test]
fn what_a_cohort_that_was_called_off_had_planned_comes_back_with_it() {
    let sessions = [session(Weekday::Mon, "09:30", "Check-in")];
    let mut events = planned(&sessions);
    events.push(Event {
        session_id: None,
        session_day: None,
        id: Id::new(),
        ..events[0].clone()
    });
    let days = days();
    let over = Plan {
        takes_place: false,
        ..plan(BEFORE, &sessions, &days)
    };
    let steps = over.steps(&events, Id::new, String::new);
    assert_eq!(steps.len(), 3);
    let left_out: Vec<Event> = steps.into_iter().map(|step| step.after).collect();
    assert!(left_out.iter().all(|event| event.is_left_out));
    // The step is taken back.
    assert_eq!(steps_at(BEFORE, &sessions, &days, &left_out).len(), 3);
}

#[test]
fn a_session_is_known_by_its_id_or_by_what_it_is() {
    let present = [
        session(Weekday::Mon, "09:30", "Check-in"),
        session(Weekday::Tue, "09:30", "Check-in"),
    ];
    let new = |weekday, title: &str, id| NewSession {
        id,
        weekday,
        starts: TimeOfDay::parse("10:00").unwrap(),
        ends: TimeOfDay::parse("11:00").unwrap(),
        title: Line::parse(title).unwrap(),
        kind: Word::parse("workshop").unwrap(),
        place: None,
        url: None,
        optional: false,
        check_in: CheckIn::Open,
    };
    let [mon, tue] = [present[0].id, present[1].id];
    let of = |new: &[NewSession]| matched(new, &present).unwrap();
    assert_eq!(
        of(&[new(Weekday::Tue, "Check-in", None), new(Weekday::Mon, "Other", None)]),
        [Some(tue), None]
    );
    assert_eq!(
        of(&[new(Weekday::Mon, "Check-in", None), new(Weekday::Fri, "New", Some(mon))]),
        [None, Some(mon)]
    );
    let twice = matched(
        &[new(Weekday::Mon, "A", Some(mon)), new(Weekday::Mon, "B", Some(mon))],
        &present,
    );
    assert_eq!(twice.unwrap_err().field_errors().len(), 1);
    let backwards = NewSession {
        ends: TimeOfDay::parse("10:00").unwrap(),
        ..new(Weekday::Mon, "A", None)
    };
    assert!(matched(&[backwards], &present).is_err());
}
