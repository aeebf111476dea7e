//! Office hours: stretches of time that students book in short pieces.

use chrono::{Days, NaiveDate};

use crate::{
    cohorts::model::Week,
    error::{Code, Error, FieldError, Result},
    mentoring::model::{Booking, LeftOut, Slot, SlotDetails, SlotTimes},
    primitives::{
        Id, Instant, LocalTime, TimeOfDay,
        time::{TimeZone, Weekday},
    },
};

/// How long one time can be.
pub const BOOKING_MINUTES: std::ops::RangeInclusive<i32> = 10..=120;

/// On which day office hours are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HoursDay {
    /// Once.
    On(NaiveDate),
    /// Every week on this day.
    Every(Weekday),
}

const TOO_SHORT: &str = "must fit between the begin and the end at least once";

/// What is wrong with the times that students are to book in a slot.
pub fn faults(details: &SlotDetails) -> Option<FieldError> {
    let minutes = details.booking_minutes?;
    let fault = |pointer: &str, detail: &str| Some(FieldError::at(pointer, "invalid", detail));
    match details.times() {
        _ if !BOOKING_MINUTES.contains(&minutes) => fault("/booking_minutes", "must be from 10 to 120"),
        None => fault("/booking_minutes", "is only for a slot with starts_at and ends_at"),
        Some(times) if times.count_of(minutes) == 0 => fault("/booking_minutes", TOO_SHORT),
        Some(_) if details.capacity != 1 => fault("/capacity", "must be 1 in office hours, which one mentor holds"),
        Some(_) => None,
    }
}

/// The same for office hours as a mentor offers them.
pub fn faults_of_hours(minutes: Option<i32>, starts: &TimeOfDay, ends: &TimeOfDay) -> Vec<FieldError> {
    let fault = |pointer: &str, detail: &str| vec![FieldError::at(pointer, "invalid", detail)];
    let long = (ends.get() - starts.get()).num_minutes();
    match minutes {
        _ if long <= 0 => fault("/ends", "must be later than `starts`"),
        Some(minutes) if !BOOKING_MINUTES.contains(&minutes) => fault("/minutes", "must be from 10 to 120"),
        Some(minutes) if long < i64::from(minutes) => fault("/minutes", TOO_SHORT),
        _ => Vec::new(),
    }
}

/// When office hours are in a week.
///
/// # Errors
/// Why they are not.
pub fn hours_in(
    week: &Week,
    day: HoursDay,
    (starts, ends): (&TimeOfDay, &TimeOfDay),
    zone: TimeZone,
    works_on: impl Fn(NaiveDate) -> bool,
    now: Instant,
) -> std::result::Result<SlotTimes, LeftOut> {
    let day = match day {
        HoursDay::On(day) => Some(day),
        HoursDay::Every(weekday) => week.span().days().find(|day| weekday.is_of(*day)),
    };
    let day = day.filter(|day| works_on(*day)).ok_or(LeftOut::DayOff)?;
    let times = SlotTimes {
        starts: LocalTime::on(day, starts.get()),
        ends: LocalTime::on(day, ends.get()),
        zone,
    };
    match () {
        _ if times.starts_at() <= now => Err(LeftOut::Past),
        _ if !times.are_shown() => Err(LeftOut::NoSuchTime),
        _ => Ok(times),
    }
}

/// The week in which a day is: a week lasts until seven days after it began.
pub fn week_with(weeks: &[Week], day: NaiveDate) -> Option<&Week> {
    weeks
        .iter()
        .find(|week| week.starts_on <= day && day < week.starts_on + Days::new(7))
}

/// What people who would come to a time have at the same time or in the same slot.
pub struct Engagements {
    /// Times that they have booked, they or their teams.
    pub booked: Vec<(Booking, Slot)>,
    /// Walks in which they have a place.
    pub walks: Vec<Slot>,
}

impl Engagements {
    /// Whether one of them is elsewhere then, but for the times of `besides`.
    pub fn has_at(&self, times: SlotTimes, besides: Option<Id>) -> bool {
        let booked = self.booked.iter().filter(|(_, slot)| Some(slot.id) != besides);
        let booked = booked.filter_map(|(booking, slot)| slot.time(booking.number));
        let walks = self.walks.iter().filter_map(Slot::times);
        booked.chain(walks).any(|other| other.overlap(times))
    }
}

/// That people can take one of the times of a slot. `there` are the bookings of the slot.
///
/// # Errors
/// `404`, `409`
pub fn may_book(
    slot: &Slot,
    number: i32,
    there: &[Booking],
    theirs: &Engagements,
    has_mentor: bool,
    now: Instant,
) -> Result<()> {
    let Some(times) = slot.time(number) else {
        let detail = match slot.booking_minutes {
            None => "This mentor slot has no times to book: it is not one of office hours.".to_owned(),
            Some(_) => format!("These office hours have the times 1 to {}.", slot.time_count()),
        };
        return Err(Error::new(Code::NotFound, detail));
    };
    let conflict = |detail: &str| Err(Error::new(Code::Conflict, detail));
    if times.starts_at() <= now {
        let detail = "The time has begun. Book a later one.";
        return Err(Error::new(Code::SlotOver, detail));
    }
    if !has_mentor {
        return conflict("No mentor holds these office hours yet. Book a time in others.");
    }
    if there.iter().any(|booking| booking.number == number) {
        let detail = "Somebody else has booked this time. Book another one.";
        return Err(Error::new(Code::SlotTaken, detail));
    }
    if theirs.booked.iter().any(|(_, other)| other.id == slot.id) {
        return conflict(
            "You or somebody who would come with you has a time in these office hours. Cancel that first.",
        );
    }
    match theirs.has_at(times, None) {
        true => conflict("You or somebody who would come with you has another time or a walk then. Book another time."),
        false => Ok(()),
    }
}

