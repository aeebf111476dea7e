//! Introductions of graduates to employers.

use diesel::prelude::*;

use super::contact_ids;
use crate::{
    authz::SignedIn,
    campuses::CampusStaff,
    careers::{
        events::{IntroductionChange, IntroductionEvent},
        model::{Employer, Introduction, Party, Role},
        proofs::{IntroductionKeeper, SeenEmployer},
    },
    db::{
        Conn,
        schema::{employer_roles as roles, employers, introductions},
    },
    error::Result,
    outbox,
    primitives::{Id, Instant},
};

/// An introduction, if there is one.
pub fn introduction(conn: &mut Conn, id: Id) -> Result<Option<Introduction>> {
    Ok(introductions::table
        .find(id)
        .select(Introduction::as_select())
        .first(conn)
        .optional()?)
}

/// The introduction of somebody for a role, if there is one: the latest, where two accounts with one each became one.
pub fn introduction_of(conn: &mut Conn, role: Id, person: Id) -> Result<Option<Introduction>> {
    Ok(introductions::table
        .filter(introductions::role_id.eq(role))
        .filter(introductions::person_id.eq(person))
        .order(introductions::id.desc())
        .select(Introduction::as_select())
        .first(conn)
        .optional()?)
}

/// How many there are for a role.
pub fn count_of_role(conn: &mut Conn, role: Id) -> Result<i64> {
    Ok(introductions::table
        .filter(introductions::role_id.eq(role))
        .count()
        .get_result(conn)?)
}

/// Up to `limit` for a role behind another, in the order in which they were asked for; for the employer those that a graduate has ever
/// agreed to.
pub fn introductions_of(
    conn: &mut Conn,
    proof: &SeenEmployer,
    role: Id,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<Introduction>> {
    let mut query = introductions::table
        .filter(introductions::employer_id.eq(proof.employer.id))
        .filter(introductions::role_id.eq(role))
        .order(introductions::id)
        .limit(limit)
        .select(Introduction::as_select())
        .into_boxed();
    if !proof.parties().contains(&Party::Staff) {
        query = query.filter(introductions::consented_at.is_not_null());
    }
    if let Some(after) = after {
        query = query.filter(introductions::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// Those of the caller, the latest first, with what they are about.
pub fn of_graduate(conn: &mut Conn, proof: &SignedIn) -> Result<Vec<(Introduction, Role, Employer)>> {
    Ok(introductions::table
        .inner_join(roles::table.inner_join(employers::table))
        .filter(introductions::person_id.eq(proof.person()))
        .order(introductions::id.desc())
        .select((Introduction::as_select(), Role::as_select(), Employer::as_select()))
        .load(conn)?)
}

/// Asks a graduate.
pub fn insert_introduction(conn: &mut Conn, proof: &CampusStaff, new: &Introduction) -> Result<()> {
    debug_assert_eq!(proof.campus(), new.campus_id, "the proof holds elsewhere");
    diesel::insert_into(introductions::table).values(new).execute(conn)?;
    tell(conn, IntroductionChange::Asked, new, proof.person(), new.created_at)
}

/// Changes one, and tells what happened.
pub fn update_introduction(
    conn: &mut Conn,
    proof: &IntroductionKeeper,
    introduction: &Introduction,
    change: IntroductionChange,
    now: Instant,
) -> Result<()> {
    debug_assert_eq!(proof.introduction(), introduction.id, "the proof holds elsewhere");
    diesel::update(introductions::table.find(introduction.id))
        .set(introduction)
        .execute(conn)?;
    tell(conn, change, introduction, proof.person(), now)
}

fn tell(conn: &mut Conn, change: IntroductionChange, introduction: &Introduction, by: Id, now: Instant) -> Result<()> {
    let contacts = contact_ids(conn, introduction.employer_id)?;
    let event = IntroductionEvent::of(change, introduction, &contacts);
    outbox::record(conn, &event, Some(by), now)
}
