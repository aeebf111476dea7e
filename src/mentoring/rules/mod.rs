//! Who has a place, who waits where, who is next, and which weeks lack somebody.

mod allocations;
mod draws;
mod giving;
mod meeting;
mod office_hours;
mod reconfirmation;
mod shares;

pub use allocations::{
    Candidate, Commitment, Differences, NewWishes, Wishes, Wishing, differences, problem, remaining, result,
    wish_faults,
};
pub use draws::{before_it_counts, draw, name_applicants, named_as};
pub use giving::{Amount, given_and_pledged};
pub use meeting::{compete, keep_from_each_other, look_after_the_same, overlap};
pub use office_hours::{Engagements, HoursDay, faults_of_hours, hours_in, keeps_bookings, may_book, week_with};
pub use reconfirmation::{asked_from, expires_at, is_to_be_asked, reconfirm_by};
pub use shares::{average, shares};

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, TimeDelta};

use super::model::{LeftOut, SignUp, SignUpStatus, Slot, SlotDetails, SlotTimes};
use crate::{
    cohorts::model::{CohortStatus, Phase, Week, ZoneChange},
    error::FieldError,
    primitives::{Bound, Id, Instant, LocalTime, time::TimeZone},
};

/// Room for mentors in a slot, at the most.
pub const MAX_CAPACITY: i32 = 100;

/// For so long it is counted who did not come.
pub const ATTENDANCE_COUNTED: TimeDelta = TimeDelta::days(365);

/// Whether places of a cohort can still be offered, taken and passed on.
pub fn is_open(cohort: CohortStatus) -> bool {
    matches!(cohort, CohortStatus::Planned | CohortStatus::Running)
}

/// What one account can fill a cohort with.
pub const OF_A_COHORT: Bound = Bound {
    most: 100_000,
    whose: "a cohort",
    what: "mentor slots",
    remedy: "Remove some first.",
};

/// In which time a cohort has so many draws.
pub const DAY: TimeDelta = TimeDelta::hours(24);

/// How many draws a cohort has in a day: everybody who has wishes is told of each.
pub const DRAWS: Bound = Bound {
    most: 20,
    whose: "a cohort",
    what: "draws in 24 hours",
    remedy: "Try with `\"dry_run\": true`, of which nobody is told, or draw again tomorrow.",
};

/// What one mentor has open in a cohort: each slot is moved, called off and told of with it.
pub const OFFERED: Bound = Bound {
    most: 100,
    whose: "one mentor",
    what: "office hours to come in a cohort",
    remedy: "Delete some first.",
};

/// How often somebody books times in a day: each booking is told to a mentor.
pub const BOOKINGS: Bound = Bound {
    most: 20,
    whose: "one account",
    what: "bookings of office hours in 24 hours",
    remedy: "Book again tomorrow.",
};

/// How often one place can be offered.
pub const OFFERS: Bound = Bound {
    most: 50,
    whose: "a place",
    what: "offers of this place, withdrawn ones included",
    remedy: "Give the place up instead.",
};

/// Whether somebody with this status takes up a place. Who did not come took it up all the same.
pub fn holds_a_place(status: SignUpStatus) -> bool {
    matches!(
        status,
        SignUpStatus::Confirmed | SignUpStatus::Attended | SignUpStatus::NoShow
    )
}

/// Whether this status says what came of a place: that is kept.
pub fn is_on_record(status: SignUpStatus) -> bool {
    matches!(status, SignUpStatus::Attended | SignUpStatus::NoShow)
}

/// Whether places of a slot can no longer be taken, given up or passed on: it has begun or, if it is for the whole
/// week, the week is over by the clocks of the campus.
pub fn is_over(slot: &Slot, week_ends_on: NaiveDate, zone: TimeZone, now: Instant) -> bool {
    match slot.times() {
        Some(times) => times.starts_at() <= now,
        None => week_ends_on < now.date_in(zone),
    }
}

/// How full a slot is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Places {
    /// Places taken.
    pub taken: i32,
    /// People in line.
    pub waiting: i32,
}

impl Places {
    /// From all the sign-ups of a slot.
    pub fn of(statuses: impl IntoIterator<Item = SignUpStatus>) -> Self {
        let mut places = Self::default();
        for status in statuses {
            places.taken += i32::from(holds_a_place(status));
            places.waiting += i32::from(status == SignUpStatus::Waitlisted);
        }
        places
    }

