//! Queries on feeds, and on what they show.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{EntryKind, Feed, Mentoring, Revision, Walk};
use crate::{
    authz::SignedIn,
    cohorts::model::{Cohort, CohortStatus, Project, Week},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            calendar_feeds, calendar_revisions, campuses, cohorts, due_extensions, enrolments, mentor_slots, people,
            projects, published_weeks, rounds, scheduled_events, sign_ups, team_members, walk_places, walks, weeks,
        },
    },
    error::Result,
    events::model::Event,
    mentoring::model::{SignUpStatus, Slot},
    on_both,
    pastoral::CarerAtCampuses,
    primitives::{Id, Instant, Line, LocalTime, Secret, time::TimeZone},
    students::model::EnrolmentStatus,
    work::model::Extension,
};

/// So many events a feed has at the most: what takes place before what was cancelled, from the earliest on.
const MOST_EVENTS: i64 = 5000;

/// The feeds of a person, the newest first.
pub fn feeds(conn: &mut Conn, proof: &SignedIn) -> Result<Vec<Feed>> {
    Ok(calendar_feeds::table
        .filter(calendar_feeds::person_id.eq(proof.person()))
        .order(calendar_feeds::id.desc())
        .select(Feed::as_select())
        .load(conn)?)
}

/// Adds a feed.
pub fn insert(conn: &mut Conn, proof: &SignedIn, new: &Feed) -> Result<()> {
    debug_assert_eq!(proof.person(), new.person_id, "nobody makes a feed for another");
    diesel::insert_into(calendar_feeds::table).values(new).execute(conn)?;
    Ok(())
}

/// Removes a feed of theirs; whether there was one.
pub fn delete(conn: &mut Conn, proof: &SignedIn, id: Id) -> Result<bool> {
    let theirs = calendar_feeds::table
        .find(id)
        .filter(calendar_feeds::person_id.eq(proof.person()));
    Ok(diesel::delete(theirs).execute(conn)? > 0)
}

/// The feed whose address has this token, if its owner's account can be used.
pub fn by_token(conn: &mut Conn, token: &str) -> Result<Option<Feed>> {
    Ok(calendar_feeds::table
        .inner_join(people::table)
        .filter(calendar_feeds::token_hash.eq(Secret::hash(token)))
        .filter(people::disabled_at.is_null())
        .select(Feed::as_select())
        .first(conn)
        .optional()?)
}

/// The cohorts of a campus that are planned or running, or were called off after a moment.
pub fn going_on(conn: &mut Conn, campus: Id, called_off_after: Instant) -> Result<Vec<(Cohort, TimeZone)>> {
    let called_off = cohorts::status
        .eq(CohortStatus::Cancelled)
        .and(cohorts::status_changed_at.gt(called_off_after));
    let goes_on = cohorts::status.among([CohortStatus::Planned, CohortStatus::Running]);
    Ok(cohorts::table
        .inner_join(campuses::table)
        .filter(cohorts::campus_id.eq(campus))
        .filter(goes_on.or(called_off))
        .order(cohorts::id)
        .select((Cohort::as_select(), campuses::time_zone))
        .load(conn)?)
}

/// The cohorts that were called off after a moment and that somebody studied in until then.
pub fn called_off(conn: &mut Conn, person: Id, after: Instant) -> Result<Vec<(Cohort, TimeZone)>> {
    Ok(enrolments::table
        .inner_join(cohorts::table.inner_join(campuses::table))
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.eq(EnrolmentStatus::Withdrawn))
        .filter(enrolments::updated_at.ge(cohorts::status_changed_at))
        .filter(cohorts::status.eq(CohortStatus::Cancelled))
        .filter(cohorts::status_changed_at.gt(after))
        .order(cohorts::id)
        .select((Cohort::as_select(), campuses::time_zone))
        .load(conn)?)
}

