//! Forming the teams of a draft again, some being kept.

use serde::{Deserialize, Serialize};

use super::{FullPlan, seats::reseat};
use crate::{
    authz::Actor,
    cohorts::CohortStaff,
    db::Conn,
    error::{Error, Result},
    jobs::{self, JobRequest, model::Job},
    primitives::{Id, IfMatch, Instant},
    team_plans::{
        context::{PlanContext, check_going_on},
        model::{Formed, FormingInput, PlanAct, PlanChange, PlanRequest, Report, RerunRequest, Snapshot},
        rules, store,
    },
    teams::model::{FullRound, Span},
    web::Origin,
};

/// A rerun as it stands in the queue.
#[derive(Clone, Serialize, Deserialize)]
pub struct QueuedRerun {
    plan: Id,
    version: i64,
    request: RerunRequest,
}

impl JobRequest for QueuedRerun {
    const KIND: &'static str = "rerun";
}

/// A rerun that has been checked, with all that forming its teams takes.
#[derive(Clone)]
pub struct PreparedRerun {
    plan: Id,
    version: i64,
    /// The cohort as it was when the rerun was checked.
    seen: Snapshot,
    /// What the teams are formed from: the plan's request with the teams that are kept and the effort of the
    /// rerun; rounds that are kept whole count as passed.
    pub input: FormingInput,
}

/// Checks a rerun against the draft and its cohort.
pub fn prepare(conn: &mut Conn, actor: &Actor, plan: Id, rerun: &RerunRequest, seen: IfMatch) -> Result<PreparedRerun> {
    let context = PlanContext::load_to_change(conn, actor, plan, seen)?;
    let open: Vec<&FullRound> = context.open_rounds().collect();
    rules::check_open(&open)?;
    rules::check_rerun(rerun)?;
    let kept = rules::kept(&open, &rerun.keep, &context.snapshot, &context.request)?;
    let (whole, again): (Vec<&FullRound>, Vec<&FullRound>) = open
        .iter()
        .copied()
        .partition(|round| kept.whole.contains(&round.round.id));
    let rounds: Vec<Span> = again.iter().map(|round| round.round.span()).collect();
    rules::check_still_asked(&context.request, &context.snapshot, &rounds)?;
    let mut snapshot = context.snapshot.clone();
    snapshot.published.extend(whole.into_iter().map(FullRound::seated));
    let request = PlanRequest {
        kept: kept.teams,
        effort: rerun.effort,
        ..context.request.clone()
    };
    let input = FormingInput {
        account: context.staff.person(),
        campus: context.cohort.campus_id,
        cohort: context.cohort.id,
        later_rounds: rules::rounds_ahead(&request, &snapshot),
        request,
        rounds,
        // Other teams are wanted: the seed is another one, and nothing planned before is begun from.
        seed: rerun.seed.unwrap_or_else(|| rules::seed_of(Id::new())),
        earlier: Vec::new(),
        snapshot,
        names: context.names,
    };
    Ok(PreparedRerun {
        plan,
        version: context.plan.version,
        seen: context.snapshot,
        input,
    })
}

/// Puts a checked rerun into the queue. Its seed is fixed now.
pub fn enqueue(
    conn: &mut Conn,
    actor: &Actor,
    plan: Id,
    rerun: &RerunRequest,
    seen: IfMatch,
    origin: &Origin,
    now: Instant,
) -> Result<Job> {
    let prepared = prepare(conn, actor, plan, rerun, seen)?;
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, prepared.input.cohort)?;
    let queued = QueuedRerun {
        plan,
        version: prepared.version,
        request: RerunRequest {
            seed: Some(prepared.input.seed),
            ..rerun.clone()
        },
    };
    jobs::enqueue(conn, cohort.campus_id, &staff, &queued, origin, now)
}

/// Checks a rerun again when its job begins.
pub fn prepare_queued(conn: &mut Conn, actor: &Actor, queued: &QueuedRerun) -> Result<PreparedRerun> {
    prepare(
        conn,
        actor,
        queued.plan,
        &queued.request,
        IfMatch::Version(queued.version),
    )
}

/// Puts what was formed into the draft, if it and the cohort still are as they were.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    prepared: &PreparedRerun,
    formed: &Formed,
    now: Instant,
) -> Result<FullPlan> {
    let context = PlanContext::load(conn, actor, prepared.plan)?;
    IfMatch::Version(prepared.version).check(context.plan.version)?;
    check_going_on(&context.cohort)?;
    if context.snapshot != prepared.seen {
        return Err(rules::roster_changed());
    }
    let mut formed_again = Vec::new();
    for round in context.open_rounds() {
        if let Some(seated) = formed.rounds.iter().find(|seated| seated.span == round.round.span()) {
            let teams = rules::match_teams(&round.team_seats(), &seated.teams);
            reseat(conn, &context.staff, round, teams)?;
            formed_again.push(round.round.clone());
        }
    }
    let context = PlanContext::load(conn, actor, prepared.plan)?;
    let report = Report {
        with_later: formed.report.with_later,
        ..context.judged()?.report().searched_as(formed.report.clone())
    };
    let planned_along = serde_json::to_string(&formed.planned_along).map_err(Error::internal)?;
    store::set_formed(conn, &context.staff, prepared.plan, prepared.input.seed, &planned_along)?;
    let plan = context.update(conn, &report, &PlanChange::new(PlanAct::Rerun, formed_again), now)?;
    FullPlan::of(conn, plan)
}
