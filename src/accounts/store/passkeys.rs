//! Queries on passkeys, and on what browsers have been asked to sign.

use diesel::prelude::*;

use crate::{
    accounts::model::{Passkey, PasskeyChallenge},
    db::{
        Conn, SWEPT,
        schema::{passkey_challenges as challenges, passkeys},
    },
    error::Result,
    primitives::{Id, Instant, Line},
};

/// Stores a challenge.
pub fn insert_passkey_challenge(conn: &mut Conn, challenge: &PasskeyChallenge) -> Result<()> {
    diesel::insert_into(challenges::table).values(challenge).execute(conn)?;
    Ok(())
}

/// Takes the challenge with this hash: nobody finds it again.
pub fn take_passkey_challenge(conn: &mut Conn, hash: &str) -> Result<Option<PasskeyChallenge>> {
    let challenge: Option<PasskeyChallenge> = challenges::table
        .filter(challenges::challenge_hash.eq(hash))
        .select(PasskeyChallenge::as_select())
        .first(conn)
        .optional()?;
    if let Some(challenge) = &challenge {
        diesel::delete(challenges::table.find(challenge.id)).execute(conn)?;
    }
    Ok(challenge)
}

/// Removes some of the challenges that nobody has answered in time. Returns how many.
pub fn forget_passkey_challenges(conn: &mut Conn, now: Instant) -> Result<usize> {
    let over = challenges::table.filter(challenges::expires_at.le(now));
    let some: Vec<Id> = over.select(challenges::id).limit(SWEPT).load(conn)?;
    Ok(diesel::delete(challenges::table.filter(challenges::id.eq_any(some))).execute(conn)?)
}

/// The passkey that an authenticator calls so.
pub fn passkey_by_credential(conn: &mut Conn, credential_id: &str) -> Result<Option<Passkey>> {
    Ok(passkeys::table
        .filter(passkeys::credential_id.eq(credential_id))
        .select(Passkey::as_select())
        .first(conn)
        .optional()?)
}

/// What a person logs in with, the oldest first.
pub fn passkeys(conn: &mut Conn, person: Id) -> Result<Vec<Passkey>> {
    Ok(passkeys::table
        .filter(passkeys::person_id.eq(person))
        .order(passkeys::id)
        .select(Passkey::as_select())
        .load(conn)?)
}

/// One of a person's.
///
/// # Errors
/// `404` if it is not theirs.
pub fn passkey(conn: &mut Conn, person: Id, id: Id) -> Result<Passkey> {
    Ok(passkeys::table
        .find(id)
        .filter(passkeys::person_id.eq(person))
        .select(Passkey::as_select())
        .first(conn)?)
}

/// Lets a person log in with a passkey.
pub fn insert_passkey(conn: &mut Conn, passkey: &Passkey) -> Result<()> {
    diesel::insert_into(passkeys::table).values(passkey).execute(conn)?;
    Ok(())
}

/// Notes that it was used.
pub fn use_passkey(conn: &mut Conn, id: Id, sign_count: i64, now: Instant) -> Result<()> {
    diesel::update(passkeys::table.find(id))
        .set((passkeys::sign_count.eq(sign_count), passkeys::last_used_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Gives a passkey another name.
pub fn rename_passkey(conn: &mut Conn, id: Id, name: &Line) -> Result<()> {
    diesel::update(passkeys::table.find(id))
        .set((passkeys::name.eq(name), passkeys::version.eq(passkeys::version + 1)))
        .execute(conn)?;
    Ok(())
}

/// Takes one of them away.
pub fn delete_passkey(conn: &mut Conn, id: Id) -> Result<()> {
    diesel::delete(passkeys::table.find(id)).execute(conn)?;
    Ok(())
}

/// Takes all of a person's away, also what they have begun.
pub fn delete_passkeys_of(conn: &mut Conn, person: Id) -> Result<()> {
    diesel::delete(passkeys::table.filter(passkeys::person_id.eq(person))).execute(conn)?;
    diesel::delete(challenges::table.filter(challenges::person_id.eq(person))).execute(conn)?;
    Ok(())
}
