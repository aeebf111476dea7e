//! Employers and their contacts.

use diesel::prelude::*;

use crate::{
    accounts::model::PersonCard,
    authz::SignedIn,
    campuses::CampusStaff,
    careers::{events, model::Employer, proofs::EmployerKeeper},
    db::{
        Conn,
        schema::{campuses, employer_contacts as contacts, employers, people},
    },
    error::{Error, Result},
    primitives::{Id, Instant, Line},
};

/// An employer.
///
/// # Errors
/// `404` if there is none.
pub fn employer(conn: &mut Conn, id: Id) -> Result<Employer> {
    Ok(employers::table.find(id).select(Employer::as_select()).first(conn)?)
}

/// How many a campus has.
pub fn count(conn: &mut Conn, proof: &CampusStaff) -> Result<i64> {
    Ok(employers::table
        .filter(employers::campus_id.eq(proof.campus()))
        .count()
        .get_result(conn)?)
}

/// Up to `limit` of a campus behind another, in the order in which they were added.
pub fn page(conn: &mut Conn, proof: &CampusStaff, after: Option<Id>, limit: i64) -> Result<Vec<Employer>> {
    let mut query = employers::table
        .filter(employers::campus_id.eq(proof.campus()))
        .order(employers::id)
        .limit(limit)
        .select(Employer::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(employers::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// Those whose contact the caller is, the latest first, with the names of their campuses.
pub fn employers_of(conn: &mut Conn, proof: &SignedIn) -> Result<Vec<(Employer, Line)>> {
    Ok(contacts::table
        .inner_join(employers::table.inner_join(campuses::table))
        .filter(contacts::person_id.eq(proof.person()))
        .filter(contacts::left_at.is_null())
        .order(employers::id.desc())
        .select((Employer::as_select(), campuses::name))
        .load(conn)?)
}

/// Adds one.
pub fn insert(conn: &mut Conn, proof: &CampusStaff, new: &Employer) -> Result<()> {
    debug_assert_eq!(proof.campus(), new.campus_id, "the proof holds elsewhere");
    diesel::insert_into(employers::table).values(new).execute(conn)?;
    events::employer(new, &[]).created(conn)
}

/// Changes one.
pub fn update(conn: &mut Conn, proof: &CampusStaff, employer: &Employer) -> Result<()> {
    debug_assert_eq!(proof.campus(), employer.campus_id, "the proof holds elsewhere");
    diesel::update(employers::table.find(employer.id))
        .set(employer)
        .execute(conn)?;
    let all = contact_ids(conn, employer.id)?;
    events::employer(employer, &all).updated(conn)
}

/// The contacts of an employer, in the order in which they became it.
pub fn contacts(conn: &mut Conn, employer: Id) -> Result<Vec<PersonCard>> {
    Ok(contacts::table
        .inner_join(people::table)
        .filter(contacts::employer_id.eq(employer))
        .filter(contacts::left_at.is_null())
        .order((contacts::created_at, people::id))
        .select(PersonCard::as_select())
        .load(conn)?)
}

/// Who they are.
pub fn contact_ids(conn: &mut Conn, employer: Id) -> Result<Vec<Id>> {
    Ok(contacts::table
        .filter(contacts::employer_id.eq(employer))
        .filter(contacts::left_at.is_null())
        .order(contacts::person_id)
        .select(contacts::person_id)
        .load(conn)?)
}

/// Somebody acts for an employer from now on.
pub fn insert_contact(
    conn: &mut Conn,
    proof: &CampusStaff,
    employer: &Employer,
    person: Id,
    now: Instant,
) -> Result<()> {
    debug_assert_eq!(proof.campus(), employer.campus_id, "the proof holds elsewhere");
    // They may have acted for it before.
    diesel::delete(contacts::table.find((employer.id, person))).execute(conn)?;
    diesel::insert_into(contacts::table)
        .values((
            contacts::employer_id.eq(employer.id),
            contacts::person_id.eq(person),
            contacts::created_at.eq(now),
        ))
        .execute(conn)?;
    let all = contact_ids(conn, employer.id)?;
    events::contact(employer, person, &all).created(conn)
}

/// Somebody acts for an employer no longer. That they did stays known: it keeps them from applications of those who do.
///
/// # Errors
/// `404` if they did not.
pub fn end_contact(
    conn: &mut Conn,
    proof: &EmployerKeeper,
    employer: &Employer,
    person: Id,
    now: Instant,
) -> Result<()> {
    debug_assert_eq!(proof.employer(), employer.id, "the proof holds elsewhere");
    let acts = contacts::table
        .find((employer.id, person))
        .filter(contacts::left_at.is_null());
    if diesel::update(acts).set(contacts::left_at.eq(now)).execute(conn)? == 0 {
        return Err(Error::not_found());
    }
    let all = contact_ids(conn, employer.id)?;
    events::contact(employer, person, &all).deleted(conn)
}
