//! Which times can be offered and booked.

use std::collections::HashSet;

use crate::{
    admissions::model::{Application, ApplicationStatus, InterviewSlot, LocalIntake, NewInterviewSlots},
    error::{Code, Error, FieldError, Result},
    primitives::{Bound, Id, Instant, LocalTime, time::TimeZone},
};

/// How many times a cohort offers.
pub const SLOTS: Bound = Bound {
    most: 1000,
    whose: "a cohort",
    what: "interview slots",
    remedy: "Delete one first.",
};

/// The times by the clocks of the campus. `held` are those at which the interviewer, if there is one, interviews already.
///
/// # Errors
/// `422` for each that is wrong.
pub fn times(
    new: &NewInterviewSlots,
    local: &LocalIntake,
    held: &[(InterviewSlot, TimeZone)],
    now: Instant,
) -> Result<Vec<(LocalTime, LocalTime)>> {
    let mut wrong = Vec::new();
    if !(1..=100).contains(&new.times.len()) {
        wrong.push(FieldError::at("/times", "invalid", "must have 1 to 100 times"));
    }
    let days = (local.intake.interviews_from, local.intake.interviews_to);
    let mut taken: Vec<(Instant, Instant)> = held.iter().map(|(slot, zone)| slot.meeting().span(*zone)).collect();
    let mut times = Vec::new();
    for (at, time) in new.times.iter().enumerate() {
        let (starts, ends) = (time.starts_at.local(local.zone), time.ends_at.local(local.zone));
        let mut check = |holds: bool, field: &str, detail: String| {
            if !holds {
                wrong.push(FieldError::at(format!("/times/{at}/{field}"), "invalid", detail));
            }
        };
        check(ends > starts, "ends_at", "must be later than `starts_at`".into());
        let (begins, over) = starts.span_to(ends, local.zone);
        check(begins > now, "starts_at", "must be in the future".into());
        if new.interviewer_id.is_some() {
            let overlaps = |(from, to): &(Instant, Instant)| *from < over && begins < *to;
            let is_free = !taken.iter().any(overlaps);
            check(
                is_free,
                "starts_at",
                "must not overlap another interview of the interviewer".into(),
            );
            taken.push((begins, over));
        }
        check(
            ends.since(starts) <= chrono::TimeDelta::hours(8),
            "ends_at",
            "must be at most 8 hours later".into(),
        );
        if let (Some(from), Some(to)) = days {
            let is_within = (from..=to).contains(&starts.date());
            check(
                is_within,
                "starts_at",
                format!("must lie on the days of interviews, {from} to {to}"),
            );
        }
        times.push((starts, ends));
    }
    Error::check_fields(wrong)?;
    Ok(times)
}

/// That the applicant can take the time. `own` are the times that they have booked anywhere, each with the clocks it goes by.
///
/// # Errors
/// `409`
pub fn can_be_booked(
    slot: &InterviewSlot,
    application: &Application,
    own: &[(InterviewSlot, TimeZone)],
    zone: TimeZone,
    now: Instant,
) -> Result<()> {
    if application.status != ApplicationStatus::Submitted {
        let detail = format!(
            "The application is {}, so there is no interview to book.",
            application.status.as_str()
        );
        return Err(Error::new(Code::InvalidTransition, detail));
    }
    let (begins, ends) = slot.meeting().span(zone);
    if begins <= now {
        return Err(Error::new(
            Code::SlotOver,
            "The interview has begun. Book another time.",
        ));
    }
    if slot.application_id.is_some() {
        return Err(Error::new(
            Code::SlotTaken,
            "Somebody else has booked this time. Book another one.",
        ));
    }
    if let Some((booked, _)) = own.iter().find(|(booked, _)| booked.cohort_id == slot.cohort_id) {
        let detail = "You have booked another time. Cancel that first.";
        return Err(Error::new(Code::Conflict, detail).with("interview_slot_id", booked.id));
    }
    let overlaps = |(booked, zone): &&(InterviewSlot, TimeZone)| {
        let (from, to) = booked.meeting().span(*zone);
        from < ends && begins < to
    };
    match own.iter().find(overlaps) {
        None => Ok(()),
        Some((booked, _)) => {
            let detail =
                "You have an interview for another cohort at that time. Book another time, or cancel that one first.";
            Err(Error::new(Code::Conflict, detail).with("interview_slot_id", booked.id))
        }
    }
}

