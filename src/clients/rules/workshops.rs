//! Which workshops can be offered and booked.

use super::meetings;
use crate::{
    clients::model::{
        ClientStatus::{self, *},
        Party, Workshop,
    },
    error::{Code, Error, FieldError, Result},
    primitives::{Bound, Instant, time::TimeZone},
};

/// How many workshops of a campus are still to come.
pub const WORKSHOPS: Bound = Bound {
    most: 200,
    whose: "a campus",
    what: "workshops to come",
    remedy: "Cancel one first.",
};

/// That a workshop can be as it is said, with so many places taken.
///
/// # Errors
/// `422` for each field that is wrong, `409 slot_full` if more places are taken.
pub fn check_workshop(workshop: &Workshop, taken: usize, zone: TimeZone, now: Instant) -> Result<()> {
    let mut wrong = meetings::faults(&workshop.meeting(), zone, now);
    if !(1..=500).contains(&workshop.places) {
        wrong.push(FieldError::at("/places", "invalid", "must be from 1 to 500"));
    }
    Error::check_fields(wrong)?;
    match has_room_for(workshop, taken) {
        true => Ok(()),
        false => Err(Error::new(
            Code::SlotFull,
            format!("{taken} clients have booked the workshop, so it has at least as many places."),
        )),
    }
}

fn has_room_for(workshop: &Workshop, clients: usize) -> bool {
    usize::try_from(workshop.places).is_ok_and(|places| clients <= places)
}

/// That a workshop is still to come.
///
/// # Errors
/// `409 slot_over`
pub fn must_be_to_come(workshop: &Workshop, zone: TimeZone, now: Instant) -> Result<()> {
    let too_late = "The workshop has begun. It cannot be changed, booked or given up any more.";
    meetings::must_be_to_come(&workshop.meeting(), zone, now, too_late)
}

/// That it can be noted who was there.
///
/// # Errors
/// `409 conflict`
pub fn must_have_begun(workshop: &Workshop, zone: TimeZone, now: Instant) -> Result<()> {
    match workshop.meeting().has_begun(zone, now) {
        true => Ok(()),
        false => Err(Error::new(
            Code::Conflict,
            "The workshop has not begun. Note who came once it has.",
        )),
    }
}

/// That a client without a place elsewhere can have one at a workshop, of which so many are taken.
///
/// # Errors
/// `409 conflict` if another one is booked, or if this one is full.
pub fn can_book(workshop: &Workshop, taken: usize, booked: Option<&Workshop>) -> Result<()> {
    if let Some(booked) = booked {
        let detail = "The client has a place at another workshop. Give that one up first.";
        return Err(Error::new(Code::Conflict, detail).with("workshop_id", booked.id));
    }
    match has_room_for(workshop, taken + 1) {
        true => Ok(()),
        false => Err(Error::new(
            Code::Conflict,
            "All places at this workshop are taken. Book another one.",
        )),
    }
}

/// Whether a step says merely that a workshop is booked, as staff may, and owners where there is none to book.
pub fn skips_booking(from: ClientStatus, to: ClientStatus, parties: &[Party]) -> bool {
    from == Invited && to == WorkshopBooked && !parties.contains(&Party::Staff)
}

/// What owners are answered who merely say that a workshop is booked where they can book a place.
pub fn must_book_a_place() -> Error {
    Error::new(
        Code::Conflict,
        "The campus has workshops with places. Book a place at one of them.",
    )
}

/// Whether a client can have a place at a workshop, unless it has one.
pub fn can_be_given_a_place(status: ClientStatus) -> bool {
    matches!(status, Invited | WorkshopBooked)
}

/// Whether a client that has a place at a workshop has still to come to it.
pub fn is_to_attend(status: ClientStatus) -> bool {
    matches!(status, WorkshopBooked | AgreementSent | AgreementSigned)
}

