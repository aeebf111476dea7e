//! Queries on campuses.

use diesel::prelude::*;

use super::model::{Campus, DayOff, MemberStatus};
use crate::{
    authz::StaffRole,
    db::{
        Conn,
        schema::{campus_days_off, campus_members, campus_staff, campuses},
    },
    error::Result,
    primitives::Id,
};

/// A campus; everybody may see them.
///
/// # Errors
/// `404` if there is none.
pub fn campus(conn: &mut Conn, id: Id) -> Result<Campus> {
    Ok(campuses::table.find(id).select(Campus::as_select()).first(conn)?)
}

/// Its days off, in order.
///
/// # Errors
/// Only the database's.
pub fn days_off(conn: &mut Conn, campus: Id) -> Result<Vec<DayOff>> {
    Ok(campus_days_off::table
        .filter(campus_days_off::campus_id.eq(campus))
        .order(campus_days_off::day)
        .select(DayOff::as_select())
        .load(conn)?)
}

/// How far a person has come in joining the campus, if at all.
///
/// # Errors
/// Only the database's.
pub fn member_status(conn: &mut Conn, campus: Id, person: Id) -> Result<Option<MemberStatus>> {
    Ok(campus_members::table
        .find((campus, person))
        .select(campus_members::status)
        .first(conn)
        .optional()?)
}

/// A person's role on the staff of the campus, if any.
///
/// # Errors
/// Only the database's.
pub fn staff_role(conn: &mut Conn, campus: Id, person: Id) -> Result<Option<StaffRole>> {
    Ok(campus_staff::table
        .find((campus, person))
        .select(campus_staff::role)
        .first(conn)
        .optional()?)
}
