//! Queries on campuses.

mod closing;
mod members;
mod staff;
mod staff_invitations;
mod viewers;

pub use closing::{forget_former_staff, member_ids, set_closed};
pub use members::{
    admit, graduate_ids, join, leave, leave_everywhere, member_status, members, remove_member, removed_at,
};
pub use staff::{
    acting_among, acting_role, appoint, count_organised_by, dismiss, organised_by, staff, staff_ids, staff_role,
    staff_roles,
};
pub use staff_invitations::{
    accept_staff_invitation, invite_staff, invited_to_staff_by, revoke_staff_invitation, revoke_staff_invitations,
    staff_invitation, staff_invitation_by_token, staff_invitations, staff_invitations_by_since,
    staff_invitations_to_since,
};
pub use viewers::{members_among, viewer, viewer_from_elsewhere};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    authz::{Administrator, SignedIn, StaffRole},
    campuses::{
        CampusOrganiser, CampusStaff, events,
        model::{Campus, CampusSelection, DayOff, MemberStatus},
    },
    db::{
        Conn, dialect,
        dialect::AmongMethod as _,
        schema::{campus_alumni_sources, campus_days_off, campuses},
    },
    error::{Error, Result},
    on_both,
    primitives::{Id, Instant, Line},
};

/// A campus; everybody may see them.
///
/// # Errors
/// `404` if there is none.
pub fn campus(conn: &mut Conn, id: Id) -> Result<Campus> {
    Ok(on_both!(conn, |conn| campuses::table
        .find(id)
        .select(Campus::as_select())
        .first(conn))?)
}

/// Those of these campuses that there are.
pub fn campuses_among(conn: &mut Conn, ids: &[Id]) -> Result<Vec<Campus>> {
    Ok(campuses::table
        .filter(campuses::id.among(ids))
        .select(Campus::as_select())
        .load(conn)?)
}

/// Up to `limit` campuses, oldest first.
pub fn campuses(conn: &mut Conn, selection: &CampusSelection, limit: i64) -> Result<Vec<Campus>> {
    let mut query = campuses::table.select(Campus::as_select()).into_boxed();
    if let Some(slug) = &selection.slug {
        query = query.filter(campuses::slug.eq(slug));
    }
    if let Some(country) = &selection.country {
        query = query.filter(campuses::country.eq(country));
    }
    query = match selection.is_closed {
        None => query,
        Some(true) => query.filter(campuses::closed_at.is_not_null()),
        Some(false) => query.filter(campuses::closed_at.is_null()),
    };
    if let Some(after) = selection.after {
        query = query.filter(campuses::id.gt(after));
    }
    Ok(query.order(campuses::id).limit(limit).load(conn)?)
}

/// Opens a campus with its first member and organiser.
///
/// # Errors
/// `409 slug_taken`.
pub fn insert(conn: &mut Conn, opener: &SignedIn, campus: &Campus) -> Result<()> {
    let inserted = conn.savepoint(|conn| diesel::insert_into(campuses::table).values(campus).execute(conn));
    inserted.map_err(slug_taken)?;
    events::campus(campus.id).created(conn)?;
    members::set_member(
        conn,
        campus.id,
        opener.person(),
        MemberStatus::Member,
        campus.created_at,
    )?;
    staff::set_staff(
        conn,
        campus.id,
        opener.person(),
        StaffRole::Organiser,
        campus.created_at,
    )
}

/// Changes the campus to what is given.
///
/// # Errors
/// `409 slug_taken`.
pub fn update(conn: &mut Conn, proof: &CampusOrganiser, campus: &Campus) -> Result<()> {
    let row = campuses::table.find(proof.campus());
    let updated = conn.savepoint(|conn| diesel::update(row).set(campus).execute(conn));
    updated.map_err(slug_taken)?;
    events::campus(campus.id).updated(conn)
}

fn slug_taken(error: diesel::result::Error) -> Error {
    match dialect::violated(&error).as_deref() {
        Some("campuses_slug_key") => Error::slug_taken(),
        _ => error.into(),
    }
}

/// Notes since when a campus is approved, or that it no longer is. Nothing changes if that is known.
pub fn set_approval(
    conn: &mut Conn,
    _proof: &Administrator,
    campus: &Campus,
    is_approved: bool,
    now: Instant,
) -> Result<()> {
    if campus.approved_at.is_some() == is_approved {
        return Ok(());
    }
    diesel::update(campuses::table.find(campus.id))
        .set((
            campuses::approved_at.eq(is_approved.then_some(now)),
            campuses::version.eq(campuses::version + 1),
            campuses::updated_at.eq(now),
        ))
        .execute(conn)?;
    events::campus(campus.id).updated(conn)
}

/// The other campuses whose alumni it takes as mentors, by name.
pub fn alumni_sources(conn: &mut Conn, campus: Id) -> Result<Vec<Campus>> {
    let sources = campus_alumni_sources::table
        .filter(campus_alumni_sources::campus_id.eq(campus))
        .select(campus_alumni_sources::source_id);
    Ok(campuses::table
        .filter(campuses::id.eq_any(sources))
        .order((campuses::name, campuses::id))
        .select(Campus::as_select())
        .load(conn)?)
}

/// Takes the alumni of another campus as mentors from now on.
pub fn admit_alumni(conn: &mut Conn, proof: &CampusOrganiser, source: Id) -> Result<()> {
    diesel::delete(campus_alumni_sources::table.find((proof.campus(), source))).execute(conn)?;
    diesel::insert_into(campus_alumni_sources::table)
        .values((
            campus_alumni_sources::campus_id.eq(proof.campus()),
            campus_alumni_sources::source_id.eq(source),
        ))
        .execute(conn)?;
    events::campus(proof.campus()).updated(conn)
}

/// Takes them no longer. Places that they have stay theirs.
pub fn refuse_alumni(conn: &mut Conn, proof: &CampusOrganiser, source: Id) -> Result<()> {
    diesel::delete(campus_alumni_sources::table.find((proof.campus(), source))).execute(conn)?;
    events::campus(proof.campus()).updated(conn)
}

/// Its days off, in order.
pub fn days_off(conn: &mut Conn, campus: Id) -> Result<Vec<DayOff>> {
    Ok(campus_days_off::table
        .filter(campus_days_off::campus_id.eq(campus))
        .order(campus_days_off::day)
        .select(DayOff::as_select())
        .load(conn)?)
}

/// Makes a date a day off, or gives it another name.
pub fn set_day_off(conn: &mut Conn, proof: &CampusStaff, day: NaiveDate, name: &Line) -> Result<()> {
    diesel::delete(campus_days_off::table.find((proof.campus(), day))).execute(conn)?;
    diesel::insert_into(campus_days_off::table)
        .values(DayOff {
            campus_id: proof.campus(),
            day,
            name: name.clone(),
        })
        .execute(conn)?;
    events::campus(proof.campus()).updated(conn)
}

/// Makes a date an ordinary day again. `false` if it was one.
pub fn remove_day_off(conn: &mut Conn, proof: &CampusStaff, day: NaiveDate) -> Result<bool> {
    let removed = diesel::delete(campus_days_off::table.find((proof.campus(), day))).execute(conn)?;
    events::campus(proof.campus()).updated(conn)?;
    Ok(removed == 1)
}
