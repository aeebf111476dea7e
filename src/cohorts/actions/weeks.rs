//! What people do with the weeks of a cohort and their projects.

use super::{
    content::ProjectContent,
    dates::{calendar, move_due, set_dates},
};
use crate::{
    audit,
    authz::Actor,
    calendars::revisions,
    campuses,
    cohorts::{
        CohortStaff,
        model::{Cohort, DueNews, Project, ProjectInWeek, ProjectPatch, Span, Week, WeekPatch, ZoneChange},
        rules::{self, calendar::SpanInZone},
        store,
    },
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Date, Field, Id, IfMatch, Instant, time::TimeZone},
    programmes::model::ProjectOutline,
};

/// A week with what it builds.
pub struct WeekWithProject {
    pub week: Week,
    pub project: Option<Project>,
    /// Of the campus.
    pub zone: TimeZone,
}

pub fn weeks(conn: &mut Conn, cohort: Id) -> Result<Vec<WeekWithProject>> {
    let zone = store::time_zone(conn, cohort)?;
    with_projects(conn, cohort, zone)
}

/// The weeks of a cohort with their projects, in order.
pub fn with_projects(conn: &mut Conn, cohort: Id, zone: TimeZone) -> Result<Vec<WeekWithProject>> {
    let mut projects = store::projects(conn, cohort)?;
    let weeks = store::weeks(conn, cohort)?;
    let mut take = |id: Option<Id>| {
        let at = projects.iter().position(|project| Some(project.id) == id)?;
        Some(projects.swap_remove(at))
    };
    Ok(weeks
        .into_iter()
        .map(|week| {
            let project = take(week.project_id);
            WeekWithProject { week, project, zone }
        })
        .collect())
}

pub fn week(conn: &mut Conn, cohort: Id, number: i32) -> Result<WeekWithProject> {
    let week = store::week(conn, cohort, number)?;
    let project = week.project_id.map(|id| store::project(conn, id)).transpose()?;
    let project = project.map(|found| found.project);
    let zone = store::time_zone(conn, cohort)?;
    Ok(WeekWithProject { week, project, zone })
}

