//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "work",
    about: "Submissions, hints, code reviews and discoveries.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let mut all = submissions();
    all.extend(reviews());
    all.extend(discoveries());
    all.extend(hints());
    all
}

fn submissions() -> Vec<Operation> {
    TAG.operations([
        post("/v1/teams/{id}/submissions", "submit_work", super::submit_work)
            .summary("Submit a team's work")
            .about(
                "\
                Hands in the work of a published team, and gives the team the addresses of the submission. Versions \
                are numbered per week, kept and never changed. Late work is taken and says so, until the cohort has \
                graduated.",
            )
            .who(Who::TeamMembers)
            .problems(&[Code::Conflict]),
        get(
            "/v1/teams/{id}/submissions",
            "list_team_submissions",
            super::list_team_submissions,
        )
        .summary("List a team's submissions")
        .about(
            "\
                All versions of a team's work, the latest first.",
        )
        .who(Who::CohortInsiders),
        get("/v1/submissions/{id}", "get_submission", super::get_submission)
            .summary("Show a submission")
            .about(
                "\
                One version of a team's work. Whether it is late follows from when it came in and when it is due now.",
            )
            .who(Who::CohortInsiders),
        get(
            "/v1/cohorts/{id}/weeks/{number}/submissions",
            "list_week_submissions",
            super::list_week_submissions,
        )
        .summary("List a week's submissions")
        .about(
            "\
                The published teams of a week, each with its latest submission, or without one. The list is never paged.",
        )
        .who(Who::CohortInsiders),
        put(
            "/v1/teams/{id}/weeks/{number}/extension",
            "extend_due_time",
            super::extend_due_time,
        )
        .summary("Extend a team's due time")
        .about(
            "\
            Gives one team a due time of its own, earlier or later than the project's. From now on that decides \
            whether what it has submitted is late.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::Conflict]),
        delete(
            "/v1/teams/{id}/weeks/{number}/extension",
            "end_extension",
            super::end_extension,
        )
        .summary("End an extension")
        .about(
            "\
                The team's work is due when the project is, as before.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::Conflict]),
    ])
}

fn reviews() -> Vec<Operation> {
    TAG.operations([
        get(
            "/v1/cohorts/{id}/weeks/{number}/code-reviews",
            "list_code_reviews",
            super::list_code_reviews,
        )
        .summary("List code reviews")
        .about(
            "\
                Which team reviews whose code in a week and why, and what each team was given and did. The list is never \
                paged.",
        )
        .who(Who::CohortInsiders),
        post(
            "/v1/cohorts/{id}/weeks/{number}/code-reviews",
            "assign_code_reviews",
            super::assign_code_reviews,
        )
        .summary("Share out code reviews")
        .about(
            "\
            Every published team of the week reviews one other and is reviewed once. As few people as possible \
            review somebody whose work they reviewed in another week. Repeating it changes only what teams that came \
            or went make necessary. The answer has all reviews of the week.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::Conflict]),
        get("/v1/code-reviews/{id}", "get_code_review", super::get_code_review)
            .summary("Show a code review")
            .about(
                "\
                A code review: who reads whose code, until when, and why.",
            )
            .who(Who::CohortInsiders),
        patch("/v1/code-reviews/{id}", "change_code_review", super::change_code_review)
            .summary("Change a code review")
            .about(
                "\
                The reviewing team says that it is `done`, which its first issue says too. Staff give it another `due_at`.",
            )
            .who(Who::TeamMembers)
            .problems(&[Code::Conflict]),
        post(
            "/v1/code-reviews/{id}/takeovers",
            "take_over_code_review",
            super::take_over_code_review,
        )
        .summary("Take over a code review")
        .about(
            "\
            Gives an `abandoned` review, whose time has passed, to the caller's team of that week, which then has \
            two days for it. It still counts among those that the first team was given.",
        )
        .who(Who::CohortInsiders)
        .problems(&[Code::Conflict]),
        get(
            "/v1/code-reviews/{id}/issues",
            "list_review_issues",
            super::list_review_issues,
        )
        .summary("List the issues of a review")
        .about(
            "\
                What was found in a code review, in the order it was raised.",
        )
        .who(Who::CohortInsiders),
        post(
            "/v1/code-reviews/{id}/issues",
            "raise_review_issue",
            super::raise_review_issue,
        )
        .summary("Raise an issue")
        .about(
            "\
                Says what is wrong with the reviewed team's code.",
        )
        .who(Who::CodeReviewers)
        .problems(&[Code::Conflict]),
        get("/v1/review-issues/{id}", "get_review_issue", super::get_review_issue)
            .summary("Show an issue")
            .about(
                "\
                An issue of a code review, with what the reviewed team says.",
            )
            .who(Who::CohortInsiders),
        patch("/v1/review-issues/{id}", "change_review_issue", super::change_review_issue)
            .summary("Answer or close an issue")
            .about(
                "\
                The reviewed team answers, with a text or without; only whoever raised the issue closes it. A closed one \
                stays closed.",
            )
            .who(Who::IssueParties)
            .problems(&[Code::Conflict, Code::InvalidTransition]),
    ])
}

fn discoveries() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/discoveries", "list_discoveries", super::list_discoveries)
            .summary("List discoveries")
            .about(
                "\
                What people of the cohort found and share with all, newest first unless `sort` says otherwise.",
            )
            .who(Who::CohortInsiders),
        post("/v1/cohorts/{id}/discoveries", "share_discovery", super::share_discovery)
            .summary("Share a discovery")
            .about(
                "\
                Shares something found with everybody in the cohort. It keeps the week that goes on and the caller's team.",
            )
            .who(Who::CohortInsiders)
            .problems(&[Code::Conflict]),
        get("/v1/discoveries/{id}", "get_discovery", super::get_discovery)
            .summary("Show a discovery")
            .about(
                "\
                Something found, and how many found it useful.",
            )
            .who(Who::CohortInsiders),
        patch("/v1/discoveries/{id}", "change_discovery", super::change_discovery)
            .summary("Change a discovery")
            .about("Changes what a discovery says, for whoever shared it.")
            .who(Who::DiscoverySharers),
        delete("/v1/discoveries/{id}", "delete_discovery", super::delete_discovery)
            .summary("Remove a discovery")
            .about(
                "\
                Removes a discovery, with all marks on it.",
            )
            .who(Who::DiscoverySharers).takes_if_match(),
        put("/v1/discoveries/{id}/useful/me", "mark_useful", super::mark_useful)
            .summary("Find a discovery useful")
            .about(
                "\
                The caller found it useful. Saying so again changes nothing.",
            )
            .who(Who::CohortInsiders),
        delete("/v1/discoveries/{id}/useful/me", "unmark_useful", super::unmark_useful)
            .summary("Unmark a discovery as useful")
            .about(
                "\
                Takes the caller's mark away.",
            )
            .who(Who::CohortInsiders),
    ])
}

