//! Who belongs to a campus.

use diesel::prelude::*;

use super::staff;
use crate::{
    accounts::model::PersonCard,
    authz::SignedIn,
    campuses::{
        CampusStaff, events,
        model::{Member, MemberStatus},
    },
    careers::{events as career_events, model::Employer},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            admission_panels, campus_members, campus_removals, campus_staff, cohorts, employer_contacts, employers,
            enrolments, pastoral_carers, people,
        },
    },
    error::Result,
    pastoral::events as pastoral_events,
    primitives::{Filter, Id, Instant},
    students::model::EnrolmentStatus,
};

/// How far a person has come in joining the campus, if at all.
pub fn member_status(conn: &mut Conn, campus: Id, person: Id) -> Result<Option<MemberStatus>> {
    Ok(campus_members::table
        .find((campus, person))
        .select(campus_members::status)
        .first(conn)
        .optional()?)
}

/// Those who graduated from a cohort of the campus and are members of it, whom its staff may turn to.
pub fn graduate_ids(conn: &mut Conn, campus: Id) -> Result<Vec<Id>> {
    let graduated = enrolments::table
        .inner_join(cohorts::table)
        .filter(enrolments::status.eq(EnrolmentStatus::Graduated))
        .filter(cohorts::campus_id.eq(campus))
        .select(enrolments::person_id);
    Ok(campus_members::table
        .filter(campus_members::campus_id.eq(campus))
        .filter(campus_members::status.eq(MemberStatus::Member))
        .filter(campus_members::person_id.eq_any(graduated))
        .order(campus_members::person_id)
        .select(campus_members::person_id)
        .load(conn)?)
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
        .select((
            PersonCard::as_select(),
            members::status,
            members::created_at,
            people::email_verified_at.is_not_null(),
        ))
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

pub(super) fn forget_removal(conn: &mut Conn, campus: Id, person: Id) -> Result<()> {
    diesel::delete(campus_removals::table.find((campus, person))).execute(conn)?;
    Ok(())
}

pub(super) fn set_member(conn: &mut Conn, campus: Id, person: Id, status: MemberStatus, now: Instant) -> Result<()> {
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
pub fn leave(conn: &mut Conn, proof: &SignedIn, campus: Id, now: Instant) -> Result<()> {
    if staff::staff_role(conn, campus, proof.person())?.is_some() {
        staff::unset_staff(conn, campus, proof.person())?;
        events::staff(campus, proof.person()).deleted(conn)?;
    }
    end_care(conn, campus, proof.person())?;
    end_contacts(conn, campus, proof.person(), now)?;
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

/// Whoever is no member any more acts for no employer there either.
fn end_contacts(conn: &mut Conn, campus: Id, person: Id, now: Instant) -> Result<()> {
    let acted_for: Vec<Employer> = employer_contacts::table
        .inner_join(employers::table)
        .filter(employer_contacts::person_id.eq(person))
        .filter(employer_contacts::left_at.is_null())
        .filter(employers::campus_id.eq(campus))
        .order(employers::id)
        .select(Employer::as_select())
        .load(conn)?;
    for employer in acted_for {
        diesel::update(employer_contacts::table.find((employer.id, person)))
            .set(employer_contacts::left_at.eq(now))
            .execute(conn)?;
        career_events::contact(&employer, person, &[]).deleted(conn)?;
    }
    Ok(())
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
    end_contacts(conn, proof.campus(), person, now)?;
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
