//! Queries on changes.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::{prelude::*, sql_types::BigInt};

use super::model::{Change, Channel};
use crate::{
    authz::{CampusTerms, StaffRole},
    db::{
        Conn, SWEPT,
        dialect::AmongMethod as _,
        schema::{
            api_tokens, campus_alumni_sources as sources, campus_staff, campuses, cohorts, enrolments, event_channels,
            events, mentor_slots, pastoral_carers, people, sessions, sign_ups, weeks,
        },
    },
    error::Result,
    mentoring::model::SignUpStatus,
    on_both,
    primitives::{Id, Instant, time::TimeZone},
    students::model::EnrolmentStatus,
};

/// How many channels are looked through in one statement.
const AT_ONCE: usize = 100;

/// Notes by which channels the event at a position reaches people.
pub fn insert_channels(conn: &mut Conn, position: i64, channels: &[Channel]) -> Result<()> {
    let row = |channel: &Channel| {
        let (kind, of_id) = channel.key();
        (
            event_channels::channel.eq(kind),
            event_channels::of_id.eq(of_id),
            event_channels::position.eq(position),
        )
    };
    let rows: Vec<_> = channels.iter().map(row).collect();
    on_both!(conn, |conn| diesel::insert_into(event_channels::table)
        .values(rows)
        .execute(conn))?;
    Ok(())
}

/// Up to `limit` changes of these channels behind a position and up to another, in order. Each channel is looked
/// through from its place in the index, so that what others hear costs nothing.
pub fn changes(conn: &mut Conn, channels: &[Channel], (from, to): (i64, i64), limit: i64) -> Result<Vec<Change>> {
    let mut positions = BTreeSet::new();
    for some in channels.chunks(AT_ONCE) {
        let of_one = |channel: &Channel| {
            let (kind, of_id) = channel.key();
            format!(
                "SELECT position FROM (SELECT position FROM event_channels WHERE channel = {kind} AND of_id = {of_id} AND \
                 position > {from} AND position <= {to} ORDER BY position LIMIT {limit}) AS heard"
            )
        };
        let each: Vec<String> = some.iter().map(of_one).collect();
        let sql = format!("{} ORDER BY position LIMIT {limit}", each.join(" UNION "));
        let found: Vec<Position> = on_both!(conn, |conn| diesel::sql_query(sql).load(conn))?;
        positions.extend(found.into_iter().map(|row| row.position));
    }
    let first = usize::try_from(limit).unwrap_or(usize::MAX);
    Ok(events::table
        .filter(events::position.among(positions.into_iter().take(first).map(Some)))
        .order(events::position)
        .select(Change::as_select())
        .load(conn)?)
}

#[derive(QueryableByName)]
struct Position {
    #[diesel(sql_type = BigInt)]
    position: i64,
}

/// All changes behind a position and up to another, whoever may know of them; up to `limit`.
pub fn all_changes(conn: &mut Conn, (from, to): (i64, i64), limit: i64) -> Result<Vec<Change>> {
    Ok(events::table
        .filter(events::position.gt(from))
        .filter(events::position.le(to))
        .order(events::position)
        .limit(limit)
        .select(Change::as_select())
        .load(conn)?)
}

/// Where somebody is on the staff, and by what the campus lets them act.
pub fn staff_of(conn: &mut Conn, person: Id) -> Result<Vec<(Id, StaffRole, CampusTerms)>> {
    let rows: Vec<(Id, StaffRole, bool, Option<Instant>)> = campus_staff::table
        .inner_join(campuses::table)
        .filter(campus_staff::person_id.eq(person))
        .select((
            campuses::id,
            campus_staff::role,
            campuses::require_second_factor,
            campuses::closed_at,
        ))
        .load(conn)?;
    let terms = |(campus, role, require_second_factor, closed_at): (Id, StaffRole, bool, Option<Instant>)| {
        let is_closed = closed_at.is_some();
        (
            campus,
            role,
            CampusTerms {
                require_second_factor,
                is_closed,
            },
        )
    };
    Ok(rows.into_iter().map(terms).collect())
}

