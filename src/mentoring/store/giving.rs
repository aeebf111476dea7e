//! Queries on notes for the next week, and on what mentors have given.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    accounts::model::PersonCard,
    authz::SignedIn,
    campuses::events as campus_events,
    cohorts::model::Week,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{campuses, cohorts, hand_overs, mentor_slots, mentor_thanks, people, sign_ups, weeks},
    },
    error::Result,
    mentoring::{
        HandOverWriter, events,
        model::{Giving, HandOver, SignUpStatus, Slot},
    },
    outbox::Audience,
    primitives::{Id, Instant, Line, time::TimeZone},
};

/// The note of a week, by the week's id.
pub fn hand_over(conn: &mut Conn, week: Id) -> Result<Option<HandOver>> {
    Ok(hand_overs::table
        .find(week)
        .select(HandOver::as_select())
        .first(conn)
        .optional()?)
}

/// Puts a note in place of the one there was.
pub fn replace_hand_over(conn: &mut Conn, _: &HandOverWriter, week: &Week, note: &HandOver) -> Result<()> {
    diesel::delete(hand_overs::table.find(note.week_id)).execute(conn)?;
    diesel::insert_into(hand_overs::table).values(note).execute(conn)?;
    let mentors: Vec<Id> = sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(mentor_slots::cohort_id.eq(note.cohort_id))
        .filter(sign_ups::status.among([SignUpStatus::Confirmed, SignUpStatus::Attended]))
        .select(sign_ups::person_id)
        .distinct()
        .load(conn)?;
    let readers = [Audience::Staff]
        .into_iter()
        .chain(mentors.into_iter().map(Audience::Person));
    events::hand_over(note, week.number, readers.collect()).updated(conn)
}

/// Everything somebody has, had or promised as a mentor, by campus.
pub fn givings(conn: &mut Conn, person: Id) -> Result<Vec<Giving>> {
    type Row = (SignUpStatus, Slot, Week, (Id, Line, TimeZone));
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    let rows: Vec<Row> = sign_ups::table
        .inner_join(mentor_slots::table.inner_join(cohorts::table.inner_join(campuses::table)))
        .inner_join(weeks::table.on(of_week))
        .filter(sign_ups::person_id.eq(person))
        .filter(sign_ups::status.ne(SignUpStatus::Cancelled))
        .order((campuses::name, campuses::id, sign_ups::id))
        .select((
            sign_ups::status,
            Slot::as_select(),
            Week::as_select(),
            (campuses::id, campuses::name, campuses::time_zone),
        ))
        .load(conn)?;
    let giving = |(status, slot, week, (campus, campus_name, zone)): Row| Giving {
        status,
        slot,
        week,
        campus,
        campus_name,
        zone,
    };
    Ok(rows.into_iter().map(giving).collect())
}

/// The campuses that may thank somebody in public.
pub fn thanked_at(conn: &mut Conn, person: Id) -> Result<Vec<Id>> {
    Ok(mentor_thanks::table
        .filter(mentor_thanks::person_id.eq(person))
        .select(mentor_thanks::campus_id)
        .load(conn)?)
}

/// Notes that the campus may thank somebody in public, or no longer.
pub fn set_thanked(conn: &mut Conn, proof: &SignedIn, campus: Id, agrees: bool, now: Instant) -> Result<()> {
    let row = mentor_thanks::table.find((campus, proof.person()));
    let known: i64 = row.count().get_result(conn)?;
    match (agrees, known) {
        (true, 0) => {
            diesel::insert_into(mentor_thanks::table)
                .values((
                    mentor_thanks::campus_id.eq(campus),
                    mentor_thanks::person_id.eq(proof.person()),
                    mentor_thanks::created_at.eq(now),
                ))
                .execute(conn)?;
        }
        (false, 1..) => {
            diesel::delete(row).execute(conn)?;
        }
        _ => return Ok(()),
    }
    campus_events::thanks(campus, proof.person(), has_come(conn, campus, proof.person())?).updated(conn)
}

/// Whether somebody came to a campus as a mentor at least once; only then are they among those it thanks.
fn has_come(conn: &mut Conn, campus: Id, person: Id) -> Result<bool> {
    let came: i64 = sign_ups::table
        .inner_join(mentor_slots::table.inner_join(cohorts::table))
        .filter(cohorts::campus_id.eq(campus))
        .filter(sign_ups::person_id.eq(person))
        .filter(sign_ups::status.eq(SignUpStatus::Attended))
        .count()
        .get_result(conn)?;
    Ok(came > 0)
}

/// A week in which somebody came: its cohort, its number, and its first day.
pub type WeekCame = (Id, i32, NaiveDate);

/// Up to `limit` people behind another who agreed to be thanked and came at least once, by their id, with the weeks in
/// which they came.
pub fn thanked(conn: &mut Conn, campus: Id, after: Option<Id>, limit: i64) -> Result<Vec<(PersonCard, Vec<WeekCame>)>> {
    let came = sign_ups::table
        .inner_join(mentor_slots::table.inner_join(cohorts::table))
        .filter(cohorts::campus_id.eq(campus))
        .filter(sign_ups::status.eq(SignUpStatus::Attended))
        .select(sign_ups::person_id);
    let mut query = mentor_thanks::table
        .inner_join(people::table)
        .filter(mentor_thanks::campus_id.eq(campus))
        .filter(mentor_thanks::person_id.eq_any(came))
        .order(mentor_thanks::person_id)
        .limit(limit)
        .select(PersonCard::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(mentor_thanks::person_id.gt(after));
    }
    let cards: Vec<PersonCard> = query.load(conn)?;
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    let weeks: Vec<(Id, WeekCame)> = sign_ups::table
        .inner_join(mentor_slots::table.inner_join(cohorts::table))
        .inner_join(weeks::table.on(of_week))
        .filter(cohorts::campus_id.eq(campus))
        .filter(sign_ups::status.eq(SignUpStatus::Attended))
        .filter(sign_ups::person_id.among(cards.iter().map(|card| card.id)))
        .order(weeks::starts_on)
        .select((
            sign_ups::person_id,
            (mentor_slots::cohort_id, mentor_slots::week_number, weeks::starts_on),
        ))
        .load(conn)?;
    let with_weeks = |card: PersonCard| {
        let own = weeks.iter().filter(|(person, _)| *person == card.id);
        let own = own.map(|(_, week)| *week).collect();
        (card, own)
    };
    Ok(cards.into_iter().map(with_weeks).collect())
}
