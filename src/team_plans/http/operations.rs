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
        post("/v1/cohorts/{id}/team-plans", "create_team_plan", super::create_team_plan)
            .summary("Form teams")
            .about(
                "\
                Forms teams for some weeks as a draft that only staff see. Waits for the teams (`201`); with \
                `Prefer: respond-async`, and always with `\"effort\": \"thorough\"`, it answers `202` with a job. \
                One search runs for a cohort at a time (`409 conflict` with `Retry-After`). If the demands \
                cannot be met, `422 plan_infeasible` names the `conflict` and `relaxations`, cheapest first. A \
                cohort has at most 20 drafts; `409 too_many_drafts` names them, for you to discard some.",
            )
            .who(Who::CohortStaff)
            .rate(Rate::Solve)
            .or_later::<JobView>()
            .problems(&[
                Code::Conflict,
                Code::WeeksPublished,
                Code::RosterChanged,
                Code::PlanInfeasible,
                Code::TooManyDrafts,
                Code::JobLimit,
            ]),
        get("/v1/cohorts/{id}/team-plans", "list_team_plans", super::list_team_plans)
            .summary("List team plans")
            .about(
                "\
                The plans of a cohort, newest first, without their rounds. To students, plans do not exist \
                (`404`).",
            )
            .who(Who::CohortStaff),
        get("/v1/team-plans/{id}", "get_team_plan", super::get_team_plan)
            .summary("Show a team plan")
            .about(
                "\
                A plan with its rounds, the demands it was formed for and a report of how good it is. As \
                `image/svg+xml` it is a picture: a row for each round, a column for each team, a dot before \
                whoever meets somebody again.",
            )
            .who(Who::CohortStaff)
            .also("image/svg+xml")
            .problems(&[Code::NotAcceptable]),
        delete("/v1/team-plans/{id}", "discard_team_plan", super::discard_team_plan)
            .summary("Discard a team plan")
            .about(
                "\
                Deletes a draft and cancels the jobs that work on it. Of a plan with published rounds, only the \
                others are discarded.",
            )
            .who(Who::CohortStaff)
            .needs_if_match()
            .problems(&[Code::PlanNotDraft]),
        post("/v1/team-plans/{id}/swap-previews", "preview_swap", super::preview_swap)
            .summary("Preview a swap")
            .about(
                "\
                What a swap of two `people` would change: repeats, balance, roles, and the demands it would break. \
                With `person_id` instead, the same for a swap with each other person of the round. Changes nothing.",
            )
            .who(Who::CohortStaff)
            .answers(&[200])
            .without_replay()
            .problems(&[Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/swaps", "swap_people", super::swap_people)
            .summary("Swap two people")
            .about(
                "\
                Lets two people change teams in one round of a draft; two of one team change roles. A swap that \
                breaks a pair rule, a lock or the sizes is `409 conflict` with `breaks`; worse balance is \
                allowed. Teams keep their `id` and name.",
            )
            .who(Who::CohortStaff)
            .answers(&[200])
            .needs_if_match()
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/moves", "move_person", super::move_person)
            .summary("Move a person")
            .about(
                "\
                Puts somebody into another team in one round of a draft. A move that breaks a pair rule, a lock \
                or the sizes is `409 conflict` with `breaks`; worse balance is allowed. Teams keep their `id` \
                and name.",
            )
            .who(Who::CohortStaff)
            .answers(&[200])
            .needs_if_match()
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/arrangements", "arrange_teams", super::arrange_teams)
            .summary("Arrange teams")
            .about(
                "\
                Gives one round of a draft the teams that you send, all at once. Each goes on as the team that it \
                shares most people with, and keeps its `id` and name. `422` names who is `missing` or listed `twice`; \
                teams that break a pair rule, a lock or the sizes are `409 conflict` with `breaks`. With `dry_run`, \
                nothing is changed and the answer says what would be, as for swaps.",
            )
            .who(Who::CohortStaff)
            .answers(&[200])
            .needs_if_match()
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/reruns", "rerun_team_plan", super::rerun_team_plan)
            .summary("Rerun a team plan")
            .about(
                "\
                Keeps the weeks and teams named in `keep` and forms all others of the draft again, as its next \
                version. Waits or answers `202` like forming teams. Teams that come out with the same people \
                keep their `id` and name; roles are handed out anew in the weeks formed again. `409 \
                roster_changed` says that the plan's demands no longer fit its students or weeks.",
            )
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
        get("/v1/team-plans/{id}/versions", "list_plan_versions", super::list_plan_versions)
            .summary("List plan versions")
            .about(
                "\
                Every version of a plan, newest first: what made it, who and when. Each can be brought back with \
                `POST /v1/team-plans/{id}/restorations`.",
            )
            .who(Who::CohortStaff),
        post("/v1/team-plans/{id}/restorations", "restore_team_plan", super::restore_team_plan)
            .summary("Restore a version")
            .about(
                "\
                Gives the unpublished weeks of a plan the teams and roles of an earlier version, as its next version, so \
                that edits, reruns and chosen points are undone and redone. Teams that were removed since come back with \
                their `id` and name. Published weeks stay as they are. Whether the teams still fit the students is asked \
                when they are published.",
            )
            .who(Who::CohortStaff)
            .answers(&[200])
            .needs_if_match()
            .problems(&[Code::Conflict, Code::PlanNotDraft]),
        get("/v1/team-plans/{id}/trade-off", "get_trade_off", super::get_trade_off)
            .summary("Show a trade-off")
            .about(
                "\
                What better balance would cost a draft in repeats, as a curve; as `image/svg+xml`, a picture. It \
                is `404` until it has been found for the plan's present version.",
            )
            .who(Who::CohortStaff)
            .also("image/svg+xml"),
        post("/v1/team-plans/{id}/trade-off", "find_trade_off", super::find_trade_off)
            .summary("Find a trade-off")
            .about(
                "\
                Begins a job that finds what better balance would cost a draft in repeats. Always answers `202`.",
            )
            .who(Who::CohortStaff)
            .rate(Rate::Solve)
            .answers(&[202])
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::JobLimit]),
        post(
            "/v1/team-plans/{id}/trade-off/choice",
            "choose_trade_off",
            super::choose_trade_off,
        )
        .summary("Choose a trade-off point")
        .about(
            "\
                Gives the draft the teams of a point on the curve, as its next version. The curve stays, so that \
                another point can be tried. Teams keep their `id` and name.",
        )
        .who(Who::CohortStaff)
        .answers(&[200])
        .needs_if_match()
        .problems(&[Code::Conflict]),
        get("/v1/team-plans/{id}/explanation", "explain_team_plan", super::explain_team_plan)
            .summary("Explain a team plan")
            .about(
                "\
                Why a student is where they are in each round of a plan. With `with` and `week`: why two people \
                are together in that week or are not, the cheapest swap that would change it, and how many \
                repeats it would cost at least and at most to plan that week and all later ones anew.",
            )
            .who(Who::CohortStaff)
            .rate(Rate::Solve),
        post("/v1/team-plans/{id}/publication", "publish_team_plan", super::publish_team_plan)
            .summary("Publish teams")
            .about(
                "\
                Shows the teams of some or all rounds to the students, at once. It is `409 roster_changed` if \
                the draft no longer fits: `without_team`, `gone`, `breaks` and `weeks` say why. An absence noted \
                since does not hold it back. With `dry_run`, nothing is changed and `preview` tells who would see \
                what; what publishing would refuse is refused.",
            )
            .who(Who::CohortStaff)
            .answers(&[200])
            .needs_if_match()
            .problems(&[
                Code::Conflict,
                Code::PlanNotDraft,
                Code::WeeksPublished,
                Code::RosterChanged,
            ]),
        delete(
            "/v1/cohorts/{id}/weeks/{number}/publication",
            "unpublish_week",
            super::unpublish_week,
        )
        .summary("Unpublish a week")
        .about(
            "\
            Takes back the published teams of a week that has not begun, with all weeks of its round. Students no \
            longer see them, and the plan is a draft again for these weeks.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::NotFound, Code::Conflict]),
    ])
}
