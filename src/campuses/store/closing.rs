//! Queries on campuses that close.

use diesel::prelude::*;

use crate::{
    campuses::{
        CampusKeeper,
        model::{Campus, MemberStatus},
    },
    db::{
        Conn,
        schema::{campus_members, campus_staff, campuses},
    },
    error::Result,
    primitives::{Id, Instant},
};

/// Closes the campus, or opens it again.
pub fn set_closed(conn: &mut Conn, proof: &CampusKeeper, campus: &Campus) -> Result<()> {
    diesel::update(campuses::table.find(proof.campus()))
        .set((
            campuses::closed_at.eq(campus.closed_at),
            campuses::version.eq(campus.version),
            campuses::updated_at.eq(campus.updated_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Who has joined the campus.
pub fn member_ids(conn: &mut Conn, campus: Id) -> Result<Vec<Id>> {
    Ok(campus_members::table
        .filter(campus_members::campus_id.eq(campus))
        .filter(campus_members::status.eq(MemberStatus::Member))
        .order(campus_members::person_id)
        .select(campus_members::person_id)
        .load(conn)?)
}

/// Nobody is on the staff any more of campuses that have been closed since `then`. Returns how many were.
pub fn forget_former_staff(conn: &mut Conn, then: Instant) -> Result<usize> {
    let closed = campuses::table
        .filter(campuses::closed_at.lt(then))
        .select(campuses::id);
    let staff = campus_staff::table.filter(campus_staff::campus_id.eq_any(closed));
    Ok(diesel::delete(staff).execute(conn)?)
}