/// How often each of these campuses has changed.
pub fn campus_versions(conn: &mut Conn, ids: &[Id]) -> Result<BTreeMap<Id, i64>> {
    let rows: Vec<(Id, i64)> = campuses::table
        .filter(campuses::id.among(ids))
        .select((campuses::id, campuses::version))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// What takes place in these cohorts from a day on, and what was cancelled after a moment.
pub fn events(conn: &mut Conn, cohorts: &[Id], from: LocalTime, cancelled_after: Instant) -> Result<Vec<Event>> {
    Ok(scheduled_events::table
        .filter(scheduled_events::cohort_id.among(cohorts.to_vec()))
        .filter(scheduled_events::ends_local.ge(from))
        .filter((scheduled_events::cancelled_at.is_null()).or(scheduled_events::cancelled_at.gt(cancelled_after)))
        .order((
            scheduled_events::cancelled_at.is_not_null(),
            scheduled_events::starts_local,
            scheduled_events::id,
        ))
        .limit(MOST_EVENTS)
        .select(Event::as_select())
        .load(conn)?)
}

/// Their weeks from a day on, with what these build.
pub fn weeks(conn: &mut Conn, cohorts: &[Id], from: NaiveDate) -> Result<Vec<(Week, Option<Project>)>> {
    Ok(weeks::table
        .left_join(projects::table)
        .filter(weeks::cohort_id.among(cohorts.to_vec()))
        .filter(weeks::ends_on.ge(from))
        .order((weeks::cohort_id, weeks::number))
        .select((Week::as_select(), Option::<Project>::as_select()))
        .load(conn)?)
}

/// The due times that the published teams of somebody have for themselves.
pub fn own_dues(conn: &mut Conn, person: Id) -> Result<Vec<Extension>> {
    let shown: Vec<(Id, i32)> = team_members::table
        .inner_join(rounds::table.inner_join(published_weeks::table))
        .filter(team_members::person_id.eq(person))
        .select((team_members::team_id, published_weeks::week_number))
        .load(conn)?;
    let teams: Vec<Id> = shown.iter().map(|(team, _)| *team).collect();
    let mut found: Vec<Extension> = due_extensions::table
        .filter(due_extensions::team_id.among(teams))
        .select(Extension::as_select())
        .load(conn)?;
    found.retain(|one| shown.contains(&(one.team_id, one.week_number)));
    Ok(found)
}

/// Where somebody has a place as a mentor, from a day on.
pub fn mentoring(conn: &mut Conn, person: Id, from: NaiveDate) -> Result<Vec<Mentoring>> {
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    Ok(on_both!(conn, |conn| sign_ups::table
        .inner_join(
            mentor_slots::table
                .inner_join(weeks::table.on(of_week))
                .inner_join(cohorts::table)
        )
        .filter(sign_ups::person_id.eq(person))
        .filter(sign_ups::status.among([SignUpStatus::Confirmed, SignUpStatus::Attended]))
        .filter(weeks::ends_on.ge(from))
        .order(sign_ups::id)
        .select((
            sign_ups::id,
            sign_ups::version,
            sign_ups::updated_at,
            Slot::as_select(),
            Week::as_select(),
            Cohort::as_select(),
        ))
        .load(conn))?)
}

/// The walks from a day on in which somebody has a place, and all at the campuses for whose students they care.
pub fn walks(conn: &mut Conn, person: Id, carer: &CarerAtCampuses, from: NaiveDate) -> Result<Vec<Walk>> {
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    let own: Vec<Id> = walk_places::table
        .filter(walk_places::person_id.eq(person))
        .select(walk_places::slot_id)
        .load(conn)?;
    Ok(on_both!(conn, |conn| walks::table
        .inner_join(
            mentor_slots::table
                .inner_join(weeks::table.on(of_week))
                .inner_join(cohorts::table)
        )
        .filter((walks::slot_id.among(own)).or(cohorts::campus_id.among(carer.campuses().to_vec())))
        .filter(weeks::ends_on.ge(from))
        .order(walks::slot_id)
        .select((Slot::as_select(), Week::as_select(), Cohort::as_select()))
        .load(conn))?)
}

/// What is known of entries beside their rows, with the name of the cohort: of somebody's own, and of those of everybody in these
/// cohorts. Of walks that they could come along on themself, and of those at campuses at which they care.
pub fn revisions(
    conn: &mut Conn,
    person: Option<Id>,
    cohorts: &[Id],
    cares_at: &[Id],
) -> Result<Vec<(Revision, Line)>> {
    let studied = enrolments::table
        .filter(enrolments::person_id.nullable().eq(person))
        .select(enrolments::cohort_id);
    let is_seen = calendar_revisions::kind
        .ne(EntryKind::Walk)
        .or(cohorts::campus_id.among(cares_at))
        .or(calendar_revisions::cohort_id.eq_any(studied));
    let of_all = calendar_revisions::cohort_id
        .among(cohorts)
        .and(calendar_revisions::person_id.is_null());
    Ok(calendar_revisions::table
        .inner_join(cohorts::table)
        .filter(
            of_all.or(calendar_revisions::person_id
                .is_not_null()
                .and(calendar_revisions::person_id.eq(person))),
        )
        .filter(is_seen)
        .order(calendar_revisions::id)
        .select((Revision::as_select(), cohorts::name))
        .load(conn)?)
}