/// Whether a step gives up the place at a workshop.
pub fn gives_place_up(from: ClientStatus, to: ClientStatus) -> bool {
    is_to_attend(from) && matches!(to, Invited | Withdrawn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::{Id, LocalTime};

    fn zone() -> TimeZone {
        TimeZone::parse("Europe/London").unwrap()
    }

    fn workshop(starts: &str, ends: &str, places: i32) -> Workshop {
        let now = Instant::now();
        Workshop {
            id: Id::new(),
            campus_id: Id::new(),
            starts_local: LocalTime::parse(starts).unwrap(),
            ends_local: LocalTime::parse(ends).unwrap(),
            place: None,
            url: None,
            places,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    #[test]
    fn a_workshop_is_to_come_ends_after_it_begins_and_has_places() {
        let now = Instant::parse("2027-03-01T10:00:00Z").unwrap();
        for (starts, ends, places, taken, refused) in [
            ("2027-03-01T10:01", "2027-03-01T12:00", 1, 0, None),
            ("2027-03-01T10:01", "2027-03-01T22:01", 500, 500, None),
            ("2027-03-01T10:00", "2027-03-01T12:00", 1, 0, Some(Code::InvalidFields)),
            ("2027-03-02T10:00", "2027-03-02T10:00", 1, 0, Some(Code::InvalidFields)),
            ("2027-03-02T10:00", "2027-03-02T22:01", 1, 0, Some(Code::InvalidFields)),
            ("2027-03-02T10:00", "2027-03-02T12:00", 0, 0, Some(Code::InvalidFields)),
            // Clocks are put on at one, and back at two: neither has a length by what they show.
            ("2027-03-28T01:30", "2027-03-28T02:30", 1, 0, Some(Code::InvalidFields)),
            ("2027-03-28T00:30", "2027-03-28T02:30", 1, 0, None),
            (
                "2027-03-02T10:00",
                "2027-03-02T12:00",
                501,
                0,
                Some(Code::InvalidFields),
            ),
            ("2027-03-02T10:00", "2027-03-02T12:00", 2, 3, Some(Code::SlotFull)),
        ] {
            let checked = check_workshop(&workshop(starts, ends, places), taken, zone(), now);
            assert_eq!(
                checked.err().map(|error| error.code()),
                refused,
                "{starts} {ends} {places}"
            );
        }
    }

    #[test]
    fn it_is_booked_until_it_begins_and_noted_who_came_from_then_on() {
        let workshop = workshop("2027-07-01T10:00", "2027-07-01T12:00", 1);
        // London is an hour ahead of UTC then.
        for (now, has_begun) in [("2027-07-01T08:59:59Z", false), ("2027-07-01T09:00:00Z", true)] {
            let now = Instant::parse(now).unwrap();
            assert_eq!(must_be_to_come(&workshop, zone(), now).is_err(), has_begun);
            assert_eq!(must_have_begun(&workshop, zone(), now).is_ok(), has_begun);
        }
    }

    #[test]
    fn a_client_has_one_place_and_a_workshop_no_more_than_it_has() {
        let workshop = workshop("2027-07-01T10:00", "2027-07-01T12:00", 2);
        for (taken, is_elsewhere, may) in [(0, false, true), (1, false, true), (2, false, false), (0, true, false)] {
            let booked = is_elsewhere.then_some(&workshop);
            assert_eq!(
                can_book(&workshop, taken, booked).is_ok(),
                may,
                "{taken} {is_elsewhere}"
            );
        }
    }

    #[test]
    fn only_staff_say_that_a_workshop_is_booked_elsewhere() {
        let owner: &[Party] = &[Party::Owner];
        for (parties, from, to, skips) in [
            (owner, Invited, WorkshopBooked, true),
            (owner, WorkshopBooked, WorkshopBooked, false),
            (owner, Invited, Withdrawn, false),
            (&[Party::Staff], Invited, WorkshopBooked, false),
            (&[Party::Staff, Party::Owner], Invited, WorkshopBooked, false),
        ] {
            assert_eq!(skips_booking(from, to, parties), skips, "{parties:?} {from:?} {to:?}");
        }
    }

    #[test]
    fn who_was_there_keeps_the_place_and_who_goes_back_does_not() {
        for (from, to, gives_up) in [
            (WorkshopBooked, Invited, true),
            (AgreementSigned, Invited, true),
            (AgreementSent, Withdrawn, true),
            (AgreementSigned, Attended, false),
            (Attended, Withdrawn, false),
            (WorkshopBooked, AgreementSent, false),
        ] {
            assert_eq!(gives_place_up(from, to), gives_up, "{from:?} to {to:?}");
        }
    }
}