    /// Places that are free.
    pub fn remaining(self, capacity: i32) -> i32 {
        (capacity - self.taken).max(0)
    }
}

/// What a newcomer gets. Nobody overtakes the line.
pub fn status_of_newcomer(places: Places, capacity: i32) -> SignUpStatus {
    if places.waiting == 0 && places.remaining(capacity) > 0 {
        SignUpStatus::Confirmed
    } else {
        SignUpStatus::Waitlisted
    }
}

/// The place in line, from 1, of whoever waits with this turn; `waiting` holds everybody's.
pub fn position(turn: i64, waiting: impl IntoIterator<Item = i64>) -> usize {
    1 + waiting.into_iter().filter(|other| *other < turn).count()
}

/// Who gets the free places: the first in line. `sign_ups` are all of the slot, by turn.
pub fn promoted(sign_ups: &[SignUp], capacity: i32) -> Vec<&SignUp> {
    let places = Places::of(sign_ups.iter().map(|sign_up| sign_up.status));
    let free = usize::try_from(places.remaining(capacity)).unwrap_or(0);
    let waiting = sign_ups
        .iter()
        .filter(|sign_up| sign_up.status == SignUpStatus::Waitlisted);
    waiting.take(free).collect()
}

const SKIPPED: &str = "is skipped when the clocks are put forward; choose another time";

/// All that is wrong with a slot as somebody wants it.
pub fn faults(details: &SlotDetails) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let mut fault = |pointer: &str, detail: &str| faults.push(FieldError::at(pointer, "invalid", detail));
    if !(1..=MAX_CAPACITY).contains(&details.capacity) {
        fault("/capacity", "must be from 1 to 100");
    }
    if details.min < 0 {
        fault("/min", "must not be negative");
    } else if details.min > details.capacity {
        fault("/min", "must not be more than the capacity");
    }
    if details.reconfirm_days.is_some_and(|days| !(1..=60).contains(&days)) {
        fault("/reconfirm_days", "must be from 1 to 60");
    }
    match (details.starts_local, details.ends_local) {
        (None, None) if details.time_zone.is_some() => {
            fault("/time_zone", "is only for a slot with starts_at and ends_at");
        }
        (Some(starts), Some(ends)) if starts >= ends => fault("/ends_at", "must be later than starts_at"),
        (Some(starts), Some(_)) if details.time_zone.is_some_and(|zone| !starts.is_shown_in(zone)) => {
            fault("/starts_at", SKIPPED);
        }
        (Some(_), Some(ends)) if details.time_zone.is_some_and(|zone| !ends.is_shown_in(zone)) => {
            fault("/ends_at", SKIPPED);
        }
        (Some(_), None) => fault("/ends_at", "is required when starts_at is given"),
        (None, Some(_)) => fault("/starts_at", "is required when ends_at is given"),
        (Some(_), Some(_)) if details.part_of_week.is_some() => {
            fault(
                "/part_of_week",
                "must be left out where starts_at and ends_at are given",
            );
        }
        _ => {}
    }
    faults.extend(office_hours::faults(details));
    faults
}

/// For which weeks of a cohort slots are made at once.
#[derive(Clone, Debug)]
pub enum WeekChoice {
    /// These.
    Numbers(Vec<i32>),
    /// All of a phase.
    Phase(Phase),
    /// The one in which this day is.
    With(NaiveDate),
}

/// The numbers of the weeks that are meant, in order.
///
/// # Errors
/// What is wrong with the choice.
pub fn chosen_weeks(choice: &WeekChoice, weeks: &[Week]) -> Result<Vec<i32>, Vec<FieldError>> {
    let fault = |pointer: String, code: &str, detail: &str| FieldError::at(pointer, code, detail);
    match choice {
        WeekChoice::Numbers(numbers) if numbers.is_empty() => {
            Err(vec![fault("/weeks".into(), "invalid", "must name at least one week")])
        }
        WeekChoice::Numbers(numbers) => {
            let wrong = |(at, number): (usize, &i32)| {
                let pointer = format!("/weeks/{at}");
                if !weeks.iter().any(|week| week.number == *number) {
                    return Some(fault(pointer, "not_found", "must be a week of this cohort"));
                }
                let is_repeated = numbers.iter().take(at).any(|earlier| earlier == number);
                is_repeated.then(|| fault(pointer, "invalid", "is in the list already"))
            };
            let faults: Vec<FieldError> = numbers.iter().enumerate().filter_map(wrong).collect();
            match faults.is_empty() {
                true => Ok(BTreeSet::from_iter(numbers.iter().copied()).into_iter().collect()),
                false => Err(faults),
            }
        }
        WeekChoice::With(day) => match week_with(weeks, *day) {
            Some(week) => Ok(vec![week.number]),
            None => Err(vec![fault(
                "/date".into(),
                "not_found",
                "must be in a week of this cohort",
            )]),
        },
        WeekChoice::Phase(phase) => {
            let of_phase = weeks.iter().filter(|week| week.phase == *phase);
            let numbers: Vec<i32> = of_phase.map(|week| week.number).collect();
            match numbers.is_empty() {
                true => Err(vec![fault(
                    "/phase".into(),
                    "not_found",
                    "must be the phase of a week of this cohort",
                )]),
                false => Ok(numbers),
            }
        }
    }
}

