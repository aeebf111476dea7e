//! Dating cohorts, again whenever what their campus's calendar says changes.

use chrono::NaiveDate;

use crate::{
    authz::Actor,
    campuses::{self, model::Campus},
    cohorts::{
        CohortStaff,
        model::{Cohort, Project, Week},
        rules::calendar::{Calendar, Fault, Span, moved_with},
        store,
    },
    db::Conn,
    error::{Code, Error, Result},
    mentoring,
    primitives::{Id, Instant, time::TimeZone},
};

/// The calendar of a campus as it is now.
pub fn calendar(conn: &mut Conn, campus: &Campus) -> Result<Calendar> {
    let days_off = campuses::store::days_off(conn, campus.id)?;
    Ok(Calendar {
        work_week: campus.work_week.clone(),
        days_off: days_off.into_iter().map(|off| (off.day, off.name)).collect(),
        time_zone: campus.time_zone,
    })
}

/// A start that cannot be, as an error at its field.
pub fn wrong_start(fault: Fault) -> Error {
    Error::field("/starts_on", fault.code, fault.detail)
}

/// Dates a cohort from another start; its new last day.
pub fn restart(
    conn: &mut Conn,
    proof: &CohortStaff,
    cohort: &Cohort,
    starts_on: NaiveDate,
    now: Instant,
) -> Result<NaiveDate> {
    let campus = campuses::store::campus(conn, cohort.campus_id)?;
    let calendar = calendar(conn, &campus)?;
    let weeks = store::weeks(conn, cohort.id)?;
    let spans = calendar.weeks(starts_on, weeks.len()).map_err(wrong_start)?;
    set_dates(conn, proof, &weeks, &spans, (campus.time_zone, &calendar), now)?;
    store::move_first_days(conn, proof, cohort.starts_on, starts_on, now)?;
    Ok(spans.last().map_or(starts_on, |span| span.ends_on))
}

/// Dates the planned cohorts of a campus again, after its calendar has changed; before, its clocks
/// were those of `zone`. Cohorts that have begun keep their dates.
///
/// # Errors
/// `409 conflict` if one of them can no longer start when it is to start.
pub fn redate_planned(conn: &mut Conn, actor: &Actor, campus: Id, zone: TimeZone, now: Instant) -> Result<()> {
    let campus = campuses::store::campus(conn, campus)?;
    let calendar = calendar(conn, &campus)?;
    for cohort in store::planned(conn, campus.id)? {
        let (_, proof) = CohortStaff::of(conn, actor, cohort.id)?;
        let weeks = store::weeks(conn, cohort.id)?;
        let spans = calendar
            .weeks(cohort.starts_on, weeks.len())
            .map_err(|fault| in_the_way(&cohort, &fault))?;
        if set_dates(conn, &proof, &weeks, &spans, (zone, &calendar), now)? {
            let dated = Cohort {
                ends_on: spans.last().map_or(cohort.ends_on, |span| span.ends_on),
                version: cohort.version + 1,
                updated_at: now,
                ..cohort
            };
            store::update(conn, &proof, &dated)?;
        }
    }
    Ok(())
}

fn in_the_way(cohort: &Cohort, fault: &Fault) -> Error {
    let detail = format!(
        "The planned cohort `{}` starts on {}, which would no longer be possible: {}. Change its starts_on first.",
        cohort.slug, cohort.starts_on, fault.detail
    );
    Error::new(Code::Conflict, detail).with("cohort_id", cohort.id)
}

/// Gives the weeks these dates, and moves what is due in them along. `false` if nothing moved.
fn set_dates(
    conn: &mut Conn,
    proof: &CohortStaff,
    weeks: &[Week],
    spans: &[Span],
    (zone, calendar): (TimeZone, &Calendar),
    now: Instant,
) -> Result<bool> {
    let projects = store::projects(conn, proof.cohort())?;
    let (mut changed, mut slots_moved) = (false, false);
    for (week, span) in weeks.iter().zip(spans) {
        let ways = ((week.ends_on, zone), (span.ends_on, calendar.time_zone));
        let has_new_days = (week.starts_on, week.ends_on) != (span.starts_on, span.ends_on);
        if has_new_days {
            let dated = Week {
                starts_on: span.starts_on,
                ends_on: span.ends_on,
                version: week.version + 1,
                ..week.clone()
            };
            store::update_week(conn, proof, &dated)?;
            changed = true;
        }
        if has_new_days || ways.0 != ways.1 {
            let moved = |time| moved_with(time, ways.0, ways.1);
            mentoring::week_moved(conn, proof, week.number, has_new_days, moved, now)?;
            slots_moved = true;
        }
        let project = projects.iter().find(|project| Some(project.id) == week.project_id);
        changed |= move_due(conn, proof, project, ways, now)?;
    }
    if slots_moved {
        mentoring::nobody_is_double_booked(conn, proof)?;
    }
    Ok(changed)
}

/// A last day, and the clocks it is seen by.
type LastDay = (NaiveDate, TimeZone);

/// Moves what a project is due from one week's last day to another's. `false` if it did not move.
pub fn move_due(
    conn: &mut Conn,
    proof: &CohortStaff,
    project: Option<&Project>,
    (from, to): (LastDay, LastDay),
    now: Instant,
) -> Result<bool> {
    let Some((project, due)) = project.and_then(|project| Some((project, project.due_at?))) else {
        return Ok(false);
    };
    let moved = moved_with(due, from, to);
    if moved == due {
        return Ok(false);
    }
    let changed = Project {
        due_at: Some(moved),
        version: project.version + 1,
        updated_at: now,
        ..project.clone()
    };
    store::update_project(conn, proof, &changed)?;
    Ok(true)
}
