//! Dating cohorts, again whenever what their campus's calendar says changes.

use chrono::NaiveDate;

use crate::{
    authz::Actor,
    calendars::revisions,
    campuses::{self, model::Campus},
    cohorts::{
        CohortStaff,
        model::{Cohort, CohortStatus, DueNews, Project, Span, Week, ZoneChange},
        rules::{
            self,
            calendar::{Calendar, Fault, SpanInZone, due_moved_with, moved_with},
        },
        store,
    },
    db::Conn,
    error::{Code, Error, Result},
    events, mentoring,
    primitives::{Id, Instant},
    work,
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

/// Dates a cohort from another start; its new last day. Weeks that were dated by hand are dated by the calendar again.
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
    set_dates(conn, proof, &weeks, &spans, ZoneChange::none(campus.time_zone), now)?;
    Ok(spans.last().map_or(starts_on, |span| span.ends_on))
}

/// Dates the planned cohorts of a campus again, after its calendar was another one `before`. Weeks that were dated by
/// hand keep their dates; so do cohorts that have begun.
///
/// # Errors
/// `409 conflict` if one of them can no longer be as it is dated.
pub fn redate_planned(conn: &mut Conn, actor: &Actor, campus: Id, before: &Calendar, now: Instant) -> Result<()> {
    let campus = campuses::store::campus(conn, campus)?;
    let calendar = calendar(conn, &campus)?;
    for cohort in store::of_campus(conn, campus.id, CohortStatus::Planned)? {
        let (_, proof) = CohortStaff::of(conn, actor, cohort.id)?;
        let weeks = store::weeks(conn, cohort.id)?;
        let usual = before.weeks(cohort.starts_on, weeks.len()).unwrap_or_default();
        let dated = calendar
            .weeks(cohort.starts_on, weeks.len())
            .map_err(|fault| in_the_way(&cohort, &fault))?;
        let by_hand = |at: usize, week: &Week| usual.get(at).is_none_or(|usual| *usual != week.span());
        let spans: Vec<Span> = (weeks.iter().enumerate().zip(dated))
            .map(|((at, week), span)| if by_hand(at, week) { week.span() } else { span })
            .collect();
        if let Some(number) = rules::out_of_order(&weeks, &spans) {
            let detail = format!(
                "Week {number} of the planned cohort `{}` was dated by hand and would no longer be between its \
                 neighbours. Give it other dates first.",
                cohort.slug
            );
            return Err(Error::new(Code::Conflict, detail).with("cohort_id", cohort.id));
        }
        let zones = ZoneChange {
            before: before.time_zone,
            after: calendar.time_zone,
        };
        set_dates(conn, &proof, &weeks, &spans, zones, now)?;
    }
    Ok(())
}

/// Lets the running cohorts of a campus have a new day off, or a working day again: the week ends earlier or later, and
/// what is due on its last day moves along. Weeks that are over stay as they were.
///
/// # Errors
/// `409 conflict` if a week would have no day left.
pub fn redate_running(conn: &mut Conn, actor: &Actor, campus: &Campus, day: NaiveDate, now: Instant) -> Result<()> {
    let calendar = calendar(conn, campus)?;
    let today = now.date_in(campus.time_zone);
    for cohort in store::of_campus(conn, campus.id, CohortStatus::Running)? {
        let (_, proof) = CohortStaff::of(conn, actor, cohort.id)?;
        let weeks = store::weeks(conn, cohort.id)?;
        let spans = weeks.iter().map(|week| match week.ends_on < today {
            true => Ok(week.span()),
            false => calendar
                .without_or_with(week.span(), day)
                .ok_or_else(|| nothing_left(&cohort, week, day)),
        });
        let spans = spans.collect::<Result<Vec<Span>>>()?;
        let stays = weeks.iter().map(Week::span).eq(spans.iter().copied());
        if !stays && rules::out_of_order(&weeks, &spans).is_none() {
            set_dates(conn, &proof, &weeks, &spans, ZoneChange::none(campus.time_zone), now)?;
        } else {
            follow_timetable(conn, &proof, &[], now)?;
        }
    }
    Ok(())
}

fn nothing_left(cohort: &Cohort, week: &Week, day: NaiveDate) -> Error {
    let (slug, number, id) = (&cohort.slug, week.number, cohort.id);
    let detail = format!(
        "Week {number} of the running cohort `{slug}` would have no working day without {day}. Give the week other \
         dates first."
    );
    Error::new(Code::Conflict, detail).with("cohort_id", id)
}

fn in_the_way(cohort: &Cohort, fault: &Fault) -> Error {
    let detail = format!(
        "The planned cohort `{}` starts on {}, which would no longer be possible: {}. Change its starts_on first.",
        cohort.slug, cohort.starts_on, fault.detail
    );
    Error::new(Code::Conflict, detail).with("cohort_id", cohort.id)
}

