//! What submissions, reviews and discoveries obey.

mod assignment;
mod due;
mod issues;
mod reviews;
mod rotation;
mod submissions;

pub use due::Due;
pub use issues::changed as changed_issue;
pub use reviews::{load, may_be_taken_over, review_due, taken_over_due, why};
pub use rotation::{History, Pairing, ReviewTeam, Standing, rotation};
pub use submissions::week_of;

use crate::{
    cohorts::CohortStatus,
    error::{Code, Error, Result},
};

/// What one account or team can fill a cohort with.
pub const MOST_SUBMISSIONS: i64 = 200;
pub const MOST_ISSUES: i64 = 200;
pub const MOST_DISCOVERIES: i64 = 500;

/// Late work is taken until the cohort has graduated.
///
/// # Errors
/// `409` in a cohort that is over.
pub fn check_open(status: CohortStatus) -> Result<()> {
    match status {
        CohortStatus::Planned | CohortStatus::Running => Ok(()),
        CohortStatus::Graduated | CohortStatus::Cancelled => {
            let detail = format!(
                "The cohort is {}: its work can be read, but no longer changed.",
                status.as_str()
            );
            Err(Error::new(Code::Conflict, detail))
        }
    }
}

/// There is room for one more.
///
/// # Errors
/// `409` if there are as many as there can be.
pub fn check_room(count: i64, most: i64, what: &str) -> Result<()> {
    match count < most {
        true => Ok(()),
        false => Err(Error::new(
            Code::Conflict,
            format!("{what}: there are {most}, and there can be no more."),
        )),
    }
}
