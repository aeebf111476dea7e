//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "reflection",
    about: "How people work, what they note of their progress, and what team mates tell each other.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let mut all = manuals();
    all.extend(logs());
    all.extend(feedback());
    all
}

fn manuals() -> Vec<Operation> {
    TAG.operations([
        get("/v1/me/manual", "get_my_manual", super::get_my_manual)
            .summary("Show my manual")
            .about("How the caller works and likes to be worked with, in their own words; empty until they write it.")
            .open_to_programs()
            .no_store(),
        put("/v1/me/manual", "set_my_manual", super::set_my_manual)
            .summary("Write my manual")
            .about(
                "\
                Writes the caller's manual as a whole. Whoever is in a planned or running cohort with them reads it: \
                students, staff, and mentors with a place.",
            )
            .answers(&[200])
            .takes_if_match()
            .no_store(),
        get("/v1/people/{id}/manual", "get_manual", super::get_manual)
            .summary("Show somebody's manual")
            .about(
                "\
                How somebody works, for whoever is in a planned or running cohort with them: as a student, on its \
                staff, or with a place as its mentor.",
            ),
    ])
}

fn logs() -> Vec<Operation> {
    TAG.operations([
        get("/v1/me/progress-logs", "list_my_progress_logs", super::list_my_progress_logs)
            .summary("List my progress logs")
            .about("What the caller has noted of their own progress, the newest first.")
            .no_store(),
        post("/v1/me/progress-logs", "write_progress_log", super::write_progress_log)
            .summary("Write a progress log")
            .about(
                "\
                Notes something of the caller's own progress in a cohort. Nobody else reads it, unless it is shared with the \
                staff. Whoever studies in one cohort need not name it.",
            )
            .problems(&[Code::NoCohort, Code::SeveralCohorts, Code::Conflict])
            .no_store(),
        get("/v1/me/progress-logs/{id}", "get_progress_log", super::get_progress_log)
            .summary("Show a progress log")
            .about("One of the caller's own notes.")
            .no_store(),
        patch(
            "/v1/me/progress-logs/{id}",
            "change_progress_log",
            super::change_progress_log,
        )
        .summary("Change a progress log")
        .about("Changes one of the caller's own notes, or whether the staff read it.")
        .no_store(),
        delete(
            "/v1/me/progress-logs/{id}",
            "delete_progress_log",
            super::delete_progress_log,
        )
        .summary("Remove a progress log")
        .about("Removes one of the caller's own notes.")
        .no_store().takes_if_match(),
        get(
            "/v1/cohorts/{id}/progress-logs",
            "list_shared_progress_logs",
            super::list_shared_progress_logs,
        )
        .summary("List shared progress logs")
        .about("What students of the cohort have noted and share with the staff, the newest first.")
        .who(Who::CohortStaff),
    ])
}

fn feedback() -> Vec<Operation> {
    TAG.operations([
        get("/v1/me/feedback", "list_my_feedback", super::list_my_feedback)
            .summary("List my feedback")
            .about(
                "\
                What team mates tell the caller. It is shown in batches: once three people have given some, and if \
                some of it is anonymous, once three have given anonymously. Fewer than that wait for the next rounds \
                of the cohort. Neither ids nor order nor time tell by whom it is.",
            )
            .no_store(),
        get("/v1/teams/{id}/feedback", "list_given_feedback", super::list_given_feedback)
            .summary("List the feedback I give")
            .about("The caller's mates in a team, with what the caller tells each. The list is never paged.")
            .who(Who::TeamMates),
        put(
            "/v1/teams/{id}/feedback/{person_id}",
            "give_feedback",
            super::give_feedback,
        )
        .summary("Give a team mate feedback")
        .about(
            "\
            Tells another member of the team something, from the last day of the round for two weeks, in place of what was \
            told them before. What they have been shown stays as it is. Staff do not read it.",
        )
        .who(Who::TeamMates)
        .answers(&[200])
        .problems(&[Code::Conflict])
        .secret(),
        delete(
            "/v1/teams/{id}/feedback/{person_id}",
            "withdraw_feedback",
            super::withdraw_feedback,
        )
        .summary("Take feedback back")
        .about("Removes what the caller told a team mate, as long as it has not been shown to them: at any time, also for those who \
             are not in the team any more.")
        .who(Who::TeamMates)
        .problems(&[Code::Conflict])
        .secret(),
    ])
}
