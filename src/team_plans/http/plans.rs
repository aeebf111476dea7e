//! Plans over HTTP.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::PersonCard,
    error::Result,
    jobs, pictures,
    primitives::{Date, Filter, Id, Instant, Line, Page, Several, list_query},
    team_plans::{
        actions::{
            FullPlan,
            plans::{self, PlanOverview},
            solve_on,
        },
        model::{Effort, Lock, PlanRequest, PlanRules, PlanStatus, Report, TeamPlan, TeamSize},
    },
    teams::model::{FullRound, FullTeam, Member, PersonName},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// A team plan.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TeamPlan")]
pub struct PlanView {
    /// The plan's id.
    id: Id,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// Where it stands.
    status: PlanStatus,
    /// The cohort it is for.
    cohort_id: Id,
    /// First week it was asked for.
    from_week: i32,
    /// Last week it was asked for.
    to_week: i32,
    /// For how many weeks each team stays together.
    weeks_per_round: i32,
    /// The same students, demands and seed give the same teams again.
    seed: i64,
    /// When it was made.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
    /// The demands by which edits and reruns are judged.
    asked: AskedFor,
    /// Its rounds, in order.
    rounds: Vec<RoundView>,
    /// Other plans that have teams for some of the same weeks and are not published for all of theirs. Only one plan can be
    /// published for a week.
    other_drafts: Vec<OtherDraft>,
    /// How good it is.
    report: Report<PersonName>,
}

/// What a plan was asked for besides its weeks and its seed, as it was sent or with what it is unless
/// given.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TeamPlanAsked")]
pub struct AskedFor {
    /// The smallest and largest team.
    team_size: TeamSize,
    /// Sizes given for single rounds, by week, in place of `team_size`.
    sizes: BTreeMap<String, Vec<usize>>,
    /// Who must be together in which week.
    locks: Vec<Lock>,
    /// Wishes for balance and spacing.
    rules: PlanRules,
}

impl From<PlanRequest> for AskedFor {
    fn from(request: PlanRequest) -> Self {
        Self {
            team_size: request.team_size,
            sizes: request.sizes,
            locks: request.locks,
            rules: request.rules,
        }
    }
}

/// Another plan for some of the same weeks.
#[derive(Serialize, JsonSchema)]
pub struct OtherDraft {
    /// The other plan.
    id: Id,
    /// Its first week.
    from_week: i32,
    /// Its last week.
    to_week: i32,
    /// When it was made.
    created_at: Instant,
}

impl From<TeamPlan> for OtherDraft {
    fn from(plan: TeamPlan) -> Self {
        Self {
            id: plan.id,
            from_week: plan.from_week,
            to_week: plan.to_week,
            created_at: plan.created_at,
        }
    }
}

/// One or more consecutive weeks for which the same teams stand.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Round")]
pub struct RoundView {
    /// Its first week.
    first_week: i32,
    /// Its last week.
    last_week: i32,
    /// When students first saw it; null while they do not.
    published_at: Option<Instant>,
    /// Its teams, in order.
    teams: Vec<PlannedTeam>,
}

/// A team of a plan.
#[derive(Serialize, JsonSchema)]
pub struct PlannedTeam {
    /// The team's id.
    id: Id,
    /// Name to show.
    name: Line,
    /// Who is in it.
    members: Vec<PlannedMember>,
}

/// Somebody in a team of a plan.
#[derive(Serialize, JsonSchema)]
pub struct PlannedMember {
    /// Who it is.
    pub(super) person: PersonName,
    /// What they look after; null if the programme has no roles.
    pub(super) role: Option<String>,
}

impl From<FullPlan> for PlanView {
    fn from(full: FullPlan) -> Self {
        let FullPlan {
            plan,
            status,
            request,
            rounds,
            other_drafts,
            report,
            names,
        } = full;
        Self {
            id: plan.id,
            version: plan.version,
            status,
            cohort_id: plan.cohort_id,
            from_week: plan.from_week,
            to_week: plan.to_week,
            weeks_per_round: request.weeks_per_round,
            seed: plan.seed,
            created_at: plan.created_at,
            updated_at: plan.updated_at,
            asked: AskedFor::from(request),
            rounds: rounds.into_iter().map(RoundView::from).collect(),
            other_drafts: other_drafts.into_iter().map(OtherDraft::from).collect(),
            report: report.naming(|id| names.of(id)),
        }
    }
}

impl From<FullRound> for RoundView {
    fn from(full: FullRound) -> Self {
        Self {
            first_week: full.round.first_week,
            last_week: full.round.last_week,
            published_at: full.round.published_at,
            teams: full.teams.into_iter().map(PlannedTeam::from).collect(),
        }
    }
}