/// That a slot can become this with the times that are booked in it.
///
/// # Errors
/// `409`
pub fn keeps_bookings(before: &Slot, after: &Slot, there: &[Booking]) -> Result<()> {
    let is_another_time = before.booking_minutes != after.booking_minutes;
    let lost = there
        .iter()
        .find(|booking| is_another_time || booking.number > after.time_count());
    match lost {
        None => Ok(()),
        Some(booking) => {
            let detail = format!(
                "Time {} of these office hours is booked and would be another or none. Cancel the booking first.",
                booking.number
            );
            Err(Error::new(Code::Conflict, detail).with("number", booking.number))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentoring::model::SlotKind;

    fn local(text: &str) -> LocalTime {
        LocalTime::parse(text).unwrap()
    }

    fn slot(starts: &str, ends: &str, minutes: Option<i32>) -> Slot {
        let details = SlotDetails {
            starts_local: Some(local(starts)),
            ends_local: Some(local(ends)),
            time_zone: Some(TimeZone::UTC),
            booking_minutes: minutes,
            ..SlotDetails::of_week(SlotKind::Project, 0, 1)
        };
        Slot::new(
            Id::new(),
            Id::new(),
            1,
            details,
            Instant::parse("2026-01-01T00:00:00Z").unwrap(),
        )
    }

    fn booking(slot: &Slot, number: i32) -> Booking {
        Booking {
            slot_id: slot.id,
            number,
            person_id: Id::new(),
            team_id: None,
            created_at: slot.created_at,
        }
    }

    #[test]
    fn a_stretch_has_as_many_times_as_fit() {
        let hours = slot("2026-03-03T14:00", "2026-03-03T15:50", Some(25));
        assert_eq!(hours.time_count(), 4);
        let at = |number| {
            hours
                .time(number)
                .map(|time| (time.starts.to_string(), time.ends.to_string()))
        };
        assert_eq!(
            at(1),
            Some(("2026-03-03T14:00:00".into(), "2026-03-03T14:25:00".into()))
        );
        assert_eq!(
            at(4),
            Some(("2026-03-03T15:15:00".into(), "2026-03-03T15:40:00".into()))
        );
        assert_eq!((at(0), at(5)), (None, None));
        let whole = slot("2026-03-03T14:00", "2026-03-03T15:00", None);
        assert_eq!((whole.time_count(), whole.time(1)), (0, None));
    }

    #[test]
    fn a_time_is_booked_once_by_people_who_are_free() {
        let hours = slot("2026-03-03T14:00", "2026-03-03T15:00", Some(20));
        let other = slot("2026-03-03T14:10", "2026-03-03T15:10", Some(20));
        let walk = slot("2026-03-03T14:30", "2026-03-03T16:00", None);
        let early = Instant::parse("2026-03-03T13:00:00Z").unwrap();
        let code = |number, there: &[Booking], booked: &[(Booking, Slot)], walks: &[Slot], has_mentor, now| {
            let theirs = Engagements {
                booked: booked.to_vec(),
                walks: walks.to_vec(),
            };
            may_book(&hours, number, there, &theirs, has_mentor, now)
                .err()
                .map(|error| error.code())
        };
        assert_eq!(code(1, &[], &[], &[], true, early), None);
        assert_eq!(code(4, &[], &[], &[], true, early), Some(Code::NotFound));
        assert_eq!(code(1, &[], &[], &[], false, early), Some(Code::Conflict));
        let begun = Instant::parse("2026-03-03T14:00:00Z").unwrap();
        assert_eq!(code(1, &[], &[], &[], true, begun), Some(Code::SlotOver));
        assert_eq!(code(2, &[], &[], &[], true, begun), None);
        let there = [booking(&hours, 1)];
        assert_eq!(code(1, &there, &[], &[], true, early), Some(Code::SlotTaken));
        assert_eq!(code(2, &there, &[], &[], true, early), None);
        assert_eq!(
            code(2, &[], &[(booking(&hours, 3), hours.clone())], &[], true, early),
            Some(Code::Conflict)
        );
        // 14:30 to 14:50 elsewhere.
        let elsewhere = [(booking(&other, 2), other.clone())];
        assert_eq!(code(1, &[], &elsewhere, &[], true, early), None);
        assert_eq!(code(2, &[], &elsewhere, &[], true, early), Some(Code::Conflict));
        assert_eq!(code(1, &[], &[], std::slice::from_ref(&walk), true, early), None);
        assert_eq!(
            code(3, &[], &[], std::slice::from_ref(&walk), true, early),
            Some(Code::Conflict)
        );
    }

    #[test]
    fn what_is_booked_is_neither_cut_off_nor_cut_anew() {
        let hours = slot("2026-03-03T14:00", "2026-03-03T15:00", Some(20));
        let to = |starts: &str, ends: &str, minutes| Slot {
            id: hours.id,
            ..slot(starts, ends, minutes)
        };
        let there = [booking(&hours, 2)];
        for (after, kept) in [
            (to("2026-03-04T09:00", "2026-03-04T10:00", Some(20)), true),
            (to("2026-03-03T14:00", "2026-03-03T14:40", Some(20)), true),
            (to("2026-03-03T14:00", "2026-03-03T14:39", Some(20)), false),
            (to("2026-03-03T14:00", "2026-03-03T15:00", Some(30)), false),
            (to("2026-03-03T14:00", "2026-03-03T15:00", None), false),
        ] {
            assert_eq!(keeps_bookings(&hours, &after, &there).is_ok(), kept, "{after:?}");
            assert!(keeps_bookings(&hours, &after, &[]).is_ok());
        }
    }
}
