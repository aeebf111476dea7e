//! Changing a draft by hand: balance may be overridden, demands may not.

use std::collections::BTreeMap;

use super::FullPlan;
use crate::{
    authz::Actor,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant},
    team_plans::{
        context::{PlanContext, check_going_on},
        model::{Change, DescribedDemand, PlanStatus, RepeatedPair, Report},
        rules::{self, Edit},
    },
    teams::{
        self,
        model::{FullRound, PersonName, Seated},
    },
};

impl PlanContext {
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
        if self.status() == PlanStatus::Published {
            let detail =
                "All weeks of this plan are published. Change published teams with POST /v1/teams/{id}/repairs.";
            return Err(Error::new(Code::PlanNotDraft, detail));
        }
        if round.round.published_at.is_some() || self.overtaken.contains(&round.round.id) {
            return Err(rules::weeks_published(&[week]));
        }
        Ok(round)
    }

    fn try_out(&self, round: &FullRound, edit: Edit) -> Result<EditOutcome> {
        let after = rules::apply(&round.seated(), edit)?;
        let changed = self.with_changed(&BTreeMap::from([(round.round.id, after.clone())]))?;
        let mut breaks = changed.breaks;
        breaks.extend(rules::wrong_sizes(&self.request, &after).filter(|_| matches!(edit, Edit::Move(..))));
        Ok(EditOutcome {
            change: changed.before.change_to(&changed.after),
            report: changed.after.report(),
            breaks,
            after,
        })
    }
}

struct EditOutcome {
    after: Seated,
    change: Change,
    report: Report,
    breaks: Vec<DescribedDemand>,
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
    pub breaks: Vec<DescribedDemand>,
}

/// Tries a swap and changes nothing.
pub fn preview(conn: &mut Conn, actor: &Actor, plan: Id, week: i32, people: [Id; 2]) -> Result<Preview> {
    let context = PlanContext::load(conn, actor, plan)?;
    check_going_on(&context.cohort)?;
    let round = context.draft_round(week)?;
    let tried = context.try_out(round, Edit::Swap(people))?;
    let (before, others) = (round.seated(), context.other_rounds(round));
    let repeats = |before: &Seated, after: &Seated| {
        let found = rules::repeats_from(before, after, &others);
        let named = |pair: RepeatedPair| RepeatedPair {
            people: pair.people.map(|id| context.names.of(id)),
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
pub enum EditRequest {
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
    which: EditRequest,
    seen: IfMatch,
    now: Instant,
) -> Result<FullPlan> {
    let context = PlanContext::load_to_change(conn, actor, plan, seen)?;
    let round = context.draft_round(week)?;
    let tried = context.try_out(round, locate(round, which)?)?;
    refuse_breaks(tried.breaks)?;
    let teams: Vec<_> = round
        .teams
        .iter()
        .map(|team| team.team.id)
        .zip(tried.after.teams)
        .collect();
    teams::store::replace_members(conn, &context.staff, round.round.id, &teams)?;
    let report = tried.report.searched_as(context.report()?);
    let plan = context.update(conn, &report, now)?;
    FullPlan::of(conn, plan)
}

fn locate(round: &FullRound, which: EditRequest) -> Result<Edit> {
    match which {
        EditRequest::Swap(people) => Ok(Edit::Swap(people)),
        EditRequest::Move(person, to) => {
            let at = round.teams.iter().position(|team| team.team.id == to);
            let missing = || Error::field("/to_team", "not_found", "must be a team of that week");
            Ok(Edit::Move(person, at.ok_or_else(missing)?))
        }
    }
}

/// A draft is not changed so that it breaks what was asked for.
pub(super) fn refuse_breaks(breaks: Vec<DescribedDemand>) -> Result<()> {
    if breaks.is_empty() {
        return Ok(());
    }
    let broken: Vec<&str> = breaks.iter().map(|demand| demand.description.as_str()).collect();
    let detail = format!("This would break demands of the plan: {}.", broken.join("; "));
    Err(Error::new(Code::Conflict, detail).with("breaks", breaks))
}
