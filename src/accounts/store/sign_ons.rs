//! Queries on accounts at identity providers, and on sign-ons that have begun.

use diesel::prelude::*;

use crate::{
    accounts::model::{SignOn, SignOnAttempt},
    db::{
        Conn, SWEPT,
        schema::{people, sign_on_attempts as attempts, sign_ons},
    },
    error::Result,
    primitives::{Email, Id, Instant},
};

/// Stores a sign-on that begins.
pub fn insert_attempt(conn: &mut Conn, attempt: &SignOnAttempt) -> Result<()> {
    diesel::insert_into(attempts::table).values(attempt).execute(conn)?;
    Ok(())
}

/// Takes the sign-on whose secret has this hash: nobody finds it again.
pub fn take_attempt(conn: &mut Conn, secret_hash: &str) -> Result<Option<SignOnAttempt>> {
    let attempt: Option<SignOnAttempt> = attempts::table
        .filter(attempts::secret_hash.eq(secret_hash))
        .select(SignOnAttempt::as_select())
        .first(conn)
        .optional()?;
    if let Some(attempt) = &attempt {
        diesel::delete(attempts::table.find(attempt.id)).execute(conn)?;
    }
    Ok(attempt)
}

/// Removes some of the sign-ons that were begun and not finished in time. Returns how many.
pub fn forget_attempts(conn: &mut Conn, now: Instant) -> Result<usize> {
    let over = attempts::table.filter(attempts::expires_at.le(now));
    let some: Vec<Id> = over.select(attempts::id).limit(SWEPT).load(conn)?;
    Ok(diesel::delete(attempts::table.filter(attempts::id.eq_any(some))).execute(conn)?)
}

/// Who has this account at a provider.
pub fn sign_on(conn: &mut Conn, provider: &str, subject: &str) -> Result<Option<SignOn>> {
    Ok(sign_ons::table
        .filter(sign_ons::provider.eq(provider))
        .filter(sign_ons::subject.eq(subject))
        .select(SignOn::as_select())
        .first(conn)
        .optional()?)
}

/// What a person logs in with, the oldest first.
pub fn sign_ons(conn: &mut Conn, person: Id) -> Result<Vec<SignOn>> {
    Ok(sign_ons::table
        .filter(sign_ons::person_id.eq(person))
        .order(sign_ons::id)
        .select(SignOn::as_select())
        .load(conn)?)
}

/// Lets a person log in with an account at a provider.
pub fn insert_sign_on(conn: &mut Conn, sign_on: &SignOn) -> Result<()> {
    diesel::insert_into(sign_ons::table).values(sign_on).execute(conn)?;
    Ok(())
}

/// Notes that it was used.
pub fn use_sign_on(conn: &mut Conn, id: Id, email: Option<&Email>, now: Instant) -> Result<()> {
    diesel::update(sign_ons::table.find(id))
        .set((sign_ons::email.eq(email), sign_ons::last_used_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Takes one of them away.
pub fn delete_sign_on(conn: &mut Conn, id: Id) -> Result<()> {
    diesel::delete(sign_ons::table.find(id)).execute(conn)?;
    Ok(())
}

/// Takes away whatever a person logs in with elsewhere, also what they have begun to link or to log in with.
pub fn delete_sign_ons_of(conn: &mut Conn, person: Id) -> Result<()> {
    for sign_on in self::sign_ons(conn, person)? {
        diesel::delete(attempts::table.filter(attempts::subject.eq(sign_on.subject))).execute(conn)?;
    }
    let address: Option<Option<Email>> = people::table
        .find(person)
        .select(people::email)
        .first(conn)
        .optional()?;
    if let Some(address) = address.flatten() {
        diesel::delete(attempts::table.filter(attempts::email.eq(address))).execute(conn)?;
    }
    diesel::delete(sign_ons::table.filter(sign_ons::person_id.eq(person))).execute(conn)?;
    diesel::delete(attempts::table.filter(attempts::person_id.eq(person))).execute(conn)?;
    Ok(())
}
