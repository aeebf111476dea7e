//! What happens to manuals and progress logs. Of feedback nothing is told: when it came would tell whose it is.

use crate::{
    outbox::{Audience, Told},
    primitives::Id,
    reflection::model::ProgressLog,
};

/// Somebody's manual, told to whoever sees inside a cohort, or without one to themself.
pub fn manual(person: Id, cohort: Option<Id>) -> Told {
    Told {
        object: "manual",
        id: person,
        campus: None,
        cohort,
        href: format!("/v1/people/{person}/manual"),
        audience: vec![match cohort {
            Some(_) => Audience::Insiders,
            None => Audience::Person(person),
        }],
    }
}

/// A progress log, to whose it is.
pub fn own_log(log: &ProgressLog) -> Told {
    Told {
        object: "progress_log",
        id: log.id,
        campus: None,
        cohort: Some(log.cohort_id),
        href: format!("/v1/me/progress-logs/{}", log.id),
        audience: vec![Audience::Person(log.person_id)],
    }
}

/// A progress log, to the staff whom it is shared with.
pub fn shared_log(log: &ProgressLog) -> Told {
    Told {
        href: format!("/v1/cohorts/{}/progress-logs", log.cohort_id),
        ..own_log(log).only(vec![Audience::Staff])
    }
}