impl From<FullTeam> for PlannedTeam {
    fn from(full: FullTeam) -> Self {
        let member = |(member, card): (Member, PersonCard)| PlannedMember {
            person: PersonName::from(&card),
            role: member.role,
        };
        Self {
            id: full.team.id,
            name: full.team.name,
            members: full.members.into_iter().map(member).collect(),
        }
    }
}

impl PlanView {
    /// Of what is shown.
    pub(super) fn version(&self) -> i64 {
        self.version
    }
}

pub(super) fn plan_reply(full: FullPlan) -> Result<Reply<PlanView>> {
    let version = full.plan.version;
    Ok(Reply::ok(&PlanView::from(full))?.version(version))
}

/// `POST /v1/cohorts/{id}/team-plans`: reads, lets go of the database, forms, and keeps the plan only
/// if nothing it depends on has changed meanwhile; or all of that in a job.
pub async fn create_team_plan(call: Call<ById, NoQuery, Json<PlanRequest>>) -> Result<Reply<PlanView>> {
    if call.prefers_async || call.body.effort == Effort::Thorough {
        return create_later(call).await;
    }
    let (state, actor, cohort) = (call.state.clone(), call.actor, call.path.id);
    let request = call.body.0.clone();
    let prepared = state
        .db
        .read(move |conn| plans::prepare(conn, &actor, cohort, &request))
        .await?;
    let formed = solve_on(&state.solver_pool, prepared.input.clone()).await?;
    call.write(move |conn, call| {
        let plan = PlanView::from(plans::save(conn, &call.actor, &prepared, &formed, call.now)?);
        let version = plan.version;
        Ok(Reply::created(format!("/v1/team-plans/{}", plan.id), &plan)?.version(version))
    })
    .await
}

async fn create_later(call: Call<ById, NoQuery, Json<PlanRequest>>) -> Result<Reply<PlanView>> {
    let state = call.state.clone();
    let reply = call.write(|conn, call| {
        let (cohort, origin) = (call.path.id, call.origin());
        jobs::accepted(plans::enqueue(
            conn,
            &call.actor,
            cohort,
            &call.body.0,
            &origin,
            call.now,
        )?)
    });
    let reply = reply.await?;
    state.job_notifier.notify();
    Ok(reply)
}

/// A team plan in a list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TeamPlanItem")]
pub struct PlanItem {
    /// The plan's id.
    id: Id,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// Where it stands.
    status: PlanStatus,
    /// The cohort it is for.
    cohort_id: Id,
    /// First week it was asked for.
    from_week: i32,
    /// Last week it was asked for.
    to_week: i32,
    /// The same students, demands and seed give the same teams again.
    seed: i64,
    /// When it was made.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
}

impl From<(TeamPlan, PlanStatus)> for PlanItem {
    fn from((plan, status): (TeamPlan, PlanStatus)) -> Self {
        Self {
            id: plan.id,
            version: plan.version,
            status,
            cohort_id: plan.cohort_id,
            from_week: plan.from_week,
            to_week: plan.to_week,
            seed: plan.seed,
            created_at: plan.created_at,
            updated_at: plan.updated_at,
        }
    }
}

list_query! {
    /// Which plans.
    pub struct PlansQuery {
        /// Filter by status.
        status: Option<Several<PlanStatus>>,
        /// Only plans with a week that ends on this day or later.
        from: Option<Date>,
        /// Only plans with a week that begins on this day or earlier.
        to: Option<Date>,
    }
}

/// `GET /v1/cohorts/{id}/team-plans`
pub async fn list_team_plans(call: Call<ById, PlansQuery, NoBody>) -> Result<Reply<Page<PlanItem>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let filter = Filter::of(query.status.as_ref(), query.from, query.to)?;
        let page = plans::list(
            conn,
            &call.actor,
            call.path.id,
            &filter,
            query.limit,
            query.cursor.as_ref(),
        )?;
        call.page(page.map(PlanItem::from))
    })
    .await
}

/// `GET /v1/team-plans/{id}`, also as a picture
pub async fn get_team_plan(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<PlanView>> {
    call.read(|conn, call| {
        if !call.prefers(pictures::SVG) {
            return plan_reply(plans::get(conn, &call.actor, call.path.id)?);
        }
        let PlanOverview {
            cohort,
            plan,
            met,
            people,
        } = plans::overview(conn, &call.actor, call.path.id)?;
        let shown = pictures::PlanPicture {
            cohort: &cohort,
            rounds: &plan.rounds,
            report: &plan.report,
            met: &met,
        };
        pictures::check_legible(people)?;
        Ok(Reply::media(pictures::SVG, pictures::plan(&shown)))
    })
    .await
}

/// `DELETE /v1/team-plans/{id}`
pub async fn discard_team_plan(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        plans::delete(conn, &call.actor, call.path.id, call.if_match, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
