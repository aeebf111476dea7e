//! What carers and students may do with notes and walks.

use chrono::{Days, NaiveDate};

use super::model::{NotePatch, Walk, WalkPlace};
use crate::{
    error::{Code, Error, Result},
    mentoring::model::SlotTimes,
    primitives::{Bound, Field, Id, Instant, time::TimeZone},
};

/// How many notes there are about a student.
pub const NOTES: Bound = Bound {
    most: 500,
    whose: "a student",
    what: "pastoral notes",
    remedy: "Delete what is out of date.",
};

/// How many students can come along.
const PLACES: std::ops::RangeInclusive<i32> = 1..=20;

/// Whether a carer may change a note so: its words are those of whoever wrote it, its flag is everybody's.
///
/// # Errors
/// `403`
pub fn may_change(patch: &NotePatch, is_own: bool) -> Result<()> {
    match patch.text != Field::Absent && !is_own {
        true => Err(Error::forbidden("whoever wrote the note")),
        false => Ok(()),
    }
}

/// Whether a note may be about this person: nobody notes anything about themself.
///
/// # Errors
/// `404`
pub fn may_note(about: Id, carer: Id) -> Result<()> {
    match about == carer {
        true => Err(Error::not_found()),
        false => Ok(()),
    }
}

/// Whether a walk can have so many places, with so many taken.
///
/// # Errors
/// `409`, `422`
pub fn may_offer(places: i32, taken: usize) -> Result<()> {
    if !PLACES.contains(&places) {
        return Err(Error::field("/places", "invalid", "must be 1 to 20"));
    }
    match usize::try_from(places).is_ok_and(|places| taken <= places) {
        true => Ok(()),
        false => {
            let detail = format!("{taken} students have a place already. Offer at least as many.");
            Err(Error::new(Code::SlotFull, detail))
        }
    }
}

/// Whether the walk has not begun, or its week is not over if it has no time.
///
/// # Errors
/// `409`
pub fn is_to_come(walk: &Walk, today: NaiveDate, now: Instant) -> Result<()> {
    let is_over = match walk.times() {
        Some(times) => times.starts_at() <= now,
        None => walk.week_ends_on < today,
    };
    match is_over {
        true => Err(Error::new(
            Code::SlotOver,
            "The walk has begun, or its week is over. Choose a later one.",
        )),
        false => Ok(()),
    }
}

/// Whether whoever is told of a walk's places since then is told of this one: it was taken later, or the day of the walk has
/// come, or its week, if it has no time.
pub fn is_told(place: &WalkPlace, since: Instant, walk: &Walk, (zone, today): (TimeZone, NaiveDate)) -> bool {
    let has_come = match walk.times() {
        Some(times) => times.starts_at().date_in(zone) <= today,
        None => walk.week_ends_on < today + Days::new(7),
    };
    place.taken_at >= since || has_come
}

/// Whether somebody may take a place in a walk, by who has places in the walks of the cohort.
///
/// # Errors
/// `409`
pub fn may_take(walk: &Walk, person: Id, there: &[WalkPlace]) -> Result<()> {
    let is_same = |place: &&WalkPlace| place.slot_id == walk.slot_id;
    let own = |place: &&WalkPlace| place.person_id == person && place.week == walk.week;
    if there.iter().any(|place| own(&place)) {
        let detail = "You have a place in another walk of this week. Give it up first.";
        return Err(Error::new(Code::Conflict, detail));
    }
    let taken = there.iter().filter(is_same).count();
    match usize::try_from(walk.places).is_ok_and(|places| taken < places) {
        true => Ok(()),
        false => Err(Error::new(
            Code::Conflict,
            "Every place of this walk is taken. Choose another walk.",
        )),
    }
}

/// That a slot can be a walk: of office hours students book short times instead.
///
/// # Errors
/// `409`
pub fn can_be_walk(is_office_hours: bool) -> Result<()> {
    match is_office_hours {
        false => Ok(()),
        true => Err(Error::new(
            Code::Conflict,
            "Students book short times in this slot. Set `booking_minutes` to `null` to make a walk of it.",
        )),
    }
}

/// That somebody who has booked these times in office hours can come along.
///
/// # Errors
/// `409`
pub fn is_free(walk: &Walk, booked: impl IntoIterator<Item = SlotTimes>) -> Result<()> {
    let meets = |times: SlotTimes| booked.into_iter().any(|other| other.overlap(times));
    match walk.times().is_some_and(meets) {
        false => Ok(()),
        true => Err(Error::new(
            Code::Conflict,
            "You have a time in office hours then. Cancel that first, or choose another walk.",
        )),
    }
}