/// The week as it is now, which is another one if it has moved.
pub fn change_week(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    number: i32,
    patch: &WeekPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<WeekWithProject> {
    let before = store::week(conn, cohort, number)?;
    let (cohort, proof) = CohortStaff::of(conn, actor, cohort)?;
    seen.check(before.version)?;
    let project_id = match patch.project.clone() {
        Field::Absent => before.project_id,
        Field::Given(wanted) => rebuild(conn, &proof, &cohort, &before, wanted, now)?,
    };
    let changed = Week {
        phase: patch.phase.or(before.phase),
        topic: patch.topic.clone().or(before.topic.clone()),
        project_id,
        ..before.clone()
    };
    let to = patch.move_to.or(number);
    let span = Span {
        starts_on: patch.starts_on.map(Date::get).or(before.starts_on),
        ends_on: patch.ends_on.map(Date::get).or(before.ends_on),
    };
    let is_dated = span != before.span();
    if is_dated && to != number {
        let detail = "cannot be given together with `move_to`: dates stay where they are when content moves";
        return Err(Error::field("/starts_on", "invalid", detail));
    }
    if is_dated {
        date_week(conn, &proof, &cohort, &changed, span, now)?;
    } else if changed == before && to == number {
        return week(conn, cohort.id, number);
    }
    let after = Week {
        starts_on: span.starts_on,
        ends_on: span.ends_on,
        version: before.version + 1,
        ..changed
    };
    store::update_week(conn, &proof, &after)?;
    let moved = Week {
        number: to,
        ..after.clone()
    };
    audit::changed(&before, &moved);
    if to != number {
        move_week(conn, &proof, &cohort, &after, to, now)?;
    }
    week(conn, cohort.id, to)
}

/// Gives one week other dates; what is due in it and its mentor slots move along.
fn date_week(
    conn: &mut Conn,
    proof: &CohortStaff,
    cohort: &Cohort,
    week: &Week,
    span: Span,
    now: Instant,
) -> Result<()> {
    let campus = campuses::store::campus(conn, cohort.campus_id)?;
    let (calendar, zone) = (calendar(conn, &campus)?, campus.time_zone);
    let (weeks, today) = (store::weeks(conn, cohort.id)?, now.date_in(zone));
    rules::may_be_dated_by_hand(cohort.status, &weeks, week.number, span, &calendar, today)?;
    set_dates(
        conn,
        proof,
        std::slice::from_ref(week),
        &[span],
        ZoneChange::none(zone),
        now,
    )
}

/// Gives the week something to build, or nothing; what it builds already is changed as a project, so
/// that nobody's brief is lost by mistake.
fn rebuild(
    conn: &mut Conn,
    proof: &CohortStaff,
    cohort: &Cohort,
    week: &Week,
    wanted: Option<ProjectOutline>,
    now: Instant,
) -> Result<Option<Id>> {
    match (week.project_id, wanted) {
        (None, None) => Ok(None),
        (Some(old), None) => {
            store::delete_project(conn, proof, old, now)?;
            Ok(None)
        }
        (Some(old), Some(_)) => {
            let detail = format!(
                "The week already has a project. Change that project (`{old}`), or remove it with `project: null` first."
            );
            Err(Error::new(Code::Conflict, detail))
        }
        (None, Some(outline)) => {
            rules::check_outcomes("/project/outcomes", &outline.outcomes)?;
            let campus = campuses::store::campus(conn, cohort.campus_id)?;
            let calendar = calendar(conn, &campus)?;
            let project = ProjectContent::Outline(outline).at(cohort.id, week.span(), &calendar, now)?;
            store::insert_project(conn, proof, &project)?;
            Ok(Some(project.id))
        }
    }
}

fn move_week(conn: &mut Conn, proof: &CohortStaff, cohort: &Cohort, week: &Week, to: i32, now: Instant) -> Result<()> {
    let weeks = store::weeks(conn, cohort.id)?;
    rules::may_move(cohort.status, week.phase, &weeks, to)?;
    let (first, last) = (week.number.min(to), week.number.max(to));
    let published = store::published_between(conn, cohort.id, first, last)?;
    if !published.is_empty() {
        let numbers: Vec<String> = published.iter().map(ToString::to_string).collect();
        let detail = match numbers.as_slice() {
            [one] => format!("Week {one} has published teams, so the reading week cannot move across it."),
            many => format!(
                "Weeks {} have published teams, so the reading week cannot move across them.",
                many.join(", ")
            ),
        };
        return Err(Error::new(Code::WeeksPublished, detail));
    }
    let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
    let projects = store::projects(conn, cohort.id)?;
    for (place, content) in rules::moved(&weeks, week.number, to) {
        let changed = Week {
            phase: content.phase,
            topic: content.topic.clone(),
            project_id: content.project_id,
            version: place.version + 1,
            ..place.clone()
        };
        store::update_week(conn, proof, &changed)?;
        let project = projects.iter().find(|project| Some(project.id) == content.project_id);
        let at = |week: &Week| SpanInZone {
            span: week.span(),
            zone,
        };
        move_due(conn, proof, (project, place.number), at(content), at(place), now)?;
    }
    Ok(())
}

pub fn project(conn: &mut Conn, id: Id) -> Result<ProjectInWeek> {
    store::project(conn, id)
}

fn check(patch: &ProjectPatch) -> Result<()> {
    if let Field::Given(outcomes) = &patch.outcomes {
        rules::check_outcomes("/outcomes", outcomes)?;
    }
    if let Field::Given(Some(pattern)) = &patch.repository_name {
        rules::check_repository_name(pattern)?;
    }
    Ok(())
}

pub fn change_project(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: &ProjectPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<ProjectInWeek> {
    let ProjectInWeek {
        project: before,
        week_number,
        zone,
    } = store::project(conn, id)?;
    let (_, proof) = CohortStaff::of(conn, actor, before.cohort_id)?;
    check(patch)?;
    seen.check(before.version)?;
    let changed = before.patched(patch.clone(), zone)?;
    if changed == before {
        return Ok(ProjectInWeek {
            project: before,
            week_number,
            zone,
        });
    }
    let after = Project {
        version: before.version + 1,
        updated_at: now,
        ..changed
    };
    let (was, is) = (before.due(zone), after.due(zone));
    if was.is_some() && is.is_none() {
        revisions::due_deleted(conn, before.id, now)?;
    }
    let news = (was.is_some() && was != is).then_some(DueNews {
        week: week_number,
        was,
        is,
        with_week: false,
    });
    store::update_project(conn, &proof, &after, news)?;
    audit::changed(&before, &after);
    Ok(ProjectInWeek {
        project: after,
        week_number,
        zone,
    })
}
