//! The operations of this feature.

use crate::{
    error::Code,
    jobs::JobView,
    web::{Operation, Rate, Tag, Who, delete, get, post},
};

static TAG: Tag = Tag {
    name: "team plans",
    about: "Drafts of teams: formed, looked at, changed, and published to the students.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        post("/v1/cohorts/{id}/team-plans", "create_team_plan", super::create)
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
        get("/v1/cohorts/{id}/team-plans", "list_team_plans", super::list)
            .summary("The plans of a cohort, newest first")
            .who(Who::CohortStaff),
        get("/v1/team-plans/{id}", "get_team_plan", super::get)
            .summary("A plan with its rounds and what it is worth, or as a picture")
            .who(Who::CohortStaff)
            .also("image/svg+xml")
            .problems(&[Code::NotAcceptable]),
        delete("/v1/team-plans/{id}", "discard_team_plan", super::delete)
            .summary("Discard a draft, or of a plan the rounds that are not published")
            .who(Who::CohortStaff)
            .needs_if_match()
            .problems(&[Code::PlanNotDraft]),
        post("/v1/team-plans/{id}/swap-previews", "preview_swap", super::preview_swap)
            .summary("What a swap would change, without doing it")
            .who(Who::CohortStaff)
            .answers(&[200])
            .not_kept()
            .problems(&[Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/swaps", "swap_people", super::swap)
            .summary("Let two people change places and roles in one round of a draft")
            .who(Who::CohortStaff)
            .answers(&[200])
            .needs_if_match()
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/moves", "move_person", super::move_person)
            .summary("Put somebody into another team in one round of a draft")
            .who(Who::CohortStaff)
            .answers(&[200])
            .needs_if_match()
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/reruns", "rerun_team_plan", super::rerun)
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
        get("/v1/team-plans/{id}/trade-off", "get_trade_off", super::trade_off)
            .summary("What better balance would cost a draft in repeats, in numbers or as a picture")
            .who(Who::CohortStaff)
            .also("image/svg+xml"),
        post("/v1/team-plans/{id}/trade-off", "find_trade_off", super::find_trade_off)
            .summary("Find, in a job, what better balance would cost a draft in repeats")
            .who(Who::CohortStaff)
            .rate(Rate::Solve)
            .answers(&[202])
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::JobLimit]),
        post(
            "/v1/team-plans/{id}/trade-off/choice",
            "choose_trade_off",
            super::choose_trade_off,
        )
        .summary("Make the teams of a point of the trade-off those of the draft")
        .who(Who::CohortStaff)
        .answers(&[200])
        .needs_if_match()
        .problems(&[Code::Conflict]),
        get("/v1/team-plans/{id}/explanation", "explain_team_plan", super::explain)
            .summary("Why a student is where they are in each round of a plan")
            .who(Who::CohortStaff)
            .rate(Rate::Solve),
        post("/v1/team-plans/{id}/publication", "publish_team_plan", super::publish)
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
