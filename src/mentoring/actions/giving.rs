//! Notes for the next week's mentors, what somebody has given, and thanks.

use std::collections::BTreeSet;

use super::super::{
    model::{Giving, HandOver},
    rules::{self, Amount},
    store,
};
use crate::{
    accounts, audit,
    authz::{Actor, SignedIn},
    campuses, cohorts,
    cohorts::model::Week,
    db::Conn,
    error::Result,
    mentoring::HandOverReader,
    primitives::{Id, IfMatch, Instant, Limit, Line, Page, Text},
    retros::{self, model::OwnedAction},
    teams::model::PersonName,
};

/// The note of a week, if there is one.
pub struct WeekHandOver {
    pub week: Week,
    pub note: Option<HandOver>,
    /// Who wrote it last.
    pub written_by: Option<PersonName>,
    /// What the cohort has still to do.
    pub open_actions: Vec<OwnedAction>,
}

/// What the mentors of a week tell those of the next.
pub fn hand_over(conn: &mut Conn, actor: &Actor, cohort: Id, number: i32) -> Result<WeekHandOver> {
    let (cohort, _) = HandOverReader::of(conn, actor, cohort, number)?;
    let week = cohorts::store::week(conn, cohort.id, number)?;
    let note = store::hand_over(conn, week.id)?;
    let author: Vec<Id> = note.iter().filter_map(|note| note.written_by).collect();
    let author = accounts::store::cards(conn, &author)?;
    Ok(WeekHandOver {
        week,
        note,
        written_by: author.first().map(PersonName::from),
        open_actions: retros::open_actions(conn, &cohort)?,
    })
}

/// Writes it, in place of what was there: whoever has not seen that is refused.
pub fn write_hand_over(
    conn: &mut Conn,
    actor: &Actor,
    (cohort, number): (Id, i32),
    text: &Text,
    seen: IfMatch,
    now: Instant,
) -> Result<WeekHandOver> {
    let (cohort, reader) = HandOverReader::of(conn, actor, cohort, number)?;
    let week = cohorts::store::week(conn, cohort.id, number)?;
    let writer = reader.writer()?;
    let before = store::hand_over(conn, week.id)?;
    match &before {
        Some(before) => seen.require(before.version)?,
        None => seen.check(0)?,
    }
    let note = HandOver {
        week_id: week.id,
        cohort_id: cohort.id,
        text: text.clone(),
        written_by: Some(writer.person()),
        version: before.as_ref().map_or(1, |before| before.version + 1),
        created_at: before.as_ref().map_or(now, |before| before.created_at),
        updated_at: now,
    };
    match &before {
        Some(before) if before.text == note.text => return hand_over(conn, actor, cohort.id, number),
        Some(before) => audit::changed(before, &note),
        None => {}
    }
    store::replace_hand_over(conn, &writer, &week, &note)?;
    hand_over(conn, actor, cohort.id, number)
}

/// What somebody has given and promised, in all and at each campus.
pub struct GivingBack {
    pub given: Amount,
    pub pledged: Amount,
    pub campuses: Vec<GivenAtCampus>,
}

/// The same at one campus.
pub struct GivenAtCampus {
    pub campus: Id,
    pub name: Line,
    pub given: Amount,
    pub pledged: Amount,
    /// Whether it may thank them in public.
    pub is_thanked: bool,
}

pub fn giving_back(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<GivingBack> {
    let person = SignedIn::prove(actor)?.person();
    let (all, thanked) = (store::givings(conn, person)?, store::thanked_at(conn, person)?);
    let (given, pledged) = rules::given_and_pledged(&all, now);
    let mut campuses: Vec<GivenAtCampus> = Vec::new();
    for of_campus in all.chunk_by(|one: &Giving, other: &Giving| one.campus == other.campus) {
        let Some(first) = of_campus.first() else {
            continue;
        };
        let (given, pledged) = rules::given_and_pledged(of_campus, now);
        campuses.push(GivenAtCampus {
            campus: first.campus,
            name: first.campus_name.clone(),
            given,
            pledged,
            is_thanked: thanked.contains(&first.campus),
        });
    }
    Ok(GivingBack {
        given,
        pledged,
        campuses,
    })
}

/// In how many weeks somebody has mentored.
pub fn weeks_mentored(conn: &mut Conn, person: Id, now: Instant) -> Result<usize> {
    let (given, _) = rules::given_and_pledged(&store::givings(conn, person)?, now);
    Ok(given.weeks())
}

/// Lets a campus thank the caller in public, or no longer.
pub fn set_thanked(conn: &mut Conn, actor: &Actor, campus: Id, agrees: bool, now: Instant) -> Result<()> {
    let proof = SignedIn::prove(actor)?;
    let campus = campuses::store::campus(conn, campus)?;
    audit::at_campus(campus.id);
    store::set_thanked(conn, &proof, campus.id, agrees, now)
}

/// Somebody who is thanked.
pub struct Thanked {
    pub person: PersonName,
    /// In how many weeks they came.
    pub weeks: usize,
    /// The first day of the first of them.
    pub since: Option<chrono::NaiveDate>,
}

/// Those who agreed to be thanked, and came.
pub fn thanks(conn: &mut Conn, campus: Id, limit: Limit, after: Option<Id>) -> Result<Page<Thanked>> {
    let campus = campuses::store::campus(conn, campus)?;
    let found = store::thanked(conn, campus.id, after, limit.plus_one())?;
    let page = Page::of(found, limit, |(card, _)| card.id);
    Ok(page.map(|(card, weeks)| Thanked {
        person: PersonName::from(&card),
        since: weeks.first().map(|(.., starts_on)| *starts_on),
        weeks: weeks
            .iter()
            .map(|(cohort, week, _)| (cohort, week))
            .collect::<BTreeSet<_>>()
            .len(),
    }))
}
