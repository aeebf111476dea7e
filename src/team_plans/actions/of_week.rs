//! The plan of one week, as its board shows it.

use crate::{
    authz::Actor,
    cohorts::CohortStaff,
    db::Conn,
    error::{Error, Result},
    primitives::Id,
    team_plans::{
        context::PlanContext,
        model::{DescribedDemand, Misfits, Report, TeamPlan},
        store,
    },
    teams::model::FullRound,
};

/// The plan that a week's teams come from.
pub struct PlanOfWeek {
    /// The plan.
    pub plan: TeamPlan,
    /// The round that the week belongs to.
    pub round: FullRound,
    /// What the plan was worth when it was last changed.
    pub report: Report,
    /// What the week's teams break as the cohort stands now: pair rules, locks and sizes, and who is not in them or there.
    pub broken: Vec<DescribedDemand>,
    /// Other drafts for the week, newest first.
    pub other_drafts: Vec<Id>,
}

/// The plan whose teams the students see in a week, or else the draft made last, for staff.
pub fn of_week(conn: &mut Conn, actor: &Actor, cohort: Id, week: i32) -> Result<Option<PlanOfWeek>> {
    let (_, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let plans = store::of_week(conn, &staff, week)?;
    let Some((shown, others)) = plans.split_first() else {
        return Ok(None);
    };
    let context = PlanContext::load(conn, actor, shown.0)?;
    let has_week = |round: &&FullRound| round.round.span().has(week);
    let round = context
        .rounds
        .iter()
        .find(has_week)
        .cloned()
        .ok_or_else(Error::not_found)?;
    let (first_week, describer) = (round.round.first_week, context.describer());
    let demands = context.judged()?.broken().into_iter();
    let demands = demands.filter(|(first, _)| *first == first_week);
    let mut broken: Vec<DescribedDemand> = demands.map(|(week, demand)| describer.describe(demand, week)).collect();
    broken.extend(describer.misfits(&Misfits::of(&round.seated(), &context.snapshot), first_week));
    Ok(Some(PlanOfWeek {
        broken,
        report: context.report()?,
        other_drafts: others
            .iter()
            .filter(|(_, is_published)| !is_published)
            .map(|(id, _)| *id)
            .collect(),
        plan: context.plan,
        round,
    }))
}
