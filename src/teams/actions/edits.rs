//! Changing a draft by hand: balance may be overridden, demands may not.

use std::collections::BTreeSet;

use super::{FullPlan, check_going_on, for_staff, snapshot};
use crate::{
    authz::{Actor, CohortStaff},
    cohorts::model::Cohort,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant},
    teams::{
        model::{Change, FullRound, PlanRequest, PlanStatus, Report, Seated, Snapshot, TeamPlan},
        problem::Judged,
        rules::{self, Edit, Names, Told},
        store,
    },
};

/// A plan with its cohort as it stands now.
pub(super) struct Standing {
    pub cohort: Cohort,
    pub staff: CohortStaff,
    pub plan: TeamPlan,
    pub request: PlanRequest,
    pub snapshot: Snapshot,
    pub names: Names,
    pub rounds: Vec<FullRound>,
    /// Rounds with a week in which students see the teams of another plan.
    overtaken: BTreeSet<Id>,
}

impl Standing {
    pub fn load(conn: &mut Conn, actor: &Actor, plan: Id) -> Result<Self> {
        let plan = store::plan(conn, plan)?;
        let (cohort, staff) = for_staff(conn, actor, plan.cohort_id)?;
        let (snapshot, names) = snapshot(conn, &cohort)?;
        let rounds = store::rounds(conn, plan.id)?;
        let published = store::published_weeks(conn, cohort.id)?;
        let elsewhere = |round: &&FullRound| {
            let foreign = |(week, id): &(i32, Id)| *id != round.round.id && round.round.span().has(*week);
            published.iter().any(foreign)
        };
        Ok(Self {
            request: serde_json::from_str(&plan.request).map_err(Error::internal)?,
            overtaken: rounds.iter().filter(elsewhere).map(|round| round.round.id).collect(),
            cohort,
            staff,
            plan,
            snapshot,
            names,
            rounds,
        })
    }

    /// What students see or may come to see of it, with one round perhaps changed.
    fn live(&self, changed: Option<(Id, &Seated)>) -> Vec<Seated> {
        let live = self
            .rounds
            .iter()
            .filter(|round| !self.overtaken.contains(&round.round.id));
        let seated = |round: &FullRound| match changed {
            Some((id, seated)) if id == round.round.id => seated.clone(),
            _ => round.seated(),
        };
        live.map(seated).collect()
    }

    pub fn judged(&self) -> Result<Judged> {
        Judged::of(&self.snapshot, &self.request, &self.live(None))
    }

    /// The round of a week, if it may be edited.
    fn draft_round(&self, week: i32) -> Result<&FullRound> {
        let found = self.rounds.iter().find(|round| round.round.span().has(week));
        let round = found
            .ok_or_else(|| Error::field("/week", "not_found", format!("the plan has no teams for week {week}")))?;
        if self.plan.status == PlanStatus::Published {
            let detail = "Students see all of this plan. Its teams change by a repair only.";
            return Err(Error::new(Code::PlanNotDraft, detail));
        }
        if round.round.published_at.is_some() || self.overtaken.contains(&round.round.id) {
            return Err(rules::weeks_published(&[week]));
        }
        Ok(round)
    }

    fn try_out(&self, round: &FullRound, edit: Edit) -> Result<Tried> {
        let after = rules::apply(&round.seated(), edit)?;
        let before = self.judged()?;
        let judged = Judged::of(
            &self.snapshot,
            &self.request,
            &self.live(Some((round.round.id, &after))),
        )?;
        let (was, is) = (before.broken(), judged.broken());
        let tell = |(week, demand)| rules::told(demand, week, &self.snapshot, &self.request, &self.names);
        let mut breaks: Vec<Told> = is.difference(&was).copied().map(tell).collect();
        breaks.extend(rules::wrong_sizes(&self.request, &after).filter(|_| matches!(edit, Edit::Move(..))));
        Ok(Tried {
            change: before.change_to(&judged),
            report: judged.report(),
            breaks,
            after,
        })
    }
}

struct Tried {
    after: Seated,
    change: Change,
    report: Report,
    breaks: Vec<Told>,
}

/// What a swap would do.
pub struct Preview {
    /// Tier by tier.
    pub change: Change,
    /// Demands that it would break; with any, the swap is refused.
    pub breaks: Vec<Told>,
}

/// Tries a swap and changes nothing.
pub fn preview(conn: &mut Conn, actor: &Actor, plan: Id, week: i32, people: [Id; 2]) -> Result<Preview> {
    let standing = Standing::load(conn, actor, plan)?;
    let tried = standing.try_out(standing.draft_round(week)?, Edit::Swap(people))?;
    Ok(Preview {
        change: tried.change,
        breaks: tried.breaks,
    })
}

/// An edit as it is asked for.
#[derive(Clone, Copy)]
pub enum WhichEdit {
    /// Of two people.
    Swap([Id; 2]),
    /// Of somebody to a team.
    Move(Id, Id),
}

/// Edits the round of a week.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    (plan, week): (Id, i32),
    which: WhichEdit,
    seen: IfMatch,
    now: Instant,
) -> Result<FullPlan> {
    let standing = Standing::load(conn, actor, plan)?;
    seen.require(standing.plan.version)?;
    check_going_on(&standing.cohort)?;
    let round = standing.draft_round(week)?;
    let tried = standing.try_out(round, named(round, which)?)?;
    if !tried.breaks.is_empty() {
        let broken: Vec<&str> = tried.breaks.iter().map(|told| told.description.as_str()).collect();
        let detail = format!("This would break what was asked for: {}.", broken.join("; "));
        return Err(Error::new(Code::Conflict, detail).with("breaks", tried.breaks));
    }
    let teams: Vec<_> = round
        .teams
        .iter()
        .map(|team| team.team.id)
        .zip(tried.after.teams)
        .collect();
    store::replace_members(conn, &standing.staff, round.round.id, &teams)?;
    let FullPlan { report: old, .. } = FullPlan::of(conn, standing.plan.clone())?;
    let report = after_edit(tried.report, old);
    let report = serde_json::to_string(&report).map_err(Error::internal)?;
    let plan = store::update_plan(conn, &standing.staff, plan, PlanStatus::Draft, &report, now)?;
    FullPlan::of(conn, plan)
}

fn named(round: &FullRound, which: WhichEdit) -> Result<Edit> {
    match which {
        WhichEdit::Swap(people) => Ok(Edit::Swap(people)),
        WhichEdit::Move(person, to) => {
            let at = round.teams.iter().position(|team| team.team.id == to);
            let missing = || Error::field("/to_team", "not_found", "is not a team of that week");
            Ok(Edit::Move(person, at.ok_or_else(missing)?))
        }
    }
}

/// The search that made the plan stays part of its story.
fn after_edit(report: Report, old: Report) -> Report {
    Report {
        effort: old.effort,
        moves: old.moves,
        stopped_early: old.stopped_early,
        ..report
    }
}
