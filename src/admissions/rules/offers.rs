//! Places: who is offered one, who waits, until when an offer is answered, and who comes next.

use chrono::NaiveDate;

use crate::{
    admissions::model::{Application, ApplicationStatus, Decision, LocalIntake, WaitingPlace},
    cohorts::CohortStatus,
    error::{Code, Error, Result},
    primitives::{Id, Instant, LocalTime},
};

/// Whether free places still go to who waits: until the list closes, and never once the cohort has begun.
pub fn is_list_open(local: &LocalIntake, now: Instant) -> bool {
    let today = now.date_in(local.zone);
    let is_to_come = local.cohort.status == CohortStatus::Planned || local.cohort.status == CohortStatus::Running;
    let is_before_end = local.intake.waiting_list_until.is_none_or(|until| today <= until);
    is_to_come && is_before_end && today < local.cohort.starts_on
}

/// Where an application stands among the turns of all who wait, if it does.
pub fn waiting_place(application: &Application, turns: &[(Id, Option<i64>)]) -> Option<WaitingPlace> {
    let own = application
        .turn
        .filter(|_| application.status == ApplicationStatus::Waitlisted)?;
    let of_cohort = turns.iter().filter(|(cohort, _)| *cohort == application.cohort_id);
    let before = of_cohort
        .clone()
        .filter(|(_, turn)| turn.is_some_and(|turn| turn < own));
    Some(WaitingPlace {
        position: before.count() + 1,
        length: of_cohort.count(),
    })
}

/// Until when an offer of now is answered: to the end of so many of the campus's working days after today.
pub fn reply_by(today: NaiveDate, days: i32, works_on: impl Fn(NaiveDate) -> bool) -> LocalTime {
    let later = today.iter_days().skip(1);
    // A campus that never works answers within a year all the same.
    let working = later.take(366).filter(|day| works_on(*day));
    let last = working.take(usize::try_from(days).unwrap_or_default()).last();
    LocalTime::end_of(last.unwrap_or(today))
}

/// That this can be decided now about an application.
///
/// # Errors
/// `409 invalid_transition`
pub fn can_be_decided(status: ApplicationStatus, decision: Decision) -> Result<()> {
    use ApplicationStatus::{Expired, Rejected, Submitted, Waitlisted};
    let why = match (status, decision) {
        (Submitted | Expired | Rejected, Decision::Offered | Decision::Waitlisted) => return Ok(()),
        (Submitted | Waitlisted, Decision::Rejected) => return Ok(()),
        (Waitlisted, Decision::Offered) => {
            "Those who wait are offered places in their order, by themselves.".to_owned()
        }
        (status, _) => format!("The application is {}, so this cannot be decided.", status.as_str()),
    };
    Err(Error::new(Code::InvalidTransition, why))
}

/// That the offer can still be answered.
///
/// # Errors
/// `409 invalid_transition`
pub fn can_be_answered(application: &Application, local: &LocalIntake, now: Instant) -> Result<()> {
    if application.status != ApplicationStatus::Offered {
        let detail = format!(
            "The application is {}, so there is no offer to answer.",
            application.status.as_str()
        );
        return Err(Error::new(Code::InvalidTransition, detail));
    }
    match has_expired(application, local, now) {
        false => Ok(()),
        true => Err(Error::new(
            Code::InvalidTransition,
            "The time to answer the offer is over. Write to the campus if you would still like to come.",
        )),
    }
}

/// Whether an offer was not answered in time.
pub fn has_expired(application: &Application, local: &LocalIntake, now: Instant) -> bool {
    let by = application.reply_by_local.map(|by| by.in_zone(local.zone));
    application.status == ApplicationStatus::Offered && by.is_some_and(|by| now >= by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admissions::rules::intakes::tests::local;

    #[test]
    fn an_offer_is_answered_by_the_end_of_so_many_working_days() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        // A week from Sunday to Thursday, with a day off.
        let works_on = |day: NaiveDate| {
            use chrono::{
                Datelike as _,
                Weekday::{Fri, Sat},
            };
            !matches!(day.weekday(), Fri | Sat) && day != date("2027-03-07")
        };
        for (today, days, expected) in [
            // Wednesday, Thursday.
            ("2027-03-02", 2, "2027-03-05T00:00:00"),
            // Over the weekend and the day off that follows.
            ("2027-03-04", 1, "2027-03-09T00:00:00"),
            ("2027-03-05", 3, "2027-03-11T00:00:00"),
        ] {
            assert_eq!(reply_by(date(today), days, works_on).to_string(), expected, "{today}");
        }
        assert_eq!(
            reply_by(date("2027-03-02"), 2, |_| false).to_string(),
            "2027-03-03T00:00:00"
        );
    }

    #[test]
    fn nobody_is_promoted_once_the_list_has_closed_or_the_cohort_begun() {
        let mut local = local();
        let at = |text: &str| Instant::parse(text).unwrap();
        // The cohort begins on 3 May, by the clocks of Gaza, three hours ahead.
        assert!(is_list_open(&local, at("2027-05-02T20:59:59Z")));
        assert!(!is_list_open(&local, at("2027-05-02T21:00:00Z")));
        local.intake.waiting_list_until = "2027-04-30".parse().ok();
        assert!(is_list_open(&local, at("2027-04-30T20:59:59Z")));
        assert!(!is_list_open(&local, at("2027-04-30T21:00:00Z")));
        local.cohort.status = CohortStatus::Cancelled;
        assert!(!is_list_open(&local, at("2027-04-01T00:00:00Z")));
    }

    #[test]
    fn what_can_be_decided_in_each_state() {
        use ApplicationStatus::{
            Accepted, Declined, Deferred, Draft, Expired, Offered, Rejected, Submitted, Waitlisted, Withdrawn,
        };
        for (status, expected) in [
            (Submitted, [true, true, true]),
            (Waitlisted, [false, false, true]),
            (Expired, [true, true, false]),
            (Rejected, [true, true, false]),
            (Draft, [false; 3]),
            (Offered, [false; 3]),
            (Accepted, [false; 3]),
            (Declined, [false; 3]),
            (Withdrawn, [false; 3]),
            (Deferred, [false; 3]),
        ] {
            let each = [Decision::Offered, Decision::Waitlisted, Decision::Rejected];
            assert_eq!(
                each.map(|decision| can_be_decided(status, decision).is_ok()),
                expected,
                "{status:?}"
            );
        }
    }
}
