//! Forming the teams of a draft again, some being kept.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::FullPlan;
use crate::{
    authz::Actor,
    cohorts::CohortStaff,
    db::Conn,
    error::{Error, Result},
    jobs::{self, JobRequest, model::Job},
    primitives::{Id, IfMatch, Instant},
    team_plans::{
        context::{PlanContext, check_going_on},
        model::{Formed, FormingInput, PlanRequest, Report, RerunRequest, Snapshot},
        rules, store,
    },
    teams::{
        self,
        model::{FullRound, FullTeam, Seat, Seated, Span, TeamNames},
        store::NewTeam,
    },
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
    (plan, rerun, seen): (Id, &RerunRequest, IfMatch),
    (origin, now): (&Origin, Instant),
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
    jobs::enqueue(conn, (cohort.campus_id, &staff), &queued, origin, now)
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
    for round in context.open_rounds() {
        if let Some(seated) = formed.rounds.iter().find(|seated| seated.span == round.round.span()) {
            reseat(conn, &context.staff, round, seated)?;
        }
    }
    let context = PlanContext::load(conn, actor, prepared.plan)?;
    let report = Report {
        with_later: formed.report.with_later,
        ..context.judged()?.report().searched_as(formed.report.clone())
    };
    let planned_along = serde_json::to_string(&formed.planned_along).map_err(Error::internal)?;
    store::set_formed(conn, &context.staff, prepared.plan, prepared.input.seed, &planned_along)?;
    let plan = context.update(conn, &report, now)?;
    FullPlan::of(conn, plan)
}

/// Puts people into the teams of a round. A team that has the same people as before stays what it is
/// and where it is; every other is a new one, so that no name or link that was given to some people goes
/// to others.
fn reseat(conn: &mut Conn, staff: &CohortStaff, round: &FullRound, seated: &Seated) -> Result<()> {
    let before: Vec<(Id, Vec<Seat>)> = round.teams.iter().map(|full| (full.team.id, full.seats())).collect();
    let teams = rules::match_teams(&before, &seated.teams);
    let stays = |full: &&FullTeam| teams.iter().any(|(id, _)| *id == Some(full.team.id));
    let (stay, go): (Vec<&FullTeam>, Vec<&FullTeam>) = round.teams.iter().partition(stays);
    let taken: BTreeSet<i32> = stay.iter().map(|full| full.team.position).collect();
    let mut free = (1..).filter(|position| !taken.contains(position));
    let mut names: TeamNames = stay.iter().map(|full| &full.team.name).collect();
    let (mut members, mut new) = (Vec::new(), Vec::new());
    for (stayed, seats) in teams {
        let id = match stayed {
            Some(id) => id,
            None => {
                let position = free.next().unwrap_or(i32::MAX);
                let (id, name) = (Id::new(), names.take_free()?);
                new.push(NewTeam { id, position, name });
                id
            }
        };
        members.push((id, seats));
    }
    let gone: Vec<Id> = go.iter().map(|full| full.team.id).collect();
    teams::store::remove_teams(conn, staff, &gone)?;
    teams::store::insert_teams(conn, staff, round.round.id, &new)?;
    teams::store::replace_members(conn, staff, round.round.id, &members)
}
