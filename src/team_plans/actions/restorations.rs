//! The versions of a plan, and bringing one back: undoing and redoing whatever was done to a draft.

use super::{FullPlan, seats::reseat, trade_offs::are_on_curve};
use crate::{
    accounts,
    authz::Actor,
    cohorts::CohortStaff,
    db::Conn,
    error::{Error, Result},
    primitives::{Cursor, Id, IfMatch, Instant, Limit, Page},
    team_plans::{
        context::PlanContext,
        model::{PlanAct, PlanChange, PlanVersion, VersionTeam},
        rules, store,
    },
    teams::model::{FullRound, Names, PersonName},
};

/// The versions of a plan, newest first, and what those who made them are called.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    plan: Id,
    limit: Limit,
    cursor: Option<&Cursor>,
) -> Result<(Page<PlanVersion>, Names)> {
    let plan = store::plan(conn, plan)?;
    CohortStaff::or_hide(conn, actor, plan.cohort_id)?;
    let before = cursor.map(Cursor::key).transpose()?;
    let versions = store::versions(conn, plan.id, before, limit.plus_one())?;
    let page = Page::of(versions, limit, |version| version.version);
    let makers: Vec<Id> = page.data.iter().filter_map(|version| version.made_by).collect();
    let cards = accounts::store::cards(conn, &makers)?;
    Ok((page, cards.iter().map(PersonName::from).collect()))
}

/// Gives the unpublished rounds of a plan the teams that they had at an earlier version. Whoever has no account any more
/// is left out; whether the teams still fit is asked when they are published.
pub fn restore(
    conn: &mut Conn,
    actor: &Actor,
    plan: Id,
    version: i64,
    seen: IfMatch,
    now: Instant,
) -> Result<FullPlan> {
    let context = PlanContext::load_to_change(conn, actor, plan, seen)?;
    let open: Vec<&FullRound> = context.open_rounds().collect();
    rules::check_open(&open)?;
    let kept = store::version(conn, plan, version)?.ok_or_else(|| {
        let detail = format!(
            "must be one of the plan's versions, of which {} is the last",
            context.plan.version
        );
        Error::field("/version", "not_found", detail)
    })?;
    let seats = store::seats_at(conn, plan, version)?;
    let mut changed = Vec::new();
    for round in open {
        let teams = VersionTeam::of_round(&seats, round.round.id);
        if teams.is_empty() || is_as_it_was(round, &teams) {
            continue;
        }
        reseat(conn, &context.staff, round, teams)?;
        changed.push(round.round.clone());
    }
    if changed.is_empty() {
        return FullPlan::of(conn, context.plan);
    }
    let planned_along = store::planned_along_at(conn, plan, version)?.unwrap_or(context.plan.planned_along);
    store::set_formed(conn, &context.staff, plan, kept.seed, &planned_along)?;
    let before = context.plan.version;
    let context = PlanContext::load(conn, actor, plan)?;
    let report = context.judged()?.report().searched_as(context.report()?);
    let change = PlanChange {
        restored: Some(version),
        ..PlanChange::new(PlanAct::Restoration, changed)
    };
    let plan = context.update(conn, &report, &change, now)?;
    if are_on_curve(conn, &context, before)? {
        store::carry_trade_off(conn, &context.staff, plan.id, plan.version)?;
    }
    FullPlan::of(conn, plan)
}

fn is_as_it_was(round: &FullRound, teams: &[VersionTeam]) -> bool {
    let now = round.teams.iter().map(|full| (full.team.id, full.seats()));
    now.eq(teams.iter().map(|team| (team.id, team.seats.clone())))
}
