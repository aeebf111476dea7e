//! Forming the teams of a draft again, some being kept.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::FullPlan;
use crate::{
    authz::{Actor, CohortStaff},
    db::Conn,
    error::{Error, Result},
    jobs::{self, JobRequest, model::Job},
    primitives::{Id, IfMatch, Instant, Line},
    solver_pool::SolverPool,
    team_plans::{
        context::{Standing, check_going_on, for_staff},
        model::{Formed, PlanRequest, PlanStatus, Progress, Report, RerunRequest, Seed, Snapshot},
        rules, store,
    },
    teams::{
        self,
        model::{FullRound, FullTeam, Names, Seat, Seated, Span},
        store::NewTeam,
    },
    web::Origin,
};

/// A rerun as its job remembers it.
#[derive(Clone, Serialize, Deserialize)]
pub struct RerunOf {
    plan: Id,
    version: i64,
    request: RerunRequest,
}

impl JobRequest for RerunOf {
    const KIND: &'static str = "rerun";
}

/// A rerun that makes sense, with all that the team former needs.
#[derive(Clone)]
pub struct AskedAgain {
    plan: Id,
    version: i64,
    campus: Id,
    cohort: Id,
    seed: Seed,
    /// The plan's, with the teams that are kept and the effort of the rerun.
    request: PlanRequest,
    rounds: Vec<Span>,
    /// The cohort as it was seen.
    seen: Snapshot,
    /// The same to the former, for whom rounds that are kept whole have passed.
    snapshot: Snapshot,
    names: Names,
}

/// Looks at a draft whose teams are to be formed again.
pub fn ask_again(conn: &mut Conn, actor: &Actor, plan: Id, asked: &RerunRequest, seen: IfMatch) -> Result<AskedAgain> {
    let standing = Standing::load(conn, actor, plan)?;
    seen.require(standing.plan.version)?;
    check_going_on(&standing.cohort)?;
    let open: Vec<&FullRound> = standing.open_rounds().collect();
    rules::check_open(standing.plan.status, &open)?;
    rules::check_rerun(asked)?;
    let kept = rules::kept(&open, &asked.keep, &standing.snapshot, &standing.request)?;
    let (whole, again): (Vec<&FullRound>, Vec<&FullRound>) = open
        .iter()
        .copied()
        .partition(|round| kept.whole.contains(&round.round.id));
    let rounds: Vec<Span> = again.iter().map(|round| round.round.span()).collect();
    rules::check_still_asked(&standing.request, &standing.snapshot, &rounds)?;
    // Other teams are wanted, so the seed is another one.
    let mut seed = super::seed(conn, standing.cohort.id, |_| {
        asked.seed.unwrap_or_else(|| rules::seed_of(Id::new()))
    })?;
    seed.is_known |= !whole.is_empty() && seed.value == standing.plan.seed;
    let mut snapshot = standing.snapshot.clone();
    snapshot.published.extend(whole.into_iter().map(FullRound::seated));
    Ok(AskedAgain {
        plan,
        version: standing.plan.version,
        campus: standing.cohort.campus_id,
        cohort: standing.cohort.id,
        seed,
        request: PlanRequest {
            kept: kept.teams,
            effort: asked.effort,
            ..standing.request.clone()
        },
        rounds,
        seen: standing.snapshot,
        snapshot,
        names: standing.names,
    })
}

/// Forms the teams again, off the threads that answer and without a database.
pub async fn form_again(pool: &SolverPool, asked: AskedAgain) -> Result<Formed> {
    let (campus, cohort) = (asked.campus, asked.cohort);
    pool.run(campus, cohort, move |goes_on| solve_again(&asked, &mut |_| goes_on()))
        .await?
}

/// Forms the teams again, on this thread.
pub fn solve_again(asked: &AskedAgain, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Formed> {
    super::form_or_tell(
        &asked.snapshot,
        (&asked.request, &asked.rounds),
        asked.seed,
        &asked.names,
        watch,
    )
}

/// Puts a rerun that makes sense into the queue. Its seed is fixed now.
pub fn order_again(
    conn: &mut Conn,
    actor: &Actor,
    (plan, asked, seen): (Id, &RerunRequest, IfMatch),
    (origin, now): (&Origin, Instant),
) -> Result<Job> {
    let looked = ask_again(conn, actor, plan, asked, seen)?;
    let (cohort, staff) = for_staff(conn, actor, looked.cohort)?;
    let rerun = RerunOf {
        plan,
        version: looked.version,
        request: RerunRequest {
            seed: Some(looked.seed.value),
            ..asked.clone()
        },
    };
    jobs::enqueue(conn, (cohort.campus_id, &staff), &rerun, origin, now)
}

/// Looks again when the job begins.
pub fn ask_ordered(conn: &mut Conn, actor: &Actor, of: &RerunOf) -> Result<AskedAgain> {
    ask_again(conn, actor, of.plan, &of.request, IfMatch::Version(of.version))
}

/// Puts what was formed into the draft, if it and the cohort still are as they were.
pub fn keep_again(
    conn: &mut Conn,
    actor: &Actor,
    asked: &AskedAgain,
    formed: &Formed,
    now: Instant,
) -> Result<FullPlan> {
    let standing = Standing::load(conn, actor, asked.plan)?;
    IfMatch::Version(asked.version).check(standing.plan.version)?;
    check_going_on(&standing.cohort)?;
    if standing.snapshot != asked.seen {
        return Err(rules::changed_meanwhile());
    }
    for round in standing.open_rounds() {
        if let Some(seated) = formed.rounds.iter().find(|seated| seated.span == round.round.span()) {
            reseat(conn, &standing.staff, round, seated)?;
        }
    }
    let standing = Standing::load(conn, actor, asked.plan)?;
    let report = Report {
        with_later: formed.report.with_later,
        ..standing.judged()?.report().searched_as(formed.report.clone())
    };
    let report = serde_json::to_string(&report).map_err(Error::internal)?;
    store::set_seed(conn, &standing.staff, asked.plan, asked.seed.value)?;
    let plan = store::update_plan(conn, &standing.staff, asked.plan, PlanStatus::Draft, &report, now)?;
    FullPlan::of(conn, plan)
}

/// Puts people into the teams of a round. A team that has the same people as before stays what it is
/// and where it is; every other is a new one, so that no name or link that was given to some people goes
/// to others.
fn reseat(conn: &mut Conn, staff: &CohortStaff, round: &FullRound, seated: &Seated) -> Result<()> {
    let before: Vec<(Id, Vec<Seat>)> = round.teams.iter().map(|full| (full.team.id, full.seats())).collect();
    let teams = rules::gone_on_as(&before, &seated.teams);
    let stays = |full: &&FullTeam| teams.iter().any(|(id, _)| *id == Some(full.team.id));
    let (stay, go): (Vec<&FullTeam>, Vec<&FullTeam>) = round.teams.iter().partition(stays);
    let taken: BTreeSet<i32> = stay.iter().map(|full| full.team.position).collect();
    let mut free = (1..).filter(|position| !taken.contains(position));
    let (mut members, mut new) = (Vec::new(), Vec::new());
    for (stayed, seats) in teams {
        let id = match stayed {
            Some(id) => id,
            None => {
                let position = free.next().unwrap_or(i32::MAX);
                let name = Line::parse(&format!("Team {position}")).map_err(Error::internal)?;
                let id = Id::new();
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