/// Whether two slots are wanted for the same at the same time.
pub fn is_same(one: &Slot, other: &Slot) -> bool {
    let key = |slot: &Slot| {
        (
            (slot.cohort_id, slot.week_number, slot.kind, slot.mentor_role),
            (slot.part_of_week, slot.times(), slot.booking_minutes),
        )
    };
    key(one) == key(other)
}

/// Why a pattern makes no such slot in a week, if it does not: there is one, or the week is over and was not asked for.
pub fn left_out(slot: &Slot, week_is_past: bool, existing: &[Slot]) -> Option<LeftOut> {
    match existing.iter().any(|other| is_same(slot, other)) {
        true => Some(LeftOut::Exists),
        false => week_is_past.then_some(LeftOut::Past),
    }
}

/// A slot in the words of a message: its week, and its times by the clock on the wall.
pub fn named(slot: &Slot) -> String {
    let week = slot.week_number;
    match slot.times() {
        None => format!("a mentor slot in week {week}"),
        Some(SlotTimes { starts, ends, zone }) => format!(
            "a mentor slot in week {week}, {} to {} ({})",
            shown(starts),
            shown(ends),
            zone.as_str()
        ),
    }
}

/// A time in a message, to the minute.
pub fn shown(time: LocalTime) -> String {
    format!("{} {}", time.date(), time.time().format("%H:%M"))
}

/// Whether the places of a slot are kept for graduates of the previous cohort, until when.
pub fn kept_until(slot: &Slot, now: Instant) -> Option<Instant> {
    slot.priority_until.filter(|until| now < *until)
}

/// What of the times lies outside the slot's week, which lasts until the next one begins.
pub fn outside(details: &SlotDetails, week: &Week, zone: TimeZone) -> Option<FieldError> {
    let day = |time: Instant| time.date_in(zone);
    let next = week.starts_on.checked_add_days(Days::new(7))?;
    let outside = |time: Instant| day(time) < week.starts_on || day(time) >= next;
    let fault = |pointer: &str| {
        let (number, starts, ends) = (week.number, week.starts_on, week.ends_on);
        FieldError::at(
            pointer,
            "invalid",
            format!("must be in week {number}, from {starts} to {ends}, or before the next week begins"),
        )
    };
    let times = details.times()?;
    match (outside(times.starts_at()), outside(times.ends_at())) {
        (true, _) => Some(fault("/starts_at")),
        (_, true) => Some(fault("/ends_at")),
        _ => None,
    }
}

/// A slot whose week has moved: its begin moves with it, and it stays as long as it was. Where it went by the clocks of the
/// campus, it goes by those that the campus has now.
pub fn moved(slot: &Slot, each: impl Fn(LocalTime) -> LocalTime, zones: ZoneChange) -> Slot {
    let Some(times) = slot.times() else {
        return slot.clone();
    };
    let starts = each(times.starts);
    Slot {
        starts_local: Some(starts),
        ends_local: Some(starts.plus(times.ends.since(times.starts))),
        time_zone: Some(match times.zone == zones.before {
            true => zones.after,
            false => times.zone,
        }),
        ..slot.clone()
    }
}

/// How well a week is covered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Mentors its slots take.
    pub wanted: i32,
    /// Places of those who will come or came.
    pub confirmed: i32,
    /// Mentors still missing: what one slot has too many does not help another.
    pub gap: i32,
    /// Its slots.
    pub slots: i32,
    /// Whether one person is all there is.
    pub alone: bool,
}

