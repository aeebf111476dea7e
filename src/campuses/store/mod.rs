//! Queries on campuses.

mod closing;
mod staff_invitations;
mod viewers;

pub use closing::{forget_former_staff, member_ids, set_closed};
pub use staff_invitations::{
    accept_staff_invitation, invite_staff, invited_to_staff_by, revoke_staff_invitation, revoke_staff_invitations,
    staff_invitation, staff_invitation_by_token, staff_invitations, staff_invitations_by_since,
    staff_invitations_to_since,
};
pub use viewers::{members_among, viewer, viewer_from_elsewhere};

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    authz::{Administrator, SignedIn, StaffRole},
    campuses::{
        CampusOrganiser, CampusStaff, events,
        model::{Appointment, Campus, CampusSelection, DayOff, Member, MemberStatus},
    },
    db::{
        Conn, dialect,
        dialect::AmongMethod as _,
        schema::{
            admission_panels, campus_alumni_sources, campus_days_off, campus_members, campus_removals, campus_staff,
            campuses, cohorts, pastoral_carers, people,
        },
    },
    error::{Error, Result},
    on_both,
    pastoral::events as pastoral_events,
    primitives::{Filter, Id, Instant, Line},
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
    set_member(
        conn,
        campus.id,
        opener.person(),
        MemberStatus::Member,
        campus.created_at,
    )?;
    set_staff(
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

/// How far a person has come in joining the campus, if at all.
pub fn member_status(conn: &mut Conn, campus: Id, person: Id) -> Result<Option<MemberStatus>> {
    Ok(campus_members::table
        .find((campus, person))
        .select(campus_members::status)
        .first(conn)
        .optional()?)
}

/// Up to `limit` people who joined the campus or asked to, in the order in which they did; those
/// after the one who did at `after`.
pub fn members(
    conn: &mut Conn,
    proof: &CampusStaff,
    filter: &Filter<MemberStatus>,
    after: Option<(Instant, Id)>,
    limit: i64,
) -> Result<Vec<Member>> {
    use campus_members as members;
    let mut query = members::table
        .inner_join(people::table)
        .filter(members::campus_id.eq(proof.campus()))
        .select(Member::as_select())
        .into_boxed();
    if let Some(states) = filter.states.clone() {
        query = query.filter(members::status.among(states));
    }
    if let Some(begins) = filter.period.begins() {
        query = query.filter(members::created_at.ge(begins));
    }
    if let Some(ends) = filter.period.ends() {
        query = query.filter(members::created_at.lt(ends));
    }
    if let Some((since, person)) = after {
        let same = members::created_at.eq(since).and(members::person_id.gt(person));
        query = query.filter(members::created_at.gt(since).or(same));
    }
    Ok(query
        .order((members::created_at, members::person_id))
        .limit(limit)
        .load(conn)?)
}

/// The caller becomes a member, or asks to become one.
pub fn join(conn: &mut Conn, proof: &SignedIn, campus: Id, status: MemberStatus, now: Instant) -> Result<()> {
    set_member(conn, campus, proof.person(), status, now)
}

/// When the staff removed somebody, or turned them down, if they have not admitted them since.
pub fn removed_at(conn: &mut Conn, campus: Id, person: Id) -> Result<Option<Instant>> {
    Ok(campus_removals::table
        .find((campus, person))
        .select(campus_removals::created_at)
        .first(conn)
        .optional()?)
}

/// Makes a member of somebody who asked to become one.
pub fn admit(conn: &mut Conn, proof: &CampusStaff, person: Id, now: Instant) -> Result<()> {
    forget_removal(conn, proof.campus(), person)?;
    set_member(conn, proof.campus(), person, MemberStatus::Member, now)
}

fn forget_removal(conn: &mut Conn, campus: Id, person: Id) -> Result<()> {
    diesel::delete(campus_removals::table.find((campus, person))).execute(conn)?;
    Ok(())
}

fn set_member(conn: &mut Conn, campus: Id, person: Id, status: MemberStatus, now: Instant) -> Result<()> {
    diesel::delete(campus_members::table.find((campus, person))).execute(conn)?;
    diesel::insert_into(campus_members::table)
        .values((
            campus_members::campus_id.eq(campus),
            campus_members::person_id.eq(person),
            campus_members::status.eq(status),
            campus_members::created_at.eq(now),
        ))
        .execute(conn)?;
    events::member(campus, person).updated(conn)
}

/// The caller is no longer a member, nor on the staff.
pub fn leave(conn: &mut Conn, proof: &SignedIn, campus: Id) -> Result<()> {
    if staff_role(conn, campus, proof.person())?.is_some() {
        unset_staff(conn, campus, proof.person())?;
        events::staff(campus, proof.person()).deleted(conn)?;
    }
    end_care(conn, campus, proof.person())?;
    diesel::delete(campus_members::table.find((campus, proof.person()))).execute(conn)?;
    events::member(campus, proof.person()).deleted(conn)
}

/// Whoever is no member any more is no pastoral carer either, of which the other carers are told.
fn end_care(conn: &mut Conn, campus: Id, person: Id) -> Result<()> {
    match diesel::delete(pastoral_carers::table.find((campus, person))).execute(conn)? {
        0 => Ok(()),
        _ => pastoral_events::carer(campus, person).deleted(conn),
    }
}

/// Somebody is no longer a member of any campus, nor on its staff.
pub fn leave_everywhere(conn: &mut Conn, person: Id) -> Result<()> {
    diesel::delete(campus_staff::table.filter(campus_staff::person_id.eq(person))).execute(conn)?;
    diesel::delete(campus_members::table.filter(campus_members::person_id.eq(person))).execute(conn)?;
    let cared_at: Vec<Id> = pastoral_carers::table
        .filter(pastoral_carers::person_id.eq(person))
        .order(pastoral_carers::campus_id)
        .select(pastoral_carers::campus_id)
        .load(conn)?;
    cared_at
        .into_iter()
        .try_for_each(|campus| end_care(conn, campus, person))
}

/// Somebody is no longer a member, or no longer asks to become one, and does not become one by themself. They care for nobody and
/// read no applications there any more.
pub fn remove_member(conn: &mut Conn, proof: &CampusStaff, person: Id, now: Instant) -> Result<()> {
    end_care(conn, proof.campus(), person)?;
    diesel::delete(campus_members::table.find((proof.campus(), person))).execute(conn)?;
    events::member(proof.campus(), person).deleted(conn)?;
    let there: Vec<Id> = cohorts::table
        .filter(cohorts::campus_id.eq(proof.campus()))
        .select(cohorts::id)
        .load(conn)?;
    let seats = admission_panels::table
        .filter(admission_panels::person_id.eq(person))
        .filter(admission_panels::cohort_id.among(there));
    diesel::delete(seats).execute(conn)?;
    forget_removal(conn, proof.campus(), person)?;
    diesel::insert_into(campus_removals::table)
        .values((
            campus_removals::campus_id.eq(proof.campus()),
            campus_removals::person_id.eq(person),
            campus_removals::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The staff of the campus, organisers first.
pub fn staff(conn: &mut Conn, campus: Id) -> Result<Vec<Appointment>> {
    Ok(campus_staff::table
        .inner_join(people::table)
        .filter(campus_staff::campus_id.eq(campus))
        .order((campus_staff::role.desc(), people::name, people::id))
        .select(Appointment::as_select())
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

/// Appoints a member, or gives them another role.
pub fn appoint(conn: &mut Conn, proof: &CampusOrganiser, person: Id, role: StaffRole, now: Instant) -> Result<()> {
    unset_staff(conn, proof.campus(), person)?;
    set_staff(conn, proof.campus(), person, role, now)
}

fn set_staff(conn: &mut Conn, campus: Id, person: Id, role: StaffRole, now: Instant) -> Result<()> {
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

fn unset_staff(conn: &mut Conn, campus: Id, person: Id) -> Result<()> {
    diesel::delete(campus_staff::table.find((campus, person))).execute(conn)?;
    Ok(())
}
