//! Teams: plans, what was published, repairs.

use diesel::prelude::*;

use super::{
    document::campus,
    rows::{DRAFTS, HOUSEKEEPING, LeftOut, person, rows},
};
use crate::{
    db::schema::{plan_versions, published_weeks, rounds, team_members, team_plans, team_repairs, teams},
    primitives::{Id, Instant, Json, Line, Url},
};

rows! {
    /// The person's place in a published team.
    ExportedTeamPlace from team_members {
        /// The round of teams.
        round_id: Id,
        /// The person.
        person_id: Id,
        /// The team.
        team_id: Id,
        /// What they looked after in it.
        role: Option<String>,
        ;
        /// What the team is called.
        team_name: Line = teams::name,
        /// Its repository.
        repository_url: Option<Url> = teams::repository_url,
        /// Where what it built runs.
        deployed_url: Option<Url> = teams::deployed_url,
        /// The cohort.
        cohort_id: Id = rounds::cohort_id,
        /// The round's first week.
        first_week: i32 = rounds::first_week,
        /// The round's last week.
        last_week: i32 = rounds::last_week,
        /// When its teams were published.
        published_at: Option<Instant> = rounds::published_at,
    }

    /// A team plan that the person made.
    ExportedTeamPlan from team_plans {
        /// The plan.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Its first week.
        from_week: i32,
        /// Its last week.
        to_week: i32,
        /// Who made it.
        created_by: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A change to a team plan.
    ExportedTeamPlanChange from plan_versions {
        /// The plan.
        plan_id: Id,
        /// The version that it made.
        version: i64,
        /// What was done.
        act: Option<String>,
        /// To which weeks.
        weeks: Json,
        /// Who did it.
        made_by: Option<Id>,
        /// When.
        created_at: Instant,
    }

    /// A repair of published teams.
    ExportedTeamRepair from team_repairs {
        /// The repair.
        id: Id,
        /// The round of teams.
        round_id: Id,
        /// Why, as the person wrote.
        reason: String,
        /// Who made it.
        made_by: Option<Id>,
        /// When.
        created_at: Instant,
    }

    /// A team plan of which something was published.
    TeamPlanRow from team_plans {
        /// The plan's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Its first week.
        from_week: i32,
        /// Its last week.
        to_week: i32,
        /// The number that its chances came from.
        seed: i64,
        /// What was asked for.
        request: Json,
        /// How well it does.
        report: Json,
        /// Who made it.
        created_by: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// What it was planned along with.
        planned_along: Json,
    }

    /// Consecutive weeks with the same teams, if published.
    RoundRow from rounds {
        /// The round's id.
        id: Id,
        /// The plan.
        plan_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Its first week.
        first_week: i32,
        /// Its last week.
        last_week: i32,
        /// When its teams were published.
        published_at: Option<Instant>,
    }

    /// A week with published teams.
    PublishedWeekRow from published_weeks {
        /// The cohort.
        cohort_id: Id,
        /// Its number.
        week_number: i32,
        /// The round of its teams.
        round_id: Id,
    }

    /// A published team.
    TeamRow from teams {
        /// The team's id.
        id: Id,
        /// The round.
        round_id: Id,
        /// Its place in the round.
        position: i32,
        /// What it is called.
        name: Line,
        /// Its repository.
        repository_url: Option<Url>,
        /// Where what it built runs.
        deployed_url: Option<Url>,
        /// Rises with every change.
        version: i64,
    }

    /// A place in a published team.
    TeamMemberRow from team_members {
        /// The round.
        round_id: Id,
        /// Whose it is.
        person_id: Id,
        /// The team.
        team_id: Id,
        /// What they looked after.
        role: Option<String>,
        /// Its place in the team.
        position: i32,
    }

    /// A repair of published teams.
    TeamRepairRow from team_repairs {
        /// The repair's id.
        id: Id,
        /// The round.
        round_id: Id,
        /// Why.
        reason: String,
        /// The teams before.
        before: Json,
        /// The teams after.
        after: Json,
        /// Who made it.
        made_by: Option<Id>,
        /// When it was made.
        created_at: Instant,
    }
}

person! {
    Teams {
        /// Published teams that the person is or was in, with their role.
        teams: ExportedTeamPlace = |whose| team_members::table
            .inner_join(teams::table)
            .inner_join(rounds::table)
            .filter(team_members::person_id.eq(whose.person))
            .filter(rounds::published_at.is_not_null())
            .order((rounds::cohort_id, rounds::first_week));
        /// Team plans that the person made.
        team_plans: ExportedTeamPlan in team_plans of created_by by id;
        /// Changes to team plans that the person made.
        team_plan_changes: ExportedTeamPlanChange in plan_versions of made_by by plan_id;
        /// Repairs of published teams that the person made.
        team_repairs: ExportedTeamRepair in team_repairs of made_by by id;
    }
}

campus! {
    CampusTeams {
        /// Team plans of which something was published.
        team_plans: TeamPlanRow = |scope| team_plans::table
            .filter(team_plans::id.eq_any(&scope.plans))
            .order(team_plans::id);
        /// Their rounds.
        rounds: RoundRow = |scope| rounds::table
            .filter(rounds::id.eq_any(&scope.rounds))
            .order(rounds::id);
        /// Weeks with published teams.
        published_weeks: PublishedWeekRow = |scope| published_weeks::table
            .filter(published_weeks::cohort_id.eq_any(&scope.cohorts))
            .order((published_weeks::cohort_id, published_weeks::week_number));
        /// Published teams.
        teams: TeamRow in teams of rounds by position;
        /// Who is in them.
        team_members: TeamMemberRow in team_members of rounds by person_id;
        /// Repairs of published teams.
        team_repairs: TeamRepairRow in team_repairs of rounds by id;
    }
}

/// What its tables have of a person and their export has not.
pub(super) const WITHHELD: LeftOut = &[
    (
        DRAFTS,
        &[
            "team_plans.seed",
            "team_plans.request",
            "team_plans.report",
            "team_plans.planned_along",
            "plan_versions.restored",
            "plan_versions.seed",
            "plan_versions.planned_along",
            "plan_version_seats.plan_id",
            "plan_version_seats.version",
            "plan_version_seats.round_id",
            "plan_version_seats.team_id",
            "plan_version_seats.team_name",
            "plan_version_seats.team_position",
            "plan_version_seats.person_id",
            "plan_version_seats.role",
            "plan_version_seats.position",
            "team_repairs.before",
            "team_repairs.after",
        ],
    ),
    (HOUSEKEEPING, &["team_members.position"]),
];

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[(
    "drafts of teams and earlier versions of plans",
    &["plan_versions.*", "plan_version_seats.*", "trade_offs.*"],
)];
