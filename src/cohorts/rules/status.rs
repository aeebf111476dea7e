//! Where the status of a cohort may go.

use chrono::{Days, NaiveDate, TimeDelta};

use crate::{
    cohorts::model::CohortStatus,
    error::{Code, Error, Result},
    primitives::{Bound, Instant},
};

/// Cohorts of a campus that are planned or running. A change of its calendar dates them again, in one transaction that
/// others wait for.
const MOST_GOING_ON: i64 = 40;

/// Whether a campus with so many planned and running cohorts may plan another.
///
/// # Errors
/// `409 conflict`.
pub fn may_be_planned(going_on: i64) -> Result<()> {
    if going_on < MOST_GOING_ON {
        return Ok(());
    }
    let detail = format!(
        "A campus has at most {MOST_GOING_ON} planned and running cohorts. Set those that are over to `graduated` or \
         `cancelled` first."
    );
    Err(Error::new(Code::Conflict, detail))
}

/// Whatever has become of them: those of a hundred years and more.
pub const OF_A_CAMPUS: Bound = Bound {
    most: 1000,
    whose: "a campus",
    what: "cohorts",
    remedy: "Those that are over count as well.",
};

/// Whether a cohort may be made with a status: planned, or graduated if it ended before it is entered here.
///
/// # Errors
/// `422` at `/status` or `/starts_on`.
pub fn may_begin_as(status: CohortStatus, ends_on: NaiveDate, today: NaiveDate) -> Result<()> {
    match status {
        CohortStatus::Planned => Ok(()),
        CohortStatus::Graduated if ends_on < today => Ok(()),
        CohortStatus::Graduated => {
            let why =
                format!("would let the cohort end on {ends_on}; only one that has ended can be entered as graduated");
            Err(Error::field("/starts_on", "invalid", why))
        }
        CohortStatus::Running | CohortStatus::Cancelled => {
            let why = "must be `planned`, or `graduated` for a cohort that ended before it is entered here";
            Err(Error::field("/status", "invalid", why))
        }
    }
}

/// Which way a cohort goes from one status to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    Stay,
    On,
    /// To where it was before its last step, by mistake.
    Back,
}

/// Whether a cohort may go from one status to another, where it was in `previous` before its last step.
///
/// # Errors
/// `409 invalid_transition` that says where it may go.
pub fn step(now: CohortStatus, previous: CohortStatus, next: CohortStatus) -> Result<Step> {
    use CohortStatus::{Cancelled, Graduated, Planned, Running};
    let on: &[CohortStatus] = match now {
        Planned => &[Running, Cancelled],
        Running => &[Graduated, Cancelled],
        Graduated | Cancelled => &[],
    };
    let back: &[CohortStatus] = match now {
        Planned => &[],
        Running => &[Planned],
        Graduated => &[Running],
        Cancelled if previous == Running => &[Running],
        Cancelled => &[Planned],
    };
    match () {
        () if now == next => return Ok(Step::Stay),
        () if on.contains(&next) => return Ok(Step::On),
        () if back.contains(&next) => return Ok(Step::Back),
        () => {}
    }
    let ways: Vec<&str> = on.iter().chain(back).map(|way| way.as_str()).collect();
    let ways = ways.join(" or ");
    let detail = format!("A {} cohort can become {ways}, not {}.", now.as_str(), next.as_str());
    Err(Error::new(Code::InvalidTransition, detail))
}

/// For how many days a step can be taken back.
const STEP_BACK_DAYS: i64 = 30;

/// A mistake is seen soon; what has stood for longer is what people have relied on.
///
/// # Errors
/// `409 invalid_transition`.
pub fn may_still_step_back(changed_at: Instant, now: Instant) -> Result<()> {
    if now <= changed_at.plus(TimeDelta::days(STEP_BACK_DAYS)) {
        return Ok(());
    }
    let detail = format!(
        "A status can be taken back for {STEP_BACK_DAYS} days; this one has stood since {}.",
        changed_at.date()
    );
    Err(Error::new(Code::InvalidTransition, detail))
}

/// Whether somebody who mentors in a week, from its first to its last day, sees inside the cohort
/// today: to prepare and to hand over, and no longer than that.
pub fn mentor_sees_inside((starts_on, ends_on): (NaiveDate, NaiveDate), today: NaiveDate) -> bool {
    starts_on - Days::new(3) <= today && today <= ends_on + Days::new(7)
}

/// What its people write is taken until the cohort is over.
///
/// # Errors
/// `409` in a cohort that is over.
pub fn check_open(status: CohortStatus) -> Result<()> {
    match status {
        CohortStatus::Planned | CohortStatus::Running => Ok(()),
        CohortStatus::Graduated | CohortStatus::Cancelled => {
            let detail = format!(
                "The cohort is {}: what was done in it can be read, but no longer changed.",
                status.as_str()
            );
            Err(Error::new(Code::Conflict, detail))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentors_see_inside_around_their_week() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let week = (day(9), day(13));
        let seen: Vec<u32> = (1..=31).filter(|today| mentor_sees_inside(week, day(*today))).collect();
        assert_eq!(seen, (6..=20).collect::<Vec<u32>>());
    }

    #[test]
    fn the_only_ways_on_and_back() {
        use CohortStatus::{Cancelled, Graduated, Planned, Running};
        let all = [Planned, Running, Graduated, Cancelled];
        let ways = |previous, wanted| -> Vec<(CohortStatus, CohortStatus)> {
            let pairs = all.iter().flat_map(|now| all.iter().map(move |next| (*now, *next)));
            pairs
                .filter(|(now, next)| step(*now, previous, *next).is_ok_and(|step| step == wanted))
                .collect()
        };
        let on = [
            (Planned, Running),
            (Planned, Cancelled),
            (Running, Graduated),
            (Running, Cancelled),
        ];
        for previous in all {
            assert_eq!(ways(previous, Step::On), on);
            assert_eq!(ways(previous, Step::Stay), all.map(|status| (status, status)));
        }
        let back = [(Running, Planned), (Graduated, Running)];
        assert_eq!(
            ways(Planned, Step::Back),
            [back.as_slice(), &[(Cancelled, Planned)]].concat()
        );
        assert_eq!(
            ways(Running, Step::Back),
            [back.as_slice(), &[(Cancelled, Running)]].concat()
        );
    }

    #[test]
    fn a_step_is_taken_back_within_thirty_days() {
        let then = Instant::now();
        for (days, may) in [(0, true), (30, true), (31, false)] {
            assert_eq!(
                may_still_step_back(then, then.plus(TimeDelta::days(days))).is_ok(),
                may,
                "{days}"
            );
        }
    }
}
