//! Changing a draft by hand: balance may be overridden, demands may not.

use std::collections::{BTreeMap, BTreeSet};

use super::{FullPlan, check_going_on, for_staff, snapshot};
use crate::{
    authz::{Actor, CohortStaff},
    cohorts::model::Cohort,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant},
    teams::{
        model::{
            Change, FullRound, PersonName, PlanRequest, PlanStatus, RepeatedPair, Report, Seated, Snapshot, Span,
            TeamPlan,
        },
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

    /// What students see or may come to see of it, with some rounds perhaps changed.
    fn live(&self, changed: &BTreeMap<Id, Seated>) -> Vec<Seated> {
        let live = self
            .rounds
            .iter()
            .filter(|round| !self.overtaken.contains(&round.round.id));
        let seated = |round: &FullRound| {
            let changed = changed.get(&round.round.id).cloned();
            changed.unwrap_or_else(|| round.seated())
        };
        live.map(seated).collect()
    }

    /// All rounds that students see or may come to see but one, in order.
    fn besides(&self, round: &FullRound) -> Vec<Seated> {
        let mut all = self.live(&BTreeMap::new());
        let spans: Vec<Span> = all.iter().map(|seated| seated.span).collect();
        all.extend(self.snapshot.published_besides(&spans).cloned());
        all.retain(|seated| seated.span != round.round.span());
        all.sort_by_key(|seated| seated.span);
        all
    }

    /// The rounds that students do not see and may come to see.
    pub fn open_rounds(&self) -> impl Iterator<Item = &FullRound> {
        let is_open =
            |round: &&FullRound| round.round.published_at.is_none() && !self.overtaken.contains(&round.round.id);
        self.rounds.iter().filter(is_open)
    }

    /// What changing some rounds would make of it.
    pub fn with_changed(&self, changed: &BTreeMap<Id, Seated>) -> Result<Changed> {
        let before = self.judged()?;
        let after = Judged::of(&self.snapshot, &self.request, &self.live(changed))?;
        let tell = |(week, demand)| rules::told(demand, week, &self.snapshot, &self.request, &self.names);
        Ok(Changed {
            breaks: after.broken().difference(&before.broken()).copied().map(tell).collect(),
            before,
            after,
        })
    }

    pub fn judged(&self) -> Result<Judged> {
        Judged::of(&self.snapshot, &self.request, &self.live(&BTreeMap::new()))
    }

    /// The round of a week, if it may be edited.
    fn draft_round(&self, week: i32) -> Result<&FullRound> {
        let found = self.rounds.iter().find(|round| round.round.span().has(week));
        let round = found.ok_or_else(|| {
            Error::field(
                "/week",
                "not_found",
                format!("must be a week of the plan; it has no teams for week {week}"),
            )
        })?;
        if self.plan.status == PlanStatus::Published {
            let detail =
                "All weeks of this plan are published. Change published teams with POST /v1/teams/{id}/repairs.";
            return Err(Error::new(Code::PlanNotDraft, detail));
        }
        if round.round.published_at.is_some() || self.overtaken.contains(&round.round.id) {
            return Err(rules::weeks_published(&[week]));
        }
        Ok(round)
    }

    fn try_out(&self, round: &FullRound, edit: Edit) -> Result<Tried> {
        let after = rules::apply(&round.seated(), edit)?;
        let changed = self.with_changed(&BTreeMap::from([(round.round.id, after.clone())]))?;
        let mut breaks = changed.breaks;
        breaks.extend(rules::wrong_sizes(&self.request, &after).filter(|_| matches!(edit, Edit::Move(..))));
        Ok(Tried {
            change: changed.before.change_to(&changed.after),
            report: changed.after.report(),
            breaks,
            after,
        })
    }
}

/// A plan before and after some of its rounds were changed.
pub(super) struct Changed {
    pub before: Judged,
    pub after: Judged,
    /// The demands that it newly breaks.
    pub breaks: Vec<Told>,
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
    /// The repeats that it makes.
    pub added: Vec<RepeatedPair<PersonName>>,
    /// The repeats that it ends.
    pub ended: Vec<RepeatedPair<PersonName>>,
    /// Demands that it would break; with any, the swap is refused.
    pub breaks: Vec<Told>,
}

/// Tries a swap and changes nothing.
pub fn preview(conn: &mut Conn, actor: &Actor, plan: Id, week: i32, people: [Id; 2]) -> Result<Preview> {
    let standing = Standing::load(conn, actor, plan)?;
    check_going_on(&standing.cohort)?;
    let round = standing.draft_round(week)?;
    let tried = standing.try_out(round, Edit::Swap(people))?;
    let (before, others) = (round.seated(), standing.besides(round));
    let repeats = |before: &Seated, after: &Seated| {
        let found = rules::repeats_from(before, after, &others);
        let named = |pair: RepeatedPair| RepeatedPair {
            people: pair.people.map(|id| standing.names.of(id)),
            weeks: pair.weeks,
        };
        found.into_iter().map(named).collect()
    };
    Ok(Preview {
        change: tried.change,
        added: repeats(&before, &tried.after),
        ended: repeats(&tried.after, &before),
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
    refuse_breaks(tried.breaks)?;
    let teams: Vec<_> = round
        .teams
        .iter()
        .map(|team| team.team.id)
        .zip(tried.after.teams)
        .collect();
    store::replace_members(conn, &standing.staff, round.round.id, &teams)?;
    let FullPlan { report: old, .. } = FullPlan::of(conn, standing.plan.clone())?;
    let report = tried.report.searched_as(old);
    let report = serde_json::to_string(&report).map_err(Error::internal)?;
    let plan = store::update_plan(conn, &standing.staff, plan, PlanStatus::Draft, &report, now)?;
    FullPlan::of(conn, plan)
}

fn named(round: &FullRound, which: WhichEdit) -> Result<Edit> {
    match which {
        WhichEdit::Swap(people) => Ok(Edit::Swap(people)),
        WhichEdit::Move(person, to) => {
            let at = round.teams.iter().position(|team| team.team.id == to);
            let missing = || Error::field("/to_team", "not_found", "must be a team of that week");
            Ok(Edit::Move(person, at.ok_or_else(missing)?))
        }
    }
}

/// A draft is not changed so that it breaks what was asked for.
pub(super) fn refuse_breaks(breaks: Vec<Told>) -> Result<()> {
    if breaks.is_empty() {
        return Ok(());
    }
    let broken: Vec<&str> = breaks.iter().map(|told| told.description.as_str()).collect();
    let detail = format!("This would break demands of the plan: {}.", broken.join("; "));
    Err(Error::new(Code::Conflict, detail).with("breaks", breaks))
}

/// Tells anew what a plan is worth, after its published teams were repaired or its other rounds
/// discarded.
pub(super) fn judge_anew(conn: &mut Conn, actor: &Actor, plan: Id, status: PlanStatus, now: Instant) -> Result<()> {
    let standing = Standing::load(conn, actor, plan)?;
    let old: Report = serde_json::from_str(&standing.plan.report).map_err(Error::internal)?;
    let report = standing.judged()?.report().searched_as(old);
    let report = serde_json::to_string(&report).map_err(Error::internal)?;
    store::update_plan(conn, &standing.staff, plan, status, &report, now)?;
    Ok(())
}
