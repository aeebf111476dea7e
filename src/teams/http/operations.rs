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
            super::week_teams,
        )
        .summary("The published teams of a week, with its project")
        .who(Who::CohortInsiders),
        get("/v1/teams/{id}", "get_team", super::show_team)
            .summary("A team")
            .who(Who::CohortInsiders),
        get("/v1/teams/{id}/explanation", "explain_team", super::explain_team)
            .summary("Why somebody is in a team, as far as published teams tell")
            .who(Who::CohortInsiders),
        patch("/v1/teams/{id}", "change_team", super::change_team)
            .summary("Say where a team's work is; staff may also rename it")
            .who(Who::TeamMembers),
        post(
            "/v1/teams/{id}/repair-proposals",
            "propose_repairs",
            super::propose_repairs,
        )
        .summary("Ways to make a published round right when somebody has left or come")
        .who(Who::CohortStaff)
        .answers(&[200])
        .not_kept()
        .problems(&[Code::Conflict]),
        post("/v1/teams/{id}/repairs", "repair_teams", super::repair)
            .summary("Move people between published teams of a round, on record")
            .who(Who::CohortStaff)
            .needs_if_match()
            .problems(&[Code::Conflict]),
        get("/v1/cohorts/{id}/team-repairs", "list_team_repairs", super::repairs)
            .summary("What was changed in published teams, when, by whom and why")
            .who(Who::CohortStaff),
        get("/v1/cohorts/{id}/encounters", "list_encounters", super::encounters)
            .summary("Who has worked with whom, in numbers or as a picture")
            .who(Who::CohortInsiders)
            .also("image/svg+xml")
            .problems(&[Code::NotAcceptable]),
        get("/v1/cohorts/{id}/role-ledger", "list_roles", super::role_ledger)
            .summary("Who has had which role how often in published teams")
            .who(Who::CohortInsiders),
    ])
}