fn hints() -> Vec<Operation> {
    TAG.operations([
        get("/v1/projects/{id}/hints", "list_hints", super::list_hints)
            .summary("List a project's hints")
            .about(
                "\
                How many hints an open project has, which team has asked for which, and what they say: all of them for \
                staff and mentors of the week, for others those that their own team has asked for. Never paged.",
            )
            .who(Who::CohortInsiders),
        post("/v1/projects/{id}/hints", "create_hint", super::create_hint)
            .summary("Write a hint")
            .about("Adds a hint behind those that an open project has. For staff, and mentors with a place in its week.")
            .who(Who::CohortInsiders)
            .problems(&[Code::Conflict]),
        patch("/v1/hints/{id}", "change_hint", super::change_hint)
            .summary("Change a hint")
            .about(
                "\
                Changes what a hint says, for staff and mentors with a place in its week. If a team has been shown \
                it, `changed_at` says when it was changed, and `earlier` in the list has the text that team saw.",
            )
            .who(Who::CohortInsiders)
            .takes_if_match()
            .problems(&[Code::Conflict]),
        delete("/v1/hints/{id}", "delete_hint", super::delete_hint)
            .summary("Delete a hint")
            .about(
                "\
                Removes a hint that no team has been shown; those behind it move up. For staff and mentors with a place in its \
                week.",
            )
            .who(Who::CohortInsiders)
            .takes_if_match()
            .problems(&[Code::Conflict]),
        post("/v1/projects/{id}/hints/requests", "request_hint", super::request_hint)
            .summary("Ask for a hint")
            .about(
                "\
                Shows the next hint to the caller's team of that week, from the first day of the week on, and to the \
                cohort that the team has asked for it. `number` says which one is meant, so that several members who \
                ask at once get one hint; one that the team has already is answered with `200`.",
            )
            .who(Who::CohortInsiders)
            .answers(&[201, 200])
            .problems(&[Code::Conflict]),
    ])
}
