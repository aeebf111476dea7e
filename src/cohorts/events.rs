//! What changes in a cohort that everybody may see.

use serde::{Deserialize, Serialize};

use super::model::{Cohort, Project, Week};
use crate::{
    outbox::{Audience, Told, event},
    primitives::{Id, text_enum},
};

text_enum! {
    /// What becomes of a cohort for those who study in it.
    pub enum CohortChange {
        /// It does not take place, or ends early.
        CalledOff = "cohort.called_off",
        /// It was called off by mistake.
        TakesPlace = "cohort.takes_place",
    }
}

/// Something that becomes of a cohort.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CohortEvent {
    /// What it is about.
    pub kind: CohortChange,
    /// The cohort.
    pub cohort_id: Id,
    /// Its campus.
    pub campus_id: Id,
    /// Who studied in it, or does again.
    pub people: Vec<Id>,
}

event!(CohortEvent, "cohort", cohort_id; campus_id, cohort_id => |event| {
    event.people.iter().copied().map(Audience::Person).collect()
}, at |event| format!("/v1/cohorts/{}", event.cohort_id));

fn open(object: &'static str, id: Id, cohort: Id, href: String) -> Told {
    Told {
        object,
        id,
        campus: None,
        cohort: Some(cohort),
        href,
        audience: vec![Audience::Everybody],
    }
}

/// A cohort; made, with its weeks and projects. With its status, those of its enrolments may have changed.
pub fn cohort(cohort: &Cohort) -> Told {
    let told = open("cohort", cohort.id, cohort.id, format!("/v1/cohorts/{}", cohort.id));
    Told {
        campus: Some(cohort.campus_id),
        ..told
    }
}

/// A week. What is noted for it has moved with it.
pub fn week(week: &Week) -> Told {
    let href = format!("/v1/cohorts/{}/weeks", week.cohort_id);
    open("week", week.id, week.cohort_id, href)
}

/// What a week builds.
pub fn project(project: &Project) -> Told {
    removed_project(project.cohort_id, project.id)
}

/// What a week builds no longer.
pub fn removed_project(cohort: Id, id: Id) -> Told {
    open("project", id, cohort, format!("/v1/projects/{id}"))
}