/// The coverage of a week from its slots and who comes to each.
pub fn coverage<'a>(slots: impl IntoIterator<Item = (&'a Slot, &'a [Id])>) -> Coverage {
    let mut coverage = Coverage::default();
    let mut people: BTreeSet<Id> = BTreeSet::new();
    for (slot, mentors) in slots {
        let coming = i32::try_from(mentors.len()).unwrap_or(i32::MAX);
        coverage.wanted += slot.min_mentors;
        coverage.confirmed += coming;
        coverage.gap += (slot.min_mentors - coming).max(0);
        coverage.slots += 1;
        people.extend(mentors);
    }
    coverage.alone = people.len() == 1;
    coverage
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentoring::model::{MentorRole, PartOfWeek, SlotKind};

    pub(super) fn slot(min: i32, capacity: i32, times: Option<(i64, i64)>) -> Slot {
        let at = |hour: i64| Instant::now().plus(chrono::TimeDelta::hours(hour));
        Slot {
            id: Id::new(),
            cohort_id: Id::new(),
            week_number: 1,
            kind: SlotKind::Week,
            min_mentors: min,
            capacity,
            version: 1,
            created_at: at(0),
            updated_at: at(0),
            part_of_week: None,
            place: None,
            url: None,
            mentor_role: None,
            priority_until: None,
            reconfirm_days: None,
            starts_local: times.map(|(starts, _)| LocalTime::of(at(starts), TimeZone::UTC)),
            ends_local: times.map(|(_, ends)| LocalTime::of(at(ends), TimeZone::UTC)),
            time_zone: times.map(|_| TimeZone::UTC),
            booking_minutes: None,
            is_offered: false,
        }
    }

    fn line(statuses: &[SignUpStatus]) -> Vec<SignUp> {
        let slot_id = Id::new();
        let sign_up = |(turn, status): (usize, &SignUpStatus)| {
            let turn = i64::try_from(turn).unwrap();
            SignUp::new(Id::new(), (slot_id, Id::new()), turn, *status, Instant::now())
        };
        statuses.iter().enumerate().map(sign_up).collect()
    }

    use SignUpStatus::{Attended, Cancelled, Confirmed, NoShow, Waitlisted};

    #[test]
    fn a_newcomer_gets_a_free_place_but_never_overtakes() {
        for (taken, waiting, status) in [
            (0, 0, Confirmed),
            (1, 0, Confirmed),
            (2, 0, Waitlisted),
            (1, 1, Waitlisted),
        ] {
            assert_eq!(status_of_newcomer(Places { taken, waiting }, 2), status);
        }
    }

    #[test]
    fn free_places_go_to_the_first_in_line() {
        let turns = |statuses: &[SignUpStatus], capacity| -> Vec<i64> {
            promoted(&line(statuses), capacity)
                .iter()
                .map(|sign_up| sign_up.turn)
                .collect()
        };
        let cancelled = [Cancelled, Confirmed, Waitlisted, Waitlisted, Waitlisted];
        assert_eq!(turns(&cancelled, 2), [2]);
        assert_eq!(turns(&cancelled, 3), [2, 3]);
        assert_eq!(turns(&cancelled, 9), [2, 3, 4]);
        assert!(turns(&cancelled, 1).is_empty() && turns(&cancelled, 0).is_empty());
        assert!(turns(&[Attended, NoShow, Waitlisted], 2).is_empty());
        assert_eq!((position(4, [2, 4, 7]), position(2, [2, 4, 7])), (2, 1));
    }

    #[test]
    fn every_fault_of_a_slot_is_named() {
        let [early, late] = ["2026-03-02T10:00", "2026-03-02T11:00"].map(|time| LocalTime::parse(time).unwrap());
        let pointers = |min, capacity, starts_local: Option<LocalTime>, ends_local| -> Vec<String> {
            let details = SlotDetails {
                min,
                capacity,
                starts_local,
                ends_local,
                time_zone: (min == 98).then_some(TimeZone::UTC),
                part_of_week: starts_local.filter(|_| min == 100).map(|_| PartOfWeek::Evenings),
                ..SlotDetails::of_week(SlotKind::Week, 0, 1)
            };
            faults(&details).into_iter().map(|fault| fault.pointer).collect()
        };
        assert!(pointers(0, 1, None, None).is_empty() && pointers(99, 100, Some(early), Some(late)).is_empty());
        assert_eq!(pointers(100, 100, Some(early), Some(late)), ["/part_of_week"]);
        assert_eq!(pointers(98, 100, None, None), ["/time_zone"]);
        assert_eq!(pointers(0, 0, None, None), ["/capacity"]);
        assert_eq!(pointers(0, 101, None, None), ["/capacity"]);
        assert_eq!(pointers(-1, 1, None, None), ["/min"]);
        assert_eq!(pointers(2, 1, Some(early), None), ["/min", "/ends_at"]);
        assert_eq!(pointers(0, 1, None, Some(late)), ["/starts_at"]);
        assert_eq!(pointers(0, 1, Some(early), Some(early)), ["/ends_at"]);
    }

    #[test]
    fn times_are_those_of_the_clocks_of_their_zone() {
        let local = |text: &str| LocalTime::parse(text).unwrap();
        let in_zone = |name: &str, day: &str| Slot {
            starts_local: Some(local(&format!("{day}T14:00"))),
            ends_local: Some(local(&format!("{day}T15:00"))),
            time_zone: Some(TimeZone::parse(name).unwrap()),
            ..slot(1, 1, None)
        };
        for (zone, day, starts_at) in [
            ("Europe/London", "2026-03-27", "2026-03-27T14:00:00Z"),
            ("Europe/London", "2026-03-30", "2026-03-30T13:00:00Z"),
            ("Asia/Gaza", "2026-03-27", "2026-03-27T12:00:00Z"),
        ] {
            let starts = in_zone(zone, day).times().unwrap().starts_at();
            assert_eq!(starts.to_string(), starts_at, "{zone} {day}");
        }
        let (here, there) = (
            in_zone("Europe/London", "2026-03-27"),
            in_zone("Asia/Gaza", "2026-03-27"),
        );
        assert!(overlap(&here, &here) && !overlap(&here, &there));
    }

    #[test]
    fn a_pattern_leaves_out_what_is_there_or_past() {
        let wanted = slot(1, 1, None);
        let like = |change: fn(&mut Slot)| {
            let mut other = Slot {
                cohort_id: wanted.cohort_id,
                ..slot(3, 4, None)
            };
            change(&mut other);
            other
        };
        assert_eq!(left_out(&wanted, true, &[like(|_| ())]), Some(LeftOut::Exists));
        assert_eq!(left_out(&wanted, true, &[]), Some(LeftOut::Past));
        let others = [
            like(|other| other.week_number = 2),
            like(|other| other.mentor_role = Some(MentorRole::Lead)),
            like(|other| other.part_of_week = Some(PartOfWeek::Evenings)),
            like(|other| other.kind = SlotKind::Role),
            slot(1, 1, None),
        ];
        assert_eq!(left_out(&wanted, false, &others), None);
    }

    #[test]
    fn a_slot_is_over_once_it_has_begun_and_a_week_after_its_last_day() {
        let instant = |text: &str| serde_json::from_str::<Instant>(&format!("\"{text}\"")).unwrap();
        let friday = NaiveDate::from_ymd_opt(2026, 3, 6).unwrap();
        let gaza = TimeZone::parse("Asia/Gaza").unwrap();
        let whole_week = slot(1, 1, None);
        for (now, over) in [
            ("2026-03-02T08:00:00Z", false),
            ("2026-03-06T21:59:59Z", false),
            ("2026-03-06T22:00:00Z", true),
            ("2027-01-01T00:00:00Z", true),
        ] {
            assert_eq!(is_over(&whole_week, friday, gaza, instant(now)), over, "{now}");
        }
        let hours = slot(1, 1, Some((1, 2)));
        let starts_at = hours.times().unwrap().starts_at();
        for (minutes, over) in [(-1, false), (0, true), (1, true), (600, true)] {
            let now = starts_at.plus(chrono::TimeDelta::minutes(minutes));
            assert_eq!(is_over(&hours, friday, gaza, now), over, "{minutes}");
        }
    }

    #[test]
    fn a_full_slot_does_not_fill_the_gap_of_another() {
        let (busy, empty) = (slot(1, 3, None), slot(2, 3, None));
        let (a, b) = (Id::new(), Id::new());
        let both = coverage([(&busy, [a, b].as_slice()), (&empty, [].as_slice())]);
        let expected = Coverage {
            wanted: 3,
            confirmed: 2,
            gap: 2,
            slots: 2,
            alone: false,
        };
        assert_eq!(both, expected);
        let twice = coverage([(&busy, [a].as_slice()), (&empty, [a].as_slice())]);
        assert!(twice.alone && twice.gap == 1);
        assert_eq!(coverage([]), Coverage::default());
    }
}
