//! Publishing the rounds of a draft.

use super::FullPlan;
use crate::{
    authz::Actor,
    campuses,
    cohorts::{self, CohortStaff},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant},
    team_plans::{
        context::{PlanContext, check_going_on},
        model::{Done, PlanAct},
        rules,
    },
    teams::{
        self,
        model::{FullRound, Round},
    },
};

/// Lets the students see the rounds of the given weeks, or all.
pub fn publish(
    conn: &mut Conn,
    actor: &Actor,
    plan: Id,
    weeks: Option<&[i32]>,
    seen: IfMatch,
    now: Instant,
) -> Result<FullPlan> {
    let context = PlanContext::load_to_change(conn, actor, plan, seen)?;
    let chosen = rules::rounds_to_publish(context.status(), &context.rounds, weeks)?;
    let is_chosen = |round: &&FullRound| chosen.contains(&round.round.id);
    let chosen: Vec<&FullRound> = context.rounds.iter().filter(is_chosen).collect();
    let rows: Vec<Round> = chosen.iter().map(|round| round.round.clone()).collect();
    let taken: Vec<i32> = teams::store::published_weeks(conn, context.cohort.id)?
        .into_iter()
        .map(|(week, _)| week)
        .filter(|week| rows.iter().any(|round| round.span().has(*week)))
        .collect();
    if !taken.is_empty() {
        return Err(rules::weeks_published(&taken));
    }
    rules::check_no_reading_week(&chosen, &context.request, &context.snapshot)?;
    let broken = context.judged()?.broken();
    rules::check_up_to_date(&chosen, &broken, &context.describer())?;
    if !teams::store::publish_rounds(conn, &context.staff, &rows, now)? {
        return Err(rules::weeks_published(
            &rows.iter().flat_map(|round| round.span().weeks()).collect::<Vec<_>>(),
        ));
    }
    let done = Done::new(PlanAct::Publication, rows);
    let plan = context.update(conn, &context.report()?, &done, now)?;
    FullPlan::of(conn, plan)
}

/// Takes the round of a week back, before it begins: students no longer see its teams, staff may edit them
/// again.
pub fn unpublish(conn: &mut Conn, actor: &Actor, cohort: Id, week: i32, now: Instant) -> Result<()> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    check_going_on(&cohort)?;
    let round = teams::store::week_of(conn, cohort.id, week)?.round.ok_or_else(|| {
        let detail = format!("The teams of week {week} are not published.");
        Error::new(Code::NotFound, detail)
    })?;
    let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
    let weeks = cohorts::store::weeks(conn, cohort.id)?;
    let first = weeks.iter().find(|week| week.number == round.first_week);
    let begins = first.ok_or_else(Error::not_found)?.starts_on;
    rules::check_not_begun(round.span(), begins, now.date_in(zone.tz()))?;
    teams::store::unpublish_round(conn, &staff, round.id)?;
    let context = PlanContext::load(conn, actor, round.plan_id)?;
    let done = Done::new(PlanAct::Unpublication, vec![round]);
    context.update(conn, &context.report()?, &done, now)?;
    Ok(())
}