/// The campuses that are open and for whose students somebody cares, and since when.
pub fn cared_for(conn: &mut Conn, person: Id) -> Result<Vec<(Id, Instant)>> {
    Ok(pastoral_carers::table
        .inner_join(campuses::table.on(campuses::id.eq(pastoral_carers::campus_id)))
        .filter(pastoral_carers::person_id.eq(person))
        .filter(campuses::closed_at.is_null())
        .select((campuses::id, pastoral_carers::created_at))
        .load(conn)?)
}

/// Where somebody studies or studied: cohort and campus.
pub fn studied(conn: &mut Conn, person: Id) -> Result<Vec<(EnrolmentStatus, Id, Id)>> {
    Ok(enrolments::table
        .inner_join(cohorts::table)
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.ne(EnrolmentStatus::Withdrawn))
        .select((enrolments::status, cohorts::id, cohorts::campus_id))
        .load(conn)?)
}

/// The campuses that take alumni of these as mentors, besides themselves.
pub fn hosts(conn: &mut Conn, of: &[Id]) -> Result<Vec<Id>> {
    Ok(sources::table
        .filter(sources::source_id.among(of.to_vec()))
        .select(sources::campus_id)
        .distinct()
        .load(conn)?)
}

/// A place as a mentor: its status and whether it is in office hours, its cohort and campus, its week and the clocks that it is
/// seen by.
pub type Mentored = ((SignUpStatus, bool), (Id, Id), (NaiveDate, NaiveDate), TimeZone);

/// The places that somebody has or had as a mentor.
pub fn mentored(conn: &mut Conn, person: Id) -> Result<Vec<Mentored>> {
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    Ok(sign_ups::table
        .inner_join(mentor_slots::table.inner_join(weeks::table.on(of_week)))
        .inner_join(cohorts::table.on(cohorts::id.eq(mentor_slots::cohort_id)))
        .inner_join(campuses::table.on(campuses::id.eq(cohorts::campus_id)))
        .filter(sign_ups::person_id.eq(person))
        .filter(sign_ups::status.ne(SignUpStatus::Cancelled))
        .select((
            (sign_ups::status, mentor_slots::booking_minutes.is_not_null()),
            (cohorts::id, cohorts::campus_id),
            (weeks::starts_on, weeks::ends_on),
            campuses::time_zone,
        ))
        .load(conn)?)
}

/// Deletes some of what is noted of events that are gone. Returns how much.
pub fn delete_old(conn: &mut Conn) -> Result<usize> {
    let first: Option<i64> = events::table.select(diesel::dsl::min(events::position)).first(conn)?;
    let Some(first) = first else {
        return Ok(0);
    };
    let old: Vec<i64> = event_channels::table
        .filter(event_channels::position.lt(first))
        .order(event_channels::position)
        .select(event_channels::position)
        .limit(SWEPT)
        .load(conn)?;
    let Some(last) = old.last() else {
        return Ok(0);
    };
    Ok(diesel::delete(event_channels::table.filter(event_channels::position.le(last))).execute(conn)?)
}

/// Which of these sessions and API tokens are good now.
pub fn live(conn: &mut Conn, ids: &[Id], now: Instant) -> Result<Vec<Id>> {
    let mut live: Vec<Id> = sessions::table
        .inner_join(people::table)
        .filter(sessions::id.among(ids.to_vec()))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .filter(people::disabled_at.is_null())
        .select(sessions::id)
        .load(conn)?;
    let tokens: Vec<Id> = api_tokens::table
        .inner_join(people::table)
        .filter(api_tokens::id.among(ids.to_vec()))
        .filter(api_tokens::expires_on.ge(now.date()))
        .filter(people::disabled_at.is_null())
        .select(api_tokens::id)
        .load(conn)?;
    live.extend(tokens);
    Ok(live)
}