/// Gives the weeks of a cohort these dates; what is due in them, their mentor slots and the cohort's own dates move along.
pub fn set_dates(
    conn: &mut Conn,
    proof: &CohortStaff,
    weeks: &[Week],
    spans: &[Span],
    zones: ZoneChange,
    now: Instant,
) -> Result<()> {
    let projects = store::projects(conn, proof.cohort())?;
    let mut slots_moved = false;
    let (mut moves, mut own_dues_moved) = (Vec::new(), Vec::new());
    for (week, span) in weeks.iter().zip(spans) {
        let from = SpanInZone {
            span: week.span(),
            zone: zones.before,
        };
        let to = SpanInZone {
            span: *span,
            zone: zones.after,
        };
        if from == to {
            continue;
        }
        let has_new_days = week.span() != *span;
        if has_new_days {
            moves.push((from.span, to.span));
            let dated = Week {
                starts_on: span.starts_on,
                ends_on: span.ends_on,
                version: week.version + 1,
                ..week.clone()
            };
            store::update_week(conn, proof, &dated)?;
            let moved = |due| due_moved_with(due, from.span, to.span);
            if work::week_moved(conn, proof, week.number, moved)? {
                own_dues_moved.push(week.number);
            }
        }
        mentoring::week_moved(
            conn,
            proof,
            week.number,
            has_new_days,
            |time| moved_with(time, from.span, to.span),
            zones,
            now,
        )?;
        slots_moved = true;
        let project = projects.iter().find(|project| Some(project.id) == week.project_id);
        move_due(conn, proof, (project, week.number), from, to, now)?;
    }
    revisions::dues_changed(conn, proof.cohort(), &own_dues_moved, now)?;
    if slots_moved {
        mentoring::nobody_is_double_booked(conn, proof)?;
    }
    follow_weeks(conn, proof, now)?;
    follow_timetable(conn, proof, &moves, now)
}

/// Makes the events and mentor slots of the running cohorts of a campus follow another working week, or other clocks. Their
/// weeks keep their dates.
pub fn follow_running(conn: &mut Conn, actor: &Actor, campus: &Campus, before: &Calendar, now: Instant) -> Result<()> {
    let zones = ZoneChange {
        before: before.time_zone,
        after: campus.time_zone,
    };
    for cohort in store::of_campus(conn, campus.id, CohortStatus::Running)? {
        let (_, proof) = CohortStaff::of(conn, actor, cohort.id)?;
        mentoring::clocks_changed(conn, &proof, zones, now)?;
        follow_timetable(conn, &proof, &[], now)?;
    }
    Ok(())
}

/// Makes the events of a cohort follow its weeks and the campus's calendar as they are now.
pub fn follow_timetable(conn: &mut Conn, proof: &CohortStaff, moves: &[(Span, Span)], now: Instant) -> Result<()> {
    let cohort = store::cohort(conn, proof.cohort())?;
    let campus = campuses::store::campus(conn, cohort.campus_id)?;
    let calendar = calendar(conn, &campus)?;
    let works_on = |day| calendar.works_on(day);
    events::follow(conn, proof, (&campus, &cohort), moves, works_on, now)
}

/// A cohort begins with its first week and ends with its last.
fn follow_weeks(conn: &mut Conn, proof: &CohortStaff, now: Instant) -> Result<()> {
    let cohort = store::cohort(conn, proof.cohort())?;
    let weeks = store::weeks(conn, cohort.id)?;
    let dates = weeks.first().zip(weeks.last());
    let (starts_on, ends_on) = dates.map_or((cohort.starts_on, cohort.ends_on), |(first, last)| {
        (first.starts_on, last.ends_on)
    });
    if (starts_on, ends_on) == (cohort.starts_on, cohort.ends_on) {
        return Ok(());
    }
    store::move_first_days(conn, proof, cohort.starts_on, starts_on, now)?;
    let dated = Cohort {
        starts_on,
        ends_on,
        version: cohort.version + 1,
        updated_at: now,
        ..cohort
    };
    store::update(conn, proof, &dated)
}

/// Moves when the project of a week is due from one week to another.
pub fn move_due(
    conn: &mut Conn,
    proof: &CohortStaff,
    (project, week): (Option<&Project>, i32),
    from: SpanInZone,
    to: SpanInZone,
    now: Instant,
) -> Result<()> {
    let Some((project, due)) = project.and_then(|project| Some((project, project.due(from.zone)?))) else {
        return Ok(());
    };
    let moved = project
        .clone()
        .with_due(Some(due_moved_with(due, from.span, to.span)), to.zone);
    if moved.due_at == project.due_at {
        return Ok(());
    }
    let changed = Project {
        version: project.version + 1,
        updated_at: now,
        ..moved
    };
    let news = DueNews {
        week,
        was: Some(due),
        is: changed.due_local,
        with_week: true,
    };
    store::update_project(conn, proof, &changed, (news.was != news.is).then_some(news))
}
