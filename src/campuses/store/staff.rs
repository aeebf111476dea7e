//! Who is on the staff of a campus.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    accounts::model::PersonCard,
    authz::StaffRole,
    campuses::{CampusOrganiser, events, model::Appointment},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{campus_staff, campuses, people},
    },
    error::Result,
    primitives::{Id, Instant, Line},
};

/// The staff of the campus, organisers first.
pub fn staff(conn: &mut Conn, campus: Id) -> Result<Vec<Appointment>> {
    Ok(campus_staff::table
        .inner_join(people::table)
        .filter(campus_staff::campus_id.eq(campus))
        .order((campus_staff::role.desc(), people::name, people::id))
        .select((PersonCard::as_select(), campus_staff::role, campus_staff::created_at))
        .load(conn)?)
}

/// A person's role on the staff of the campus, if any.
pub fn staff_role(conn: &mut Conn, campus: Id, person: Id) -> Result<Option<StaffRole>> {
    Ok(campus_staff::table
        .find((campus, person))
        .select(campus_staff::role)
        .first(conn)
        .optional()?)
}

/// What each of these people acts as for the campus: whoever runs the service as its organiser, and nobody whose account is
/// disabled.
pub fn acting_among(conn: &mut Conn, campus: Id, people: &[Id]) -> Result<HashMap<Id, StaffRole>> {
    let accounts: Vec<(Id, bool)> = people::table
        .filter(people::id.among(people))
        .filter(people::disabled_at.is_null())
        .select((people::id, people::is_admin))
        .load(conn)?;
    let staff: HashMap<Id, StaffRole> = staff_roles(conn, campus)?.into_iter().collect();
    let role = |(person, is_admin): (Id, bool)| match is_admin {
        true => Some((person, StaffRole::Organiser)),
        false => staff.get(&person).map(|role| (person, *role)),
    };
    Ok(accounts.into_iter().filter_map(role).collect())
}

/// What somebody acts as for the campus.
pub fn acting_role(conn: &mut Conn, campus: Id, person: Id) -> Result<Option<StaffRole>> {
    Ok(acting_among(conn, campus, &[person])?.remove(&person))
}

/// The open campuses that somebody organises, with their names.
pub fn organised_by(conn: &mut Conn, person: Id) -> Result<Vec<(Id, Line)>> {
    Ok(campus_staff::table
        .inner_join(campuses::table)
        .filter(campus_staff::person_id.eq(person))
        .filter(campus_staff::role.eq(StaffRole::Organiser))
        .filter(campuses::closed_at.is_null())
        .order(campuses::id)
        .select((campuses::id, campuses::name))
        .load(conn)?)
}

/// How many open campuses somebody organises.
pub fn count_organised_by(conn: &mut Conn, person: Id) -> Result<i64> {
    Ok(campus_staff::table
        .inner_join(campuses::table)
        .filter(campuses::closed_at.is_null())
        .filter(campus_staff::person_id.eq(person))
        .filter(campus_staff::role.eq(StaffRole::Organiser))
        .count()
        .get_result(conn)?)
}

/// Who is what on the staff of the campus.
pub fn staff_roles(conn: &mut Conn, campus: Id) -> Result<Vec<(Id, StaffRole)>> {
    Ok(campus_staff::table
        .filter(campus_staff::campus_id.eq(campus))
        .select((campus_staff::person_id, campus_staff::role))
        .load(conn)?)
}

/// Who is on the staff of the campus.
pub fn staff_ids(conn: &mut Conn, campus: Id) -> Result<Vec<Id>> {
    Ok(campus_staff::table
        .filter(campus_staff::campus_id.eq(campus))
        .select(campus_staff::person_id)
        .load(conn)?)
}

/// Appoints a member, or gives them another role.
pub fn appoint(conn: &mut Conn, proof: &CampusOrganiser, person: Id, role: StaffRole, now: Instant) -> Result<()> {
    unset_staff(conn, proof.campus(), person)?;
    set_staff(conn, proof.campus(), person, role, now)
}

pub(super) fn set_staff(conn: &mut Conn, campus: Id, person: Id, role: StaffRole, now: Instant) -> Result<()> {
    diesel::insert_into(campus_staff::table)
        .values((
            campus_staff::campus_id.eq(campus),
            campus_staff::person_id.eq(person),
            campus_staff::role.eq(role),
            campus_staff::created_at.eq(now),
        ))
        .execute(conn)?;
    events::staff(campus, person).updated(conn)
}

/// Somebody is no longer on the staff. They stay a member.
pub fn dismiss(conn: &mut Conn, proof: &CampusOrganiser, person: Id) -> Result<()> {
    unset_staff(conn, proof.campus(), person)?;
    events::staff(proof.campus(), person).deleted(conn)
}

pub(super) fn unset_staff(conn: &mut Conn, campus: Id, person: Id) -> Result<()> {
    diesel::delete(campus_staff::table.find((campus, person))).execute(conn)?;
    Ok(())
}
