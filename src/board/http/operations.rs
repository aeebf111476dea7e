//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, get},
};

static TAG: Tag = Tag {
    name: "board",
    about: "What a page needs of a week, in one answer.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get("/v1/me/week", "get_my_week", super::get_my_week)
            .summary("Show my week")
            .about(
                "\
                What a week holds for the caller as a student: the project, the team and their role in it, when they \
                last worked with each of the others, when the work is due and what was submitted, who reviews whom, \
                what is still to be done, who mentors, and the weeks they miss. Without parameters it is the present \
                week of the cohort that is running: a week lasts until the next one begins. Clients may keep the \
                answer and show it without a network. Whoever studies in several running cohorts names one of the \
                problem's `cohorts`. What somebody has taken on as a mentor is in `GET /v1/me/mentoring`.",
            )
            .open_to_programs()
            .problems(&[Code::NotFound, Code::NoCohort, Code::SeveralCohorts]),
        get("/v1/cohorts/{id}/board", "get_week_board", super::get_week_board)
            .summary("Show a week's board")
            .about(
                "\
                All that staff look at when they arrange a week: its project, the students with their absences, the \
                published teams or else the draft made last, who has worked with whom, repeats beside what cannot be \
                avoided, rules that the teams break, what was submitted, who reviews whom, and the mentors.",
            )
            .who(Who::CohortStaff),
        get("/v1/cohorts/{id}/attention", "list_attention", super::list_attention)
            .summary("List what needs the staff")
            .about(
                "\
                What needs the cohort's staff now, the most urgent first: weeks that begin within a week and have no teams, \
                leavers and newcomers in published teams, work that is due and missing, actions that are overdue or \
                nobody's, mentors missing within three weeks, applications and trial weeks whose day is over, absences of \
                this week and the next, invitations that nobody has answered for three days, clients whose next step is \
                awaited for longer than the campus says, roles that wait to be approved, and, from the middle of the cohort on, students who have never \
                worked together. `href` is where to look. The list is never paged, and empty once the cohort is over.",
            )
            .who(Who::CohortStaff),
        get("/v1/me/attention", "list_my_attention", super::list_my_attention)
            .summary("List what needs me as staff")
            .about(
                "\
                The planned and running cohorts that the caller is staff of, the earliest to begin first, each with \
                what needs its staff now. For anybody else the list is empty.",
            )
            .open_to_programs()
            .no_store(),
        get("/v1/cohorts/{id}/fairness", "get_fairness", super::get_fairness)
            .summary("Show what everybody got")
            .about(
                "\
                What each student and each mentor of the cohort got and did not get: meetings with somebody they had met, \
                turns in the smaller team, roles, code reviews given and had; wishes that came true, draws lost, waiting \
                lists and what became of them. `notes` has what is uneven by more than one.",
            )
            .who(Who::CohortStaff),
        get("/v1/me/fairness", "get_my_fairness", super::get_my_fairness)
            .summary("Show what I got")
            .about(
                "\
                What the caller got and did not get as a student or a mentor of a cohort, beside the average, and of \
                nobody else. Without `cohort_id` it is the cohort that they study in.",
            )
            .open_to_programs()
            .problems(&[Code::NotFound, Code::NoCohort, Code::SeveralCohorts])
            .no_store(),
    ])
}
