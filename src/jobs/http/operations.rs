//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, get, post},
};

static TAG: Tag = Tag {
    name: "jobs",
    about: "Work that goes on after its request was answered, such as a long search for teams.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/jobs", "list_jobs", super::list_jobs)
            .summary("List jobs")
            .about(
                "\
                The jobs of a cohort, newest first. Jobs are kept for seven days after they end.",
            )
            .who(Who::CohortStaff),
        get("/v1/jobs/{id}", "get_job", super::get_job)
            .summary("Show a job")
            .about(
                "\
                How far a job has come and what came of it. Ask about once a second, with `If-None-Match` to \
                save the body. Jobs are kept for seven days after they end.",
            )
            .who(Who::CohortStaff),
        post("/v1/jobs/{id}/cancellation", "cancel_job", super::cancel_job)
            .summary("Cancel a job")
            .about(
                "\
                Stops a job; nothing of it is kept. Answers `200` with the cancelled job, the second time too, \
                and `409 conflict` if it has ended otherwise.",
            )
            .who(Who::CohortStaff)
            .answers(&[200])
            .problems(&[Code::Conflict]),
    ])
}
