//! The plan of one week, as its board shows it.

use crate::{
    authz::Actor,
    cohorts::CohortStaff,
    db::Conn,
    error::{Error, Result},
    primitives::Id,
    team_plans::{
        context::PlanContext,
        model::{DescribedDemand, Report, TeamPlan},
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
    /// The pair rules, locks and sizes that the week's teams break as the cohort stands now.
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
    let broken = context.judged()?.broken().into_iter();
    let broken = broken.filter(|(first, _)| *first == round.round.first_week);
    Ok(Some(PlanOfWeek {
        broken: broken
            .map(|(week, demand)| context.describer().describe(demand, week))
            .collect(),
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
