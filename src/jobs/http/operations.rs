//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, get, post},
};

static TAG: Tag = Tag {
    name: "jobs",
    about: "Work that outlives its request: how far it has come, and what came of it.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/jobs", "list_jobs", super::list)
            .summary("The jobs of a cohort, newest first")
            .who(Who::CohortStaff),
        get("/v1/jobs/{id}", "get_job", super::show)
            .summary("How far a job has come, and what came of it")
            .who(Who::CohortStaff),
        post("/v1/jobs/{id}/cancellation", "cancel_job", super::cancel)
            .summary("Cancel a job that has not come to its end")
            .who(Who::CohortStaff)
            .answers(&[200])
            .problems(&[Code::Conflict]),
    ])
}
