//! Queries on plans.

use std::collections::BTreeMap;

use diesel::{
    dsl::{exists, not},
    prelude::*,
};

use crate::{
    cohorts::CohortStaff,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{rounds, team_plans, weeks},
    },
    error::Result,
    primitives::{Filter, Id, Instant},
    team_plans::{
        events,
        model::{Draft, PlanStatus, TeamPlan},
    },
};

/// A plan.
///
/// # Errors
/// `404` if there is none.
pub fn plan(conn: &mut Conn, id: Id) -> Result<TeamPlan> {
    Ok(team_plans::table.find(id).select(TeamPlan::as_select()).first(conn)?)
}

/// The plans of a cohort, newest first, from those made before `before` on.
pub fn plans(
    conn: &mut Conn,
    cohort: Id,
    filter: &Filter<PlanStatus>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<TeamPlan>> {
    let mut query = team_plans::table.filter(team_plans::cohort_id.eq(cohort)).into_boxed();
    let rounds = |is_published: bool| {
        let of_plan = rounds::table.filter(rounds::plan_id.eq(team_plans::id));
        exists(of_plan.filter(rounds::published_at.is_not_null().eq(is_published)))
    };
    if !filter.takes(PlanStatus::Draft) {
        query = query.filter(rounds(true));
    }
    if !filter.takes(PlanStatus::PartlyPublished) {
        query = query.filter(not(rounds(true).and(rounds(false))));
    }
    if !filter.takes(PlanStatus::Published) {
        query = query.filter(rounds(false));
    }
    let weeks = || {
        let of_plan = weeks::number.between(team_plans::from_week, team_plans::to_week);
        weeks::table.filter(weeks::cohort_id.eq(cohort)).filter(of_plan)
    };
    if let Some(from) = filter.period.from {
        query = query.filter(exists(weeks().filter(weeks::ends_on.ge(from))));
    }
    if let Some(to) = filter.period.to {
        query = query.filter(exists(weeks().filter(weeks::starts_on.le(to))));
    }
    if let Some(before) = before {
        query = query.filter(team_plans::id.lt(before));
    }
    Ok(query
        .order(team_plans::id.desc())
        .limit(limit)
        .select(TeamPlan::as_select())
        .load(conn)?)
}

/// The drafts of a cohort of which students see nothing, oldest first.
pub fn drafts(conn: &mut Conn, staff: &CohortStaff) -> Result<Vec<Draft>> {
    let of_plan = rounds::table.filter(rounds::plan_id.eq(team_plans::id));
    Ok(team_plans::table
        .filter(team_plans::cohort_id.eq(staff.cohort()))
        .filter(not(exists(of_plan.filter(rounds::published_at.is_not_null()))))
        .order(team_plans::id)
        .select(Draft::as_select())
        .load(conn)?)
}

/// The plans with teams for a week, the one that students see first and then the newest; and whether students see it.
pub fn of_week(conn: &mut Conn, staff: &CohortStaff, week: i32) -> Result<Vec<(Id, bool)>> {
    let mut found: Vec<(Id, bool)> = rounds::table
        .filter(rounds::cohort_id.eq(staff.cohort()))
        .filter(rounds::first_week.le(week))
        .filter(rounds::last_week.ge(week))
        .order(rounds::plan_id.desc())
        .select((rounds::plan_id, rounds::published_at.is_not_null()))
        .load(conn)?;
    found.sort_by_key(|(_, is_published)| !is_published);
    Ok(found)
}

/// How far each of these plans has come.
pub fn statuses(conn: &mut Conn, plans: &[Id]) -> Result<BTreeMap<Id, PlanStatus>> {
    let rows: Vec<(Id, Option<Instant>)> = rounds::table
        .filter(rounds::plan_id.among(plans))
        .select((rounds::plan_id, rounds::published_at))
        .load(conn)?;
    let mut published: BTreeMap<Id, Vec<bool>> = BTreeMap::new();
    for (plan, at) in rows {
        published.entry(plan).or_default().push(at.is_some());
    }
    let status = |(plan, published)| (plan, PlanStatus::of(published));
    Ok(published.into_iter().map(status).collect())
}

/// What each of these plans was asked for.
pub fn requests(conn: &mut Conn, plans: &[Id]) -> Result<BTreeMap<Id, String>> {
    let rows: Vec<(Id, String)> = team_plans::table
        .filter(team_plans::id.among(plans))
        .select((team_plans::id, team_plans::request))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Other plans of the cohort with unpublished teams for some of the plan's weeks, oldest first.
pub fn overlapping_drafts(conn: &mut Conn, plan: &TeamPlan) -> Result<Vec<TeamPlan>> {
    let of_plan = rounds::table.filter(rounds::plan_id.eq(team_plans::id));
    let open = of_plan
        .filter(rounds::published_at.is_null())
        .filter(rounds::first_week.le(plan.to_week))
        .filter(rounds::last_week.ge(plan.from_week));
    Ok(team_plans::table
        .filter(team_plans::cohort_id.eq(plan.cohort_id))
        .filter(team_plans::id.ne(plan.id))
        .filter(exists(open))
        .order(team_plans::id)
        .limit(20)
        .select(TeamPlan::as_select())
        .load(conn)?)
}

/// The plan with the last week that students of a cohort see.
pub fn last_published(conn: &mut Conn, cohort: Id) -> Result<Option<TeamPlan>> {
    Ok(team_plans::table
        .inner_join(rounds::table)
        .filter(rounds::cohort_id.eq(cohort))
        .filter(rounds::published_at.is_not_null())
        .order(rounds::first_week.desc())
        .select(TeamPlan::as_select())
        .first(conn)
        .optional()?)
}

/// Stores a plan, without its rounds.
pub fn insert_plan(conn: &mut Conn, _staff: &CohortStaff, plan: &TeamPlan) -> Result<()> {
    diesel::insert_into(team_plans::table).values(plan).execute(conn)?;
    events::plan(plan).created(conn)
}

/// Notes with which seed the teams of a draft were formed, and what was planned along.
pub fn set_formed(conn: &mut Conn, _staff: &CohortStaff, id: Id, seed: i64, planned_along: &str) -> Result<()> {
    diesel::update(team_plans::table.find(id))
        .set((team_plans::seed.eq(seed), team_plans::planned_along.eq(planned_along)))
        .execute(conn)?;
    Ok(())
}

/// Notes that a plan has changed and what it is worth now.
pub fn update_plan(conn: &mut Conn, _staff: &CohortStaff, id: Id, report: &str, now: Instant) -> Result<TeamPlan> {
    diesel::update(team_plans::table.find(id))
        .set((
            team_plans::report.eq(report),
            team_plans::version.eq(team_plans::version + 1),
            team_plans::updated_at.eq(now),
        ))
        .execute(conn)?;
    let plan = plan(conn, id)?;
    events::plan(&plan).updated(conn)?;
    Ok(plan)
}

/// Removes a plan with all that is in it.
pub fn delete_plan(conn: &mut Conn, _staff: &CohortStaff, plan: &TeamPlan) -> Result<()> {
    diesel::delete(team_plans::table.find(plan.id)).execute(conn)?;
    events::plan(plan).deleted(conn)
}
