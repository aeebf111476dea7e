//! The teams of a draft's round as staff arrange them: several swaps looked at and made as one.

use super::{
    FullPlan,
    edits::{EditOutcome, Effect, refuse_breaks},
    seats::reseat,
};
use crate::{
    authz::Actor,
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant, Line},
    team_plans::{
        context::{PlanContext, check_going_on},
        model::{Arrangement, PlanAct, PlanChange},
        rules::{self, TeamMatch},
    },
    teams::model::{FullRound, PersonName, Seat, Seated},
};

/// A team of an arrangement that is only looked at.
pub struct ArrangedTeam {
    /// The team that it goes on as; none if it would be new.
    pub team: Option<(Id, Line)>,
    /// Who would be in it.
    pub members: Vec<(PersonName, Option<String>)>,
}

/// Tells what an arrangement would change, and changes nothing.
pub fn preview(
    conn: &mut Conn,
    actor: &Actor,
    plan: Id,
    asked: &Arrangement,
    seen: IfMatch,
) -> Result<(Effect, Vec<ArrangedTeam>)> {
    let context = PlanContext::load(conn, actor, plan)?;
    seen.check(context.plan.version)?;
    check_going_on(&context.cohort)?;
    let (round, teams, tried) = arranged(&context, asked)?;
    let member = |seat: &Seat| (context.names.of(seat.person), seat.role.clone());
    let team = |matched: &TeamMatch| ArrangedTeam {
        team: round
            .teams
            .iter()
            .find(|full| Some(full.team.id) == matched.team)
            .map(|full| (full.team.id, full.team.name.clone())),
        members: matched.seats.iter().map(member).collect(),
    };
    Ok((tried.effect, teams.iter().map(team).collect()))
}

/// Gives the round of a week the teams that are asked for.
pub fn arrange(
    conn: &mut Conn,
    actor: &Actor,
    plan: Id,
    asked: &Arrangement,
    seen: IfMatch,
    now: Instant,
) -> Result<FullPlan> {
    let context = PlanContext::load_to_change(conn, actor, plan, seen)?;
    let (round, teams, tried) = arranged(&context, asked)?;
    if tried.after == round.seated() {
        return FullPlan::of(conn, context.plan);
    }
    refuse_breaks(tried.effect.breaks)?;
    reseat(conn, &context.staff, round, teams)?;
    let report = tried.report.searched_as(context.report()?);
    let change = PlanChange::new(PlanAct::Arrangement, vec![round.round.clone()]);
    let plan = context.update(conn, &report, &change, now)?;
    FullPlan::of(conn, plan)
}

/// The round, its teams as they would be, and what that would do.
fn arranged<'a>(context: &'a PlanContext, asked: &Arrangement) -> Result<(&'a FullRound, Vec<TeamMatch>, EditOutcome)> {
    let round = context.draft_round(asked.week)?;
    rules::check_arrangement(asked, &round.seated(), &context.snapshot, &context.names)?;
    let before = round.team_seats();
    let teams = rules::arrange(&before, asked, &context.snapshot.roles);
    let after = Seated {
        span: round.round.span(),
        teams: teams.iter().map(|team| team.seats.clone()).collect(),
    };
    let mut tried = context.try_out(round, after)?;
    tried.effect.change.people_moved = rules::people_moved(&before, &teams);
    Ok((round, teams, tried))
}
