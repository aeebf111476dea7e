//! Queries on pastoral care.

mod notes;
mod walks;

pub use notes::{count, delete_note, delete_old, insert_note, notes, update_note};
pub use walks::{cohort_walks, delete_place, delete_walk, insert_place, places_in, replace_walk, walkers};

use diesel::prelude::*;

use super::{CarersReader, events, model::Carer};
use crate::{
    accounts::model::PersonCard,
    campuses::CampusOrganiser,
    db::{
        Conn,
        schema::{pastoral_carers as carers, people},
    },
    error::Result,
    primitives::{Id, Instant},
};

/// Who cares for the students of a campus, by their names.
pub fn carers(conn: &mut Conn, proof: &CarersReader) -> Result<Vec<Carer>> {
    Ok(carers::table
        .inner_join(people::table)
        .filter(carers::campus_id.eq(proof.campus()))
        .order((people::name, people::id))
        .select((PersonCard::as_select(), carers::created_at))
        .load(conn)?)
}

/// The ids of all carers of a campus.
pub fn carers_of(conn: &mut Conn, campus: Id) -> Result<Vec<Id>> {
    Ok(carers::table
        .filter(carers::campus_id.eq(campus))
        .order(carers::person_id)
        .select(carers::person_id)
        .load(conn)?)
}

/// Whether somebody is one of them.
pub fn is_carer(conn: &mut Conn, campus: Id, person: Id) -> Result<bool> {
    let found: Option<Id> = carers::table
        .find((campus, person))
        .select(carers::person_id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Names somebody.
pub fn insert_carer(conn: &mut Conn, proof: &CampusOrganiser, person: Id, now: Instant) -> Result<()> {
    diesel::insert_into(carers::table)
        .values((
            carers::campus_id.eq(proof.campus()),
            carers::person_id.eq(person),
            carers::created_at.eq(now),
        ))
        .execute(conn)?;
    events::carer(proof.campus(), person).updated(conn)
}

/// Somebody is no carer any more. What they wrote stays with the others.
pub fn delete_carer(conn: &mut Conn, proof: &CampusOrganiser, person: Id) -> Result<()> {
    diesel::delete(carers::table.find((proof.campus(), person))).execute(conn)?;
    events::carer(proof.campus(), person).deleted(conn)
}
