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
        post("/v1/campuses/{id}/cohorts", "make_cohort", super::make_cohort)
            .summary("Create a cohort")
            .about(
                "\
                Creates a planned cohort from a programme (`programme_id`) or from another cohort (`clone_of`). \
                Its weeks are dated by the campus's working week, skipping weeks without a working day. \
                A campus has at most 40 planned and running cohorts (`409 conflict`). `starts_on` must be a working day. With `status` `graduated` it enters a cohort that has ended \
                before, so that its alumni can be entered.",
            )
            .who(Who::CampusStaff)
            .problems(&[Code::SlugTaken, Code::Conflict]),
        get("/v1/cohorts", "list_cohorts", super::list_cohorts)
            .summary("List cohorts")
            .about(
                "\
                Cohorts of all campuses, oldest first or by their start with `sort`. No account is needed.",
            )
            .who(Who::Anyone),
        get("/v1/cohorts/{id}", "get_cohort", super::get_cohort)
            .kept_with_cohort()
            .summary("Show a cohort")
            .about(
                "\
                A cohort with its dates and status. No account is needed.",
            )
            .who(Who::Anyone),
        patch("/v1/cohorts/{id}", "change_cohort", super::change_cohort)
            .summary("Change a cohort")
            .about(
                "\
                Changes a cohort or its status. A new `starts_on` dates a planned cohort again, with its mentor \
                slots. Graduating makes all enrolled students alumni; cancelling withdraws them, cancels \
                mentors' sign-ups and tells the mentors by mail. Both cancel the cohort's jobs. Staff take these \
                steps; only an organiser takes one back, within 30 days, `graduated` to `running` for one, and what followed from it is undone.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::SlugTaken, Code::InvalidTransition, Code::Conflict]),
        get("/v1/cohorts/{id}/weeks", "list_weeks", super::list_weeks)
            .kept_with_cohort()
            .summary("List weeks")
            .about(
                "\
                The weeks of a cohort with their dates and projects, in order. The list is never paged, and no \
                account is needed.",
            )
            .who(Who::Anyone),
        post("/v1/cohorts/{id}/weeks", "insert_week", super::insert_week)
            .summary("Insert a week")
            .about(
                "\
                Inserts a week. `number` is the one it is to have; one more than that of the last week adds a week \
                at the end. It takes the dates of the week that had the number; that week and all later ones get the \
                next number and the next dates, with their projects, absences, mentor slots and pair rules, and the \
                cohort ends a week later. They keep their ids. It is `409 weeks_published` if a week from `number` \
                on has published teams, and `409 conflict` if a draft has teams for one, with its `plan_id`.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::WeeksPublished, Code::Conflict]),
        get("/v1/cohorts/{id}/weeks/{number}", "get_week", super::get_week)
            .kept_with_cohort()
            .summary("Show a week")
            .about(
                "\
                A week of a cohort with its dates and project. No account is needed.",
            )
            .who(Who::Anyone),
        patch("/v1/cohorts/{id}/weeks/{number}", "change_week", super::change_week)
            .summary("Change a week")
            .about(
                "\
                Changes what a week is about, adds or removes its project, or moves a reading week with \
                `move_to`. When it moves, phase, topic and project go along and the weeks between move up; \
                numbers, dates, absences and mentor slots stay. With new dates, what is due in the week and its \
                mentor slots keep their day of the week. It is `409 weeks_published` if a week from the \
                old to the new place has published teams. The answer is the week at its new number.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::WeeksPublished, Code::Conflict]),
        get("/v1/projects/{id}", "get_project", super::get_project)
            .summary("Show a project")
            .about(
                "\
                What the teams of a cohort build in a week. No account is needed.",
            )
            .who(Who::Anyone),
        patch("/v1/projects/{id}", "change_project", super::change_project)
            .summary("Change a project")
            .about(
                "\
                Changes a project of a cohort. Other cohorts and the programme keep theirs.",
            )
            .who(Who::CohortStaff),
    ])
}
