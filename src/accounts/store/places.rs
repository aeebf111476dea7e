//! What the places are called that somebody belongs to.

use diesel::prelude::*;

use crate::{
    db::{
        Conn,
        schema::{campus_members, campuses, cohorts, enrolments},
    },
    error::Result,
    primitives::Id,
};

/// So many places of a kind are looked at: nobody belongs to more.
const MOST: i64 = 50;

/// The names of the campuses that a person has joined, or asked to, and of the cohorts that they were enrolled in.
pub fn place_names(conn: &mut Conn, person: Id) -> Result<Vec<String>> {
    let joined: Vec<(String, String, String)> = campus_members::table
        .inner_join(campuses::table)
        .filter(campus_members::person_id.eq(person))
        .order(campuses::id.desc())
        .limit(MOST)
        .select((campuses::name, campuses::slug, campuses::city))
        .load(conn)?;
    let studied: Vec<(String, String)> = enrolments::table
        .inner_join(cohorts::table)
        .filter(enrolments::person_id.eq(person))
        .order(cohorts::id.desc())
        .limit(MOST)
        .select((cohorts::name, cohorts::slug))
        .load(conn)?;
    let joined = joined.into_iter().flat_map(|(name, slug, city)| [name, slug, city]);
    Ok(joined
        .chain(studied.into_iter().flat_map(|(name, slug)| [name, slug]))
        .collect())
}
