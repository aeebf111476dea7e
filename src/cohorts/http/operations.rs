//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, get, patch, post},
};

static TAG: Tag = Tag {
    name: "cohorts",
    about: "Cohorts with their dated weeks and projects.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        post("/v1/campuses/{id}/cohorts", "make_cohort", super::make)
            .summary("Plan a cohort from a programme or from another cohort; its weeks are dated by the campus")
            .who(Who::CampusStaff)
            .problems(&[Code::SlugTaken]),
        get("/v1/cohorts", "list_cohorts", super::list)
            .summary("The cohorts, in the order in which they were made or start")
            .who(Who::Anyone),
        get("/v1/cohorts/{id}", "get_cohort", super::show)
            .summary("A cohort")
            .who(Who::Anyone),
        patch("/v1/cohorts/{id}", "change_cohort", super::change)
            .summary("Change a cohort, date a planned one again, or move it on")
            .who(Who::CohortStaff)
            .problems(&[Code::SlugTaken, Code::InvalidTransition, Code::Conflict]),
        get("/v1/cohorts/{id}/weeks", "list_weeks", super::weeks)
            .summary("The weeks of a cohort with their projects")
            .who(Who::Anyone),
        get("/v1/cohorts/{id}/weeks/{number}", "get_week", super::show_week)
            .summary("A week of a cohort with its project")
            .who(Who::Anyone),
        patch("/v1/cohorts/{id}/weeks/{number}", "change_week", super::change_week)
            .summary("Change what a week is about or builds, or move a reading week")
            .who(Who::CohortStaff)
            .problems(&[Code::WeeksPublished, Code::Conflict]),
        get("/v1/projects/{id}", "get_project", super::show_project)
            .summary("A project")
            .who(Who::Anyone),
        patch("/v1/projects/{id}", "change_project", super::change_project)
            .summary("Change a project")
            .who(Who::CohortStaff),
    ])
}
