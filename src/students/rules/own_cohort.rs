//! Which cohort somebody means who names none.

use serde::Serialize;

use crate::{
    cohorts::CohortStatus,
    error::{Code, Error, Result},
    primitives::{Id, Line},
    students::model::{EnrolmentStatus, OwnCohort},
};

/// A cohort as a problem names it.
#[derive(Serialize)]
struct Named {
    id: Id,
    name: Line,
}

/// The cohort that a student means who names none: the one that is running, or else the next to begin.
///
/// # Errors
/// `404` for who studies in none, with what they can do instead; `409` naming them for who studies in several that are
/// running.
pub fn own_cohort(cohorts: Vec<OwnCohort>, instead: &str) -> Result<OwnCohort> {
    let mut studied = cohorts.into_iter();
    let mut studied: Vec<OwnCohort> = studied
        .by_ref()
        .filter(|own| own.enrolment == EnrolmentStatus::Enrolled)
        .filter(|own| matches!(own.cohort.status, CohortStatus::Planned | CohortStatus::Running))
        .collect();
    let is_running = |own: &OwnCohort| own.cohort.status == CohortStatus::Running;
    if studied.iter().any(is_running) {
        studied.retain(is_running);
    } else {
        studied.truncate(1);
    }
    match <[OwnCohort; 1]>::try_from(studied) {
        Ok([own]) => Ok(own),
        Err(none) if none.is_empty() => {
            let detail = format!("You study in no cohort that is planned or running. {instead}");
            Err(Error::new(Code::NoCohort, detail))
        }
        Err(several) => {
            let named = several.into_iter().map(|own| Named {
                id: own.cohort.id,
                name: own.cohort.name,
            });
            let detail = "You study in several cohorts that are running. Name one of `cohorts` with cohort_id.";
            Err(Error::new(Code::SeveralCohorts, detail).with("cohorts", named.collect::<Vec<_>>()))
        }
    }
}
