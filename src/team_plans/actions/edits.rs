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
        former::Judged,
        model::{Change, DescribedDemand, PlanAct, PlanChange, PlanStatus, RepeatedPair, Report},
        rules::{self, Edit},
    },
    teams::{
        self,
        model::{FullRound, PersonName, Seated},
    },
};

impl PlanContext {
    /// The round of a week, if it may be edited.
    pub(super) fn draft_round(&self, week: i32) -> Result<&FullRound> {
        let found = self.rounds.iter().find(|round| round.round.span().has(week));
        let round = found.ok_or_else(|| {
            Error::field(
                "/week",
                "not_found",
                format!("must be a week of the plan; it has no teams for week {week}"),
            )
        })?;
        if self.status() == PlanStatus::Published {
            let detail = "All weeks of this plan are published. Repair the published teams instead.";
            return Err(Error::new(Code::PlanNotDraft, detail));
        }
        if round.round.published_at.is_some() || self.overtaken.contains(&round.round.id) {
            return Err(rules::weeks_published(&[week]));
        }
        Ok(round)
    }

    /// What other teams of a round would make of the plan.
    pub(super) fn try_out(&self, round: &FullRound, after: Seated) -> Result<EditOutcome> {
        Trial::of(self, round)?.outcome(after)
    }
}

/// A round about to be edited. Trying out many edits of it judges what there is once.
struct Trial<'a> {
    context: &'a PlanContext,
    round: Id,
    before: Seated,
    others: Vec<Seated>,
    judged: Judged,
}

impl<'a> Trial<'a> {
    fn of(context: &'a PlanContext, round: &FullRound) -> Result<Self> {
        Ok(Self {
            context,
            round: round.round.id,
            before: round.seated(),
            others: context.other_rounds(round),
            judged: context.judged()?,
        })
    }

    fn outcome(&self, after: Seated) -> Result<EditOutcome> {
        let Self {
            context,
            before,
            others,
            judged,
            ..
        } = self;
        let changed = context.with_changed(judged, &BTreeMap::from([(self.round, after.clone())]))?;
        let mut breaks = changed.breaks;
        breaks.extend(rules::wrong_sizes(&context.request, &after).filter(|_| !rules::are_sizes_kept(before, &after)));
        let repeats = |before: &Seated, after: &Seated| {
            let named = |pair: RepeatedPair| RepeatedPair {
                people: pair.people.map(|id| context.names.of(id)),
                weeks: pair.weeks,
            };
            rules::repeats_from(before, after, others)
                .into_iter()
                .map(named)
                .collect()
        };
        Ok(EditOutcome {
            effect: Effect {
                change: judged.change_to(&changed.after),
                added: repeats(before, &after),
                ended: repeats(&after, before),
                breaks,
            },
            report: changed.after.report(),
            after,
        })
    }
}

/// An edit, tried out.
pub(super) struct EditOutcome {
    pub after: Seated,
    pub effect: Effect,
    pub report: Report,
}

/// What an edit would do.
pub struct Effect {
    /// Tier by tier.
    pub change: Change,
    /// The repeats that it makes.
    pub added: Vec<RepeatedPair<PersonName>>,
    /// The repeats that it ends.
    pub ended: Vec<RepeatedPair<PersonName>>,
    /// Demands that it would break; with any, it is refused.
    pub breaks: Vec<DescribedDemand>,
}

/// Tries a swap and changes nothing.
pub fn preview(conn: &mut Conn, actor: &Actor, plan: Id, week: i32, people: [Id; 2]) -> Result<Effect> {
    let context = PlanContext::load(conn, actor, plan)?;
    check_going_on(&context.cohort)?;
    let round = context.draft_round(week)?;
    let after = rules::apply(&round.seated(), Edit::Swap(people))?;
    Ok(context.try_out(round, after)?.effect)
}

/// A swap with somebody.
pub struct SwapOption {
    /// With whom.
    pub other: PersonName,
    /// What it would do.
    pub effect: Effect,
}

/// Tries a swap with everybody else in the round and changes nothing. Those that are allowed and cost least come first.
pub fn preview_all(conn: &mut Conn, actor: &Actor, plan: Id, week: i32, person: Id) -> Result<Vec<SwapOption>> {
    let context = PlanContext::load(conn, actor, plan)?;
    check_going_on(&context.cohort)?;
    let round = context.draft_round(week)?;
    let trial = Trial::of(&context, round)?;
    let mut options = Vec::new();
    for (other, swap) in rules::swaps_of(&trial.before, person)? {
        options.push(SwapOption {
            other: context.names.of(other),
            effect: trial.outcome(swap)?.effect,
        });
    }
    options.sort_by_key(|option| {
        let Change {
            repeats,
            balance,
            roles,
            role_spread,
            ..
        } = option.effect.change;
        let name = option.other.name.clone();
        (
            !option.effect.breaks.is_empty(),
            repeats,
            balance,
            roles,
            role_spread,
            name,
        )
    });
    Ok(options)
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
    plan: Id,
    week: i32,
    which: EditRequest,
    seen: IfMatch,
    now: Instant,
) -> Result<FullPlan> {
    let context = PlanContext::load_to_change(conn, actor, plan, seen)?;
    let round = context.draft_round(week)?;
    let after = rules::apply(&round.seated(), locate(round, which)?)?;
    let tried = context.try_out(round, after)?;
    refuse_breaks(tried.effect.breaks)?;
    let act = match which {
        EditRequest::Swap(_) => PlanAct::Swap,
        EditRequest::Move(..) => PlanAct::Move,
    };
    let teams = round.reseated(tried.after.teams);
    teams::store::replace_members(conn, &context.staff, round.round.id, &teams)?;
    let report = tried.report.searched_as(context.report()?);
    let change = PlanChange::new(act, vec![round.round.clone()]);
    let plan = context.update(conn, &report, &change, now)?;
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
