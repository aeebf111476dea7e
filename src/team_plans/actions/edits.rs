//! Changing a draft by hand: balance may be overridden, demands may not.

use std::collections::BTreeMap;

use super::FullPlan;
use crate::{
    authz::Actor,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant},
    team_plans::{
        context::{Standing, check_going_on},
        model::{Change, PlanStatus, RepeatedPair, Report, Told},
        rules::{self, Edit},
        store,
    },
    teams::{
        self,
        model::{FullRound, PersonName, Seated},
    },
};

impl Standing {
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
    teams::store::replace_members(conn, &standing.staff, round.round.id, &teams)?;
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