/// What is said of a pastoral slot that nobody has made a walk of.
pub fn no_walk() -> Error {
    Error::new(
        Code::NotFound,
        "This mentor slot is no walk yet: staff have offered no places in it.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::LocalTime;

    fn walk(places: i32) -> Walk {
        Walk {
            url: None,
            slot_id: Id::parse("0ds8x2v4fmg00").unwrap(),
            places,
            cohort_id: Id::parse("0ds8x2v4fmg01").unwrap(),
            week: 2,
            starts_local: None,
            ends_local: None,
            time_zone: None,
            place: None,
            week_ends_on: NaiveDate::from_ymd_opt(2026, 3, 6).unwrap(),
        }
    }

    /// A walk of an hour.
    fn at(starts_at: Instant) -> Walk {
        let local = |hours| LocalTime::of(starts_at.plus(chrono::TimeDelta::hours(hours)), TimeZone::UTC);
        Walk {
            starts_local: Some(local(0)),
            ends_local: Some(local(1)),
            time_zone: Some(TimeZone::UTC),
            ..walk(3)
        }
    }

    #[test]
    fn who_came_along_before_is_told_on_the_day() {
        let now = Instant::parse("2026-03-03T12:00:00Z").unwrap();
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let zone = TimeZone::parse("Europe/London").unwrap();
        let timed = at(now);
        let place = WalkPlace {
            slot_id: timed.slot_id,
            week: 2,
            person_id: Id::new(),
            taken_at: now,
        };
        let later = now.plus(chrono::TimeDelta::seconds(1));
        for (since, walk, today, told) in [
            (now, &timed, 1, true),
            (later, &timed, 2, false),
            (later, &timed, 3, true),
            (later, &walk(3), 27, false),
            (later, &walk(3), 28, true),
        ] {
            let today = match today {
                27 | 28 => NaiveDate::from_ymd_opt(2026, 2, today).unwrap(),
                _ => day(today),
            };
            assert_eq!(is_told(&place, since, walk, (zone, today)), told, "{today}");
        }
    }

    #[test]
    fn a_place_is_one_of_so_many_and_one_a_week() {
        let ids = ["0ds8x2v4fmg02", "0ds8x2v4fmg03", "0ds8x2v4fmg04"].map(|id| Id::parse(id).unwrap());
        let [me, other, elsewhere] = ids;
        let place = |slot_id, week, person_id| WalkPlace {
            slot_id,
            week,
            person_id,
            taken_at: Instant::now(),
        };
        let here = walk(1).slot_id;
        for (places, there, may) in [
            (1, vec![], true),
            (1, vec![place(here, 2, other)], false),
            (2, vec![place(here, 2, other)], true),
            (2, vec![place(elsewhere, 2, me)], false),
            (2, vec![place(elsewhere, 3, me)], true),
            (1, vec![place(elsewhere, 2, other)], true),
        ] {
            assert_eq!(may_take(&walk(places), me, &there).is_ok(), may, "{places} {there:?}");
        }
    }

    #[test]
    fn a_walk_is_over_when_it_has_begun_or_its_week_is() {
        let instant = |text: &str| Instant::parse(text).unwrap();
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let now = instant("2026-03-06T12:00:00Z");
        assert!(is_to_come(&walk(1), day(6), now).is_ok());
        assert_eq!(is_to_come(&walk(1), day(7), now).unwrap_err().code(), Code::SlotOver);
        for (starts_at, is_ahead) in [("2026-03-06T12:00:01Z", true), ("2026-03-06T12:00:00Z", false)] {
            let timed = at(instant(starts_at));
            assert_eq!(is_to_come(&timed, day(6), now).is_ok(), is_ahead, "{starts_at}");
        }
    }

    #[test]
    fn places_are_bounded_and_not_taken_away() {
        for (places, taken, code) in [
            (0, 0, Some(Code::InvalidFields)),
            (21, 0, Some(Code::InvalidFields)),
            (2, 3, Some(Code::SlotFull)),
            (3, 3, None),
            (20, 0, None),
        ] {
            assert_eq!(
                may_offer(places, taken).err().map(|error| error.code()),
                code,
                "{places} {taken}"
            );
        }
    }
}