/// Whether an applicant may see that there is such a time: their own, and those that they could book.
pub fn is_shown(slot: &InterviewSlot, application: Id, avoided: &HashSet<Id>, zone: TimeZone, now: Instant) -> bool {
    match slot.application_id {
        Some(of) => of == application,
        None => !slot.meeting().has_begun(zone, now) && !slot.interviewer_id.is_some_and(|who| avoided.contains(&who)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{admissions::model::Answers, primitives::Stored};

    fn instant(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn zone(name: &str) -> TimeZone {
        TimeZone::parse(name).unwrap()
    }

    fn slot(cohort_id: Id, starts: &str, ends: &str) -> InterviewSlot {
        let now = instant("2027-03-01T00:00:00Z");
        InterviewSlot {
            id: Id::new(),
            cohort_id,
            starts_local: LocalTime::parse(starts).unwrap(),
            ends_local: LocalTime::parse(ends).unwrap(),
            place: None,
            url: None,
            interviewer_id: None,
            application_id: None,
            booked_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    fn application(cohort_id: Id) -> Application {
        let now = instant("2027-03-01T00:00:00Z");
        Application {
            id: Id::new(),
            cohort_id,
            person_id: Id::new(),
            form_id: Id::new(),
            answers: Stored::new(Answers::new()).unwrap(),
            status: ApplicationStatus::Submitted,
            may_be_kept: false,
            submitted_at: Some(now),
            ended_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
            reply_by_local: None,
            turn: None,
            deferred_to: None,
            trial: None,
        }
    }

    #[test]
    fn one_time_a_cohort_and_none_that_overlaps_by_the_clocks_of_either_campus() {
        let (here, there) = (Id::new(), Id::new());
        let (london, gaza) = (zone("Europe/London"), zone("Asia/Gaza"));
        let mine = application(here);
        let free = slot(here, "2027-03-08T10:00", "2027-03-08T10:30");
        let before = instant("2027-03-08T09:59:59Z");
        let booked = |own: &[(InterviewSlot, TimeZone)]| {
            let refused = can_be_booked(&free, &mine, own, london, before);
            refused.map_err(|error| error.code())
        };
        assert_eq!(booked(&[]), Ok(()));
        assert_eq!(
            booked(&[(slot(here, "2027-03-09T10:00", "2027-03-09T10:30"), london)]),
            Err(Code::Conflict)
        );
        // Gaza is two hours ahead.
        for (starts, ends, expected) in [
            ("2027-03-08T10:00", "2027-03-08T10:30", Ok(())),
            ("2027-03-08T12:10", "2027-03-08T12:20", Err(Code::Conflict)),
            ("2027-03-08T11:30", "2027-03-08T12:00", Ok(())),
            ("2027-03-08T12:30", "2027-03-08T13:00", Ok(())),
        ] {
            assert_eq!(booked(&[(slot(there, starts, ends), gaza)]), expected, "{starts}");
        }
        let taken = free.clone().booked_by(Some(Id::new()), before);
        let code = |slot: &InterviewSlot, application: &Application, now: &str| {
            let refused = can_be_booked(slot, application, &[], london, instant(now));
            refused.err().map(|error| error.code())
        };
        assert_eq!(code(&taken, &mine, "2027-03-08T09:00:00Z"), Some(Code::SlotTaken));
        assert_eq!(code(&free, &mine, "2027-03-08T10:00:00Z"), Some(Code::SlotOver));
        let rejected = mine.clone().becoming(ApplicationStatus::Rejected, before);
        assert_eq!(
            code(&free, &rejected, "2027-03-08T09:00:00Z"),
            Some(Code::InvalidTransition)
        );
        let nobody = HashSet::new();
        assert!(is_shown(&free, mine.id, &nobody, london, before));
        assert!(!is_shown(&taken, mine.id, &nobody, london, before));
        let own = free.clone().booked_by(Some(mine.id), before);
        assert!(is_shown(
            &own,
            mine.id,
            &nobody,
            london,
            instant("2027-03-09T00:00:00Z")
        ));
        let asked_by = Id::new();
        let avoided = InterviewSlot {
            interviewer_id: Some(asked_by),
            ..free
        };
        assert!(!is_shown(&avoided, mine.id, &HashSet::from([asked_by]), london, before));
    }
}
