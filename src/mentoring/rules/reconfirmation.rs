//! Places that have to be confirmed again: who is asked when, and when a place is lost.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

use crate::{
    mentoring::model::{SignUp, SignUpStatus, Slot},
    primitives::{Instant, time::TimeZone},
};

/// So long before the time by which they have to answer, mentors are asked whether they still come.
const ASKED_BEFORE: TimeDelta = TimeDelta::days(5);
/// Nobody loses a place who was not asked so long before.
const TIME_TO_ANSWER: TimeDelta = TimeDelta::days(1);

/// By when places of a slot have to be confirmed again, if they have to: some days before it begins, which for a whole
/// week is the first minute of its first day at the campus.
pub fn reconfirm_by(slot: &Slot, week_starts_on: NaiveDate, zone: TimeZone) -> Option<Instant> {
    let days = u64::try_from(slot.reconfirm_days?).ok()?;
    match slot.times() {
        Some(times) => Some(times.starts_at().plus(TimeDelta::days(i64::try_from(days).ok()?) * -1)),
        None => {
            let day = week_starts_on.checked_sub_days(Days::new(days))?;
            Some(Instant::of_local(day.and_time(NaiveTime::MIN), zone))
        }
    }
}

/// From when on a place can be confirmed again.
pub fn asked_from(by: Instant) -> Instant {
    by.plus(-ASKED_BEFORE)
}

/// Whether whoever has this place is to be asked now.
pub fn is_to_be_asked(sign_up: &SignUp, by: Instant, now: Instant) -> bool {
    is_unconfirmed(sign_up) && sign_up.reconfirm_asked_at.is_none() && asked_from(by) <= now && now < by
}

/// When a place is lost, if it is not confirmed again until then. Who was not asked loses nothing.
pub fn expires_at(sign_up: &SignUp, by: Instant) -> Option<Instant> {
    let asked_at = sign_up.reconfirm_asked_at.filter(|_| is_unconfirmed(sign_up))?;
    Some(by.max(asked_at.plus(TIME_TO_ANSWER)))
}

fn is_unconfirmed(sign_up: &SignUp) -> bool {
    sign_up.status == SignUpStatus::Confirmed && sign_up.reconfirmed_at.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        mentoring::model::{SlotDetails, SlotKind},
        primitives::{Id, LocalTime},
    };

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn slot(reconfirm_days: Option<i32>, starts_at: Option<Instant>) -> Slot {
        let details = SlotDetails {
            reconfirm_days,
            starts_local: starts_at.map(|starts| LocalTime::of(starts, TimeZone::UTC)),
            ends_local: starts_at.map(|starts| LocalTime::of(starts.plus(TimeDelta::hours(1)), TimeZone::UTC)),
            time_zone: starts_at.map(|_| TimeZone::UTC),
            ..SlotDetails::of_week(SlotKind::Week, 1, 1)
        };
        Slot::new(Id::new(), Id::new(), 1, details, at("2026-01-01T00:00:00Z"))
    }

    #[test]
    fn a_week_begins_with_its_first_day_at_the_campus_and_hours_when_they_begin() {
        let monday = NaiveDate::from_ymd_opt(2026, 3, 30).unwrap();
        let london = TimeZone::parse("Europe/London").unwrap();
        assert_eq!(reconfirm_by(&slot(None, None), monday, london), None);
        // The clocks are put forward on the 29th: three days before is still winter.
        assert_eq!(
            reconfirm_by(&slot(Some(3), None), monday, london),
            Some(at("2026-03-27T00:00:00Z"))
        );
        assert_eq!(
            reconfirm_by(&slot(Some(1), None), monday, london),
            Some(at("2026-03-29T00:00:00Z"))
        );
        let hours = slot(Some(2), Some(at("2026-04-01T17:00:00Z")));
        assert_eq!(reconfirm_by(&hours, monday, london), Some(at("2026-03-30T17:00:00Z")));
    }

    #[test]
    fn who_has_a_place_is_asked_once_and_has_a_day_at_least() {
        let by = at("2026-03-27T00:00:00Z");
        let sign_up = |status, asked: Option<&str>, confirmed: Option<&str>| SignUp {
            reconfirm_asked_at: asked.map(at),
            reconfirmed_at: confirmed.map(at),
            ..SignUp::new(Id::new(), (Id::new(), Id::new()), 1, status, by)
        };
        let (early, day, late) = ("2026-03-21T23:59:59Z", "2026-03-22T00:00:00Z", "2026-03-26T12:00:00Z");
        let place = sign_up(SignUpStatus::Confirmed, None, None);
        for (now, asked) in [
            (early, false),
            (day, true),
            (late, true),
            ("2026-03-27T00:00:00Z", false),
        ] {
            assert_eq!(is_to_be_asked(&place, by, at(now)), asked, "{now}");
        }
        for (status, asked, confirmed) in [
            (SignUpStatus::Waitlisted, None, None),
            (SignUpStatus::Confirmed, Some(day), None),
            (SignUpStatus::Confirmed, None, Some(day)),
        ] {
            assert!(!is_to_be_asked(&sign_up(status, asked, confirmed), by, at(late)));
        }
        assert_eq!(expires_at(&place, by), None);
        assert_eq!(
            expires_at(&sign_up(SignUpStatus::Confirmed, Some(day), None), by),
            Some(by)
        );
        let asked_late = sign_up(SignUpStatus::Confirmed, Some(late), None);
        assert_eq!(expires_at(&asked_late, by), Some(at("2026-03-27T12:00:00Z")));
        assert_eq!(
            expires_at(&sign_up(SignUpStatus::Confirmed, Some(day), Some(late)), by),
            None
        );
    }
}
