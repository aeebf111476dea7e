//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, get, patch, post},
};

static TAG: Tag = Tag {
    name: "teams",
    about: "Published teams, how they are put right, and who has worked with whom.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get(
            "/v1/cohorts/{id}/weeks/{number}/teams",
            "list_week_teams",
            super::list_week_teams,
        )
            .kept_with_cohort()
        .summary("List a week's teams")
        .about(
            "\
                The published teams of a week with their members and roles, and the week's project. `data` is \
                empty until the week is published. The list is never paged.",
        )
        .who(Who::CohortInsiders),
        get("/v1/teams/{id}", "get_team", super::get_team)
            .summary("Show a team")
            .about(
                "\
                A published team with its members and links.",
            )
            .who(Who::CohortInsiders),
        get("/v1/teams/{id}/explanation", "explain_team", super::explain_team)
            .summary("Explain a team")
            .about(
                "\
                Why somebody is in a team, in sentences and numbers. It is told from published teams alone, so \
                it gives away neither pair rules nor attributes.",
            )
            .who(Who::CohortInsiders),
        patch("/v1/teams/{id}", "change_team", super::change_team)
            .summary("Change a team")
            .about(
                "\
                Sets the links to a team's repository and product. Members of the team and staff may do so; only \
                staff may rename it or give its members other roles (`403`). A name that another team of the round \
                has is `409 conflict`. Other roles in a published team stay on record as a repair.",
            )
            .who(Who::TeamMembers)
            .problems(&[Code::Conflict]),
        post(
            "/v1/teams/{id}/repair-proposals",
            "propose_repairs",
            super::propose_repairs,
        )
        .summary("Propose repairs")
        .about(
            "\
                Up to three ways to put a published round right after somebody has left, joined or is absent, \
                those with the fewest moves first. Changes nothing.",
        )
        .who(Who::CohortStaff)
        .answers(&[200])
        .without_replay()
        .problems(&[Code::Conflict]),
        post("/v1/teams/{id}/repairs", "repair_teams", super::repair_teams)
            .summary("Repair published teams")
            .about(
                "\
                Moves people between the published teams of a round and records it. Needs the `ETag` of the team \
                in the path. Sizes may differ from those asked for (`sizes_kept`), because the people who are \
                left may allow no others. A team without members is dissolved: it stays readable and leaves the \
                week's list.",
            )
            .who(Who::CohortStaff)
            .needs_if_match()
            .problems(&[Code::Conflict]),
        post("/v1/cohorts/{id}/team-repairs", "repair_all_teams", super::repair_all_teams)
            .summary("Make all repairs")
            .about(
                "\
                Repairs every published round that is not over and that somebody has left or joined, or misses wholly, or with `person_id` \
                those that this person is gone from, in one transaction. Each gets the way with the fewest moves; if \
                every way breaks a rule, its `option` is null and it stays as it is. With `dry_run` nothing is changed: \
                send the `ETag` of that answer as `If-Match`, and the repairs are made only if they are still the same. \
                `200` if none was made.",
            )
            .who(Who::CohortStaff)
            .answers(&[201, 200])
            .takes_if_match()
            .problems(&[Code::Conflict, Code::RosterChanged]),
        get(
            "/v1/cohorts/{id}/enrolments/{person_id}/teams",
            "list_student_teams",
            super::list_student_teams,
        )
        .summary("List a student's teams")
        .about(
            "\
            The published teams that a student is in, in rounds that are not over. Those they are `gone` from, because \
            they have left, need a repair. The list is never paged.",
        )
        .who(Who::CohortStaff),
        get("/v1/cohorts/{id}/team-repairs", "list_team_repairs", super::list_team_repairs)
            .summary("List repairs")
            .about(
                "\
                What was changed in published teams, when, by whom and why, newest first.",
            )
            .who(Who::CohortStaff),
        get("/v1/cohorts/{id}/encounters", "list_encounters", super::list_encounters)
            .kept_with_cohort()
            .summary("List encounters")
            .about(
                "\
                Who has worked with whom how often in published rounds, and how much of the cohort each student \
                has met. As `image/svg+xml` it is a heat map of up to 120 students (`406` beyond). The list is \
                never paged.",
            )
            .who(Who::CohortInsiders)
            .also("image/svg+xml")
            .problems(&[Code::NotAcceptable]),
        get("/v1/cohorts/{id}/role-ledger", "list_roles", super::list_roles)
            .kept_with_cohort()
            .summary("Count roles")
            .about(
                "\
                How often each student has had each role in published rounds. The list is never paged.",
            )
            .who(Who::CohortInsiders),
    ])
}
