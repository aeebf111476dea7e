//! Queries on manuals.

use diesel::prelude::*;

use crate::{
    authz::SignedIn,
    db::{Conn, dialect::AmongMethod as _, schema::manuals},
    error::Result,
    primitives::Id,
    reflection::{events, model::Manual},
};

/// Somebody's manual, if they have written one.
pub fn manual(conn: &mut Conn, person: Id) -> Result<Option<Manual>> {
    Ok(manuals::table
        .find(person)
        .select(Manual::as_select())
        .first(conn)
        .optional()?)
}

/// Those of these people whose manual says something.
pub fn with_manuals(conn: &mut Conn, people: &[Id]) -> Result<Vec<Id>> {
    Ok(manuals::table
        .filter(manuals::person_id.among(people))
        .filter(
            (manuals::how_i_work.is_not_null())
                .or(manuals::how_i_like_feedback.is_not_null())
                .or(manuals::how_to_reach_me.is_not_null())
                .or(manuals::good_to_know.is_not_null()),
        )
        .select(manuals::person_id)
        .load(conn)?)
}

/// Puts one's own manual in place of what was, and tells those of these cohorts.
pub fn put_manual(conn: &mut Conn, proof: &SignedIn, manual: &Manual, cohorts: &[Id]) -> Result<()> {
    debug_assert_eq!(proof.person(), manual.person_id, "nobody writes for another");
    diesel::delete(manuals::table.find(proof.person())).execute(conn)?;
    diesel::insert_into(manuals::table).values(manual).execute(conn)?;
    for cohort in cohorts {
        events::manual(manual.person_id, Some(*cohort)).updated(conn)?;
    }
    events::manual(manual.person_id, None).updated(conn)
}
