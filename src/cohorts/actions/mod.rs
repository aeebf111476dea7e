//! What people do with cohorts.

mod content;
mod dates;
mod insertion;
mod plan;
mod steps;
mod weeks;

use chrono::NaiveDate;

pub use dates::{calendar, follow_running, redate_planned, redate_running};
pub use insertion::insert_week;
pub use plan::Pattern;
use plan::Plan;
pub use weeks::{WeekWithProject, change_project, change_week, project, week, weeks};

use super::{
    model::{Cohort, CohortPatch, CohortSelection, CohortStatus, week_going_on},
    rules, store,
};
use crate::{
    audit,
    authz::{Actor, SignedIn},
    campuses::CampusStaff,
    cohorts::CohortStaff,
    db::Conn,
    error::Result,
    events,
    primitives::{Cursor, Date, Id, IfMatch, Instant, Limit, Line, Page, Slug},
};

/// What a cohort is made with.
#[derive(Clone, Debug)]
pub struct NewCohort {
    pub slug: Slug,
    pub name: Line,
    pub pattern: Pattern,
    pub starts_on: NaiveDate,
    /// `Planned`, or `Graduated` for one that ended before it is entered here.
    pub status: CohortStatus,
}

pub fn make(conn: &mut Conn, actor: &Actor, campus: Id, new: NewCohort, now: Instant) -> Result<Cohort> {
    let (campus, proof) = CampusStaff::of(conn, actor, campus)?;
    let plan = Plan::of(conn, new.pattern)?;
    let calendar = dates::calendar(conn, &campus)?;
    let spans = calendar
        .weeks(new.starts_on, plan.weeks.len())
        .map_err(dates::wrong_start)?;
    let ends_on = spans.last().map_or(new.starts_on, |span| span.ends_on);
    rules::may_begin_as(new.status, ends_on, now.date_in(campus.time_zone))?;
    rules::OF_A_CAMPUS.check_room(store::count(conn, campus.id)?)?;
    if new.status == CohortStatus::Planned {
        rules::may_be_planned(store::going_on(conn, campus.id)?)?;
    }
    let cohort = Cohort {
        id: Id::new(),
        campus_id: campus.id,
        programme_id: plan.programme,
        slug: new.slug,
        name: new.name,
        status: new.status,
        starts_on: new.starts_on,
        ends_on,
        version: 1,
        created_at: now,
        updated_at: now,
        previous_status: CohortStatus::Planned,
        status_changed_at: now,
    };
    store::insert(conn, &proof, &cohort)?;
    let (_, proof) = CohortStaff::of(conn, actor, cohort.id)?;
    for (number, (content, span)) in (1..).zip(plan.weeks.into_iter().zip(spans)) {
        let (week, project) = content.at(&cohort, number, span, &calendar)?;
        if let Some(project) = &project {
            store::insert_project(conn, &proof, project)?;
        }
        store::insert_week(conn, &proof, &week)?;
    }
    // A timetable is known to those inside a cohort, so it is copied for its staff only.
    if let Pattern::Cohort(cloned) = new.pattern
        && let Ok((_, of_cloned)) = CohortStaff::of(conn, actor, cloned)
    {
        events::clone_timetable(conn, &proof, &of_cloned)?;
        dates::follow_timetable(conn, &proof, &[], now)?;
    }
    Ok(cohort)
}

pub fn list(
    conn: &mut Conn,
    mut selection: CohortSelection,
    cursor: Option<&Cursor>,
    limit: Limit,
) -> Result<Page<Cohort>> {
    selection.after = cursor.map(Cursor::key).transpose()?;
    let rows = store::cohorts(conn, &selection, limit.plus_one())?;
    Ok(Page::of(rows, limit, |cohort| (cohort.starts_on, cohort.id)))
}

/// The planned and running cohorts that the caller is staff of.
pub fn list_staffed(conn: &mut Conn, actor: &Actor, cursor: Option<&Cursor>, limit: Limit) -> Result<Page<Cohort>> {
    let person = SignedIn::prove(actor)?.person();
    let after = cursor.map(Cursor::key).transpose()?;
    let rows = store::going_on_with_staff(conn, person, after, limit.plus_one())?;
    Ok(Page::of(rows, limit, |cohort| (cohort.starts_on, cohort.id)))
}

pub fn cohort(conn: &mut Conn, id: Id) -> Result<Cohort> {
    store::cohort(conn, id)
}

/// The number of the week that goes on, by the calendar of the campus.
pub fn current_week(conn: &mut Conn, cohort: &Cohort, now: Instant) -> Result<Option<i32>> {
    if cohort.status == CohortStatus::Cancelled {
        return Ok(None);
    }
    let (zones, weeks): (Vec<_>, Vec<_>) = store::latest_weeks(conn, cohort.id, now)?.into_iter().unzip();
    let today = zones.first().map(|zone| now.date_in(*zone));
    Ok(today.and_then(|today| week_going_on(&weeks, cohort.ends_on, today)))
}

pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: &CohortPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<Cohort> {
    let (before, proof) = CohortStaff::of(conn, actor, id)?;
    seen.check(before.version)?;
    let starts_on = patch.starts_on.map(Date::get).or(before.starts_on);
    let ends_on = if starts_on == before.starts_on {
        before.ends_on
    } else {
        rules::may_be_dated(before.status)?;
        dates::restart(conn, &proof, &before, starts_on, now)?
    };
    let status = patch.status.or(before.status);
    steps::take(conn, actor, &proof, &before, status, now)?;
    let changed = Cohort {
        slug: patch.slug.clone().or(before.slug.clone()),
        name: patch.name.clone().or(before.name.clone()),
        status,
        starts_on,
        ends_on,
        ..before.clone()
    };
    if changed == before {
        return Ok(before);
    }
    let stepped = status != before.status;
    let after = Cohort {
        version: before.version + 1,
        updated_at: now,
        previous_status: if stepped { before.status } else { before.previous_status },
        status_changed_at: if stepped { now } else { before.status_changed_at },
        ..changed
    };
    store::update(conn, &proof, &after)?;
    if stepped {
        dates::follow_timetable(conn, &proof, &[], now)?;
    }
    audit::changed(&before, &after);
    Ok(after)
}
