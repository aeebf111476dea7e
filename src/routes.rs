//! The features whose operations make the API. Routing, the OpenAPI document, the authorisation
//! matrix, rate limits and metric labels all follow from what each declares.

use std::sync::Arc;

use crate::{
    accounts, campuses, cohorts,
    error::Code,
    jobs::{self, JobView},
    mentoring, programmes, students,
    teams::http as teams,
    web::{Operation, Rate, Tag, Who, delete, get, patch, post},
};

/// Every operation of the API, in the order in which the document has them.
pub fn operations() -> Vec<Arc<Operation>> {
    let features = [
        accounts::http::operations(),
        campuses::http::operations(),
        programmes::http::operations(),
        cohorts::http::operations(),
        students::http::operations(),
        mentoring::http::operations(),
        team_plans(),
        jobs::http::operations(),
        published_teams(),
    ];
    features.into_iter().flatten().map(Arc::new).collect()
}

static TEAM_PLANS: Tag = Tag {
    name: "team plans",
    about: "Drafts of teams: formed, looked at, changed, and published to the students.",
};

fn team_plans() -> Vec<Operation> {
    TEAM_PLANS.operations([
        post("/v1/cohorts/{id}/team-plans", "create_team_plan", teams::create)
            .summary("Form teams for some weeks: a draft that only staff see")
            .who(Who::CohortStaff)
            .rate(Rate::Solve)
            .or_later::<JobView>()
            .problems(&[
                Code::Conflict,
                Code::WeeksPublished,
                Code::RosterChanged,
                Code::PlanInfeasible,
                Code::JobLimit,
            ]),
        get("/v1/cohorts/{id}/team-plans", "list_team_plans", teams::list)
            .summary("The plans of a cohort, newest first")
            .who(Who::CohortStaff),
        get("/v1/team-plans/{id}", "get_team_plan", teams::show)
            .summary("A plan with its rounds and what it is worth, or as a picture")
            .who(Who::CohortStaff)
            .also("image/svg+xml")
            .problems(&[Code::NotAcceptable]),
        delete("/v1/team-plans/{id}", "discard_team_plan", teams::discard)
            .summary("Discard a draft, or of a plan the rounds that are not published")
            .who(Who::CohortStaff)
            .needs_if_match()
            .problems(&[Code::PlanNotDraft]),
        post("/v1/team-plans/{id}/swap-previews", "preview_swap", teams::preview_swap)
            .summary("What a swap would change, without doing it")
            .who(Who::CohortStaff)
            .answers(&[200])
            .not_kept()
            .problems(&[Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/swaps", "swap_people", teams::swap)
            .summary("Let two people change places and roles in one round of a draft")
            .who(Who::CohortStaff)
            .answers(&[200])
            .needs_if_match()
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/moves", "move_person", teams::move_person)
            .summary("Put somebody into another team in one round of a draft")
            .who(Who::CohortStaff)
            .answers(&[200])
            .needs_if_match()
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/reruns", "rerun_team_plan", teams::rerun)
            .summary("Keep some teams of a draft and form the others again; in their weeks roles are handed out anew")
            .who(Who::CohortStaff)
            .rate(Rate::Solve)
            .answers(&[200])
            .or_later::<JobView>()
            .needs_if_match()
            .problems(&[
                Code::Conflict,
                Code::PlanNotDraft,
                Code::RosterChanged,
                Code::PlanInfeasible,
                Code::JobLimit,
            ]),
        get("/v1/team-plans/{id}/trade-off", "get_trade_off", teams::trade_off)
            .summary("What better balance would cost a draft in repeats, in numbers or as a picture")
            .who(Who::CohortStaff)
            .also("image/svg+xml"),
        post("/v1/team-plans/{id}/trade-off", "find_trade_off", teams::find_trade_off)
            .summary("Find, in a job, what better balance would cost a draft in repeats")
            .who(Who::CohortStaff)
            .rate(Rate::Solve)
            .answers(&[202])
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::JobLimit]),
        post(
            "/v1/team-plans/{id}/trade-off/choice",
            "choose_trade_off",
            teams::choose_trade_off,
        )
        .summary("Make the teams of a point of the trade-off those of the draft")
        .who(Who::CohortStaff)
        .answers(&[200])
        .needs_if_match()
        .problems(&[Code::Conflict]),
        get("/v1/team-plans/{id}/explanation", "explain_team_plan", teams::explain)
            .summary("Why a student is where they are in each round of a plan")
            .who(Who::CohortStaff)
            .rate(Rate::Solve),
        post("/v1/team-plans/{id}/publication", "publish_team_plan", teams::publish)
            .summary("Let the students see the teams of some or all weeks")
            .who(Who::CohortStaff)
            .answers(&[200])
            .needs_if_match()
            .problems(&[
                Code::Conflict,
                Code::PlanNotDraft,
                Code::WeeksPublished,
                Code::RosterChanged,
            ]),
    ])
}

static TEAMS: Tag = Tag {
    name: "teams",
    about: "Published teams, how they are put right, and who has worked with whom.",
};

fn published_teams() -> Vec<Operation> {
    TEAMS.operations([
        get(
            "/v1/cohorts/{id}/weeks/{number}/teams",
            "list_week_teams",
            teams::week_teams,
        )
        .summary("The published teams of a week, with its project")
        .who(Who::CohortInsiders),
        get("/v1/teams/{id}", "get_team", teams::show_team)
            .summary("A team")
            .who(Who::CohortInsiders),
        get("/v1/teams/{id}/explanation", "explain_team", teams::explain_team)
            .summary("Why somebody is in a team, as far as published teams tell")
            .who(Who::CohortInsiders),
        patch("/v1/teams/{id}", "change_team", teams::change_team)
            .summary("Say where a team's work is; staff may also rename it")
            .who(Who::TeamMembers),
        post(
            "/v1/teams/{id}/repair-proposals",
            "propose_repairs",
            teams::propose_repairs,
        )
        .summary("Ways to make a published round right when somebody has left or come")
        .who(Who::CohortStaff)
        .answers(&[200])
        .not_kept()
        .problems(&[Code::Conflict]),
        post("/v1/teams/{id}/repairs", "repair_teams", teams::repair)
            .summary("Move people between published teams of a round, on record")
            .who(Who::CohortStaff)
            .needs_if_match()
            .problems(&[Code::Conflict]),
        get("/v1/cohorts/{id}/team-repairs", "list_team_repairs", teams::repairs)
            .summary("What was changed in published teams, when, by whom and why")
            .who(Who::CohortStaff),
        get("/v1/cohorts/{id}/encounters", "list_encounters", teams::encounters)
            .summary("Who has worked with whom, in numbers or as a picture")
            .who(Who::CohortInsiders)
            .also("image/svg+xml")
            .problems(&[Code::NotAcceptable]),
        get("/v1/cohorts/{id}/role-ledger", "list_roles", teams::role_ledger)
            .summary("Who has had which role how often in published teams")
            .who(Who::CohortInsiders),
    ])
}
