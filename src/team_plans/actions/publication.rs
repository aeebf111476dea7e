//! Publishing the rounds of a draft.

use super::FullPlan;
use crate::{
    authz::Actor,
    campuses,
    cohorts::{self, CohortStaff},
    db::Conn,
    error::{Code, Error, Result},
    mentoring,
    primitives::{Id, IfMatch, Instant},
    retros,
    team_plans::{
        context::{PlanContext, check_going_on},
        model::{PlanAct, PlanChange},
        rules::{self, NewlyVisible},
    },
    teams::{
        self,
        model::{FullRound, PersonName, Round},
    },
    work,
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
    let chosen = to_be_published(conn, &context, weeks)?;
    let rows: Vec<Round> = chosen.iter().map(|round| round.round.clone()).collect();
    if !teams::store::publish_rounds(conn, &context.staff, &rows, now)? {
        return Err(rules::weeks_published(
            &rows.iter().flat_map(|round| round.span().weeks()).collect::<Vec<_>>(),
        ));
    }
    let change = PlanChange::new(PlanAct::Publication, rows);
    let plan = context.update(conn, &context.report()?, &change, now)?;
    FullPlan::of(conn, plan)
}

/// What publishing would do.
pub struct Preview {
    /// The plan as it is.
    pub plan: FullPlan,
    /// The weeks that would be published.
    pub weeks: Vec<i32>,
    /// Each student, by name, with what they would newly see of their own.
    pub students: Vec<NewlyVisible>,
    /// Those who mentor in the cohort, by name.
    pub mentors: Vec<PersonName>,
}

/// Tells who would see what, and changes nothing. What publishing would refuse is refused.
pub fn preview(conn: &mut Conn, actor: &Actor, plan: Id, weeks: Option<&[i32]>, seen: IfMatch) -> Result<Preview> {
    let context = PlanContext::load(conn, actor, plan)?;
    seen.check(context.plan.version)?;
    check_going_on(&context.cohort)?;
    let chosen = to_be_published(conn, &context, weeks)?;
    let slots = mentoring::store::all_slots(conn, context.cohort.id)?;
    let ids: Vec<Id> = slots.iter().map(|slot| slot.id).collect();
    let coming = mentoring::store::coming(conn, &ids)?;
    let mut mentors: Vec<PersonName> = coming.into_iter().map(|(_, mentor)| mentor).collect();
    mentors.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    mentors.dedup();
    Ok(Preview {
        weeks: chosen.iter().flat_map(|round| round.round.span().weeks()).collect(),
        students: rules::newly_seen(&chosen, &context.snapshot, &context.names),
        mentors,
        plan: FullPlan::of(conn, context.plan)?,
    })
}

/// The rounds to publish, if nothing stands against it.
fn to_be_published<'a>(conn: &mut Conn, context: &'a PlanContext, weeks: Option<&[i32]>) -> Result<Vec<&'a FullRound>> {
    let chosen = rules::rounds_to_publish(context.status(), &context.rounds, weeks)?;
    let is_chosen = |round: &&FullRound| chosen.contains(&round.round.id);
    let chosen: Vec<&FullRound> = context.rounds.iter().filter(is_chosen).collect();
    let taken: Vec<i32> = teams::store::published_weeks(conn, context.cohort.id)?
        .into_iter()
        .map(|(week, _)| week)
        .filter(|week| chosen.iter().any(|round| round.round.span().has(*week)))
        .collect();
    if !taken.is_empty() {
        return Err(rules::weeks_published(&taken));
    }
    rules::check_no_reading_week(&chosen, &context.request, &context.snapshot)?;
    let broken = context.judged()?.broken();
    rules::check_up_to_date(&chosen, &broken, &context.describer())?;
    Ok(chosen)
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
    rules::check_not_begun(round.span(), begins, now.date_in(zone))?;
    work::unpublished(conn, &staff, &round, now)?;
    retros::unpublished(conn, &staff, &round)?;
    teams::store::unpublish_round(conn, &staff, &round)?;
    let context = PlanContext::load(conn, actor, round.plan_id)?;
    let change = PlanChange::new(PlanAct::Unpublication, vec![round]);
    context.update(conn, &context.report()?, &change, now)?;
    Ok(())
}
