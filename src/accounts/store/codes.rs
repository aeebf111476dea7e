//! Queries on mailed codes.

use diesel::prelude::*;

use crate::{
    accounts::model::{CodePurpose, MailedCode},
    db::{Conn, SWEPT, dialect::AmongMethod as _, schema::mailed_codes as codes},
    error::Result,
    on_both,
    primitives::{Email, Id, Instant, Language, Line},
};

/// A code that is of no use any more, without what it held.
#[derive(AsChangeset)]
#[diesel(table_name = codes, treat_none_as_null = true)]
struct Voided {
    voided_at: Option<Instant>,
    name: Option<Line>,
    password_hash: Option<String>,
    language: Option<Language>,
}

impl Voided {
    fn at(now: Instant) -> Self {
        Self {
            voided_at: Some(now),
            name: None,
            password_hash: None,
            language: None,
        }
    }
}

/// Stores a code.
pub fn insert_code(conn: &mut Conn, code: &MailedCode) -> Result<()> {
    on_both!(conn, |conn| diesel::insert_into(codes::table)
        .values(code)
        .execute(conn))?;
    Ok(())
}

/// A code, by its id, unless it was used or has been swept.
pub fn find_code(conn: &mut Conn, id: Id) -> Result<Option<MailedCode>> {
    Ok(codes::table
        .find(id)
        .select(MailedCode::as_select())
        .first(conn)
        .optional()?)
}

/// The code with this hash, if it is for one of these purposes and can be used now.
pub fn current_code(conn: &mut Conn, hash: &str, purposes: &[CodePurpose], now: Instant) -> Result<Option<MailedCode>> {
    Ok(codes::table
        .filter(codes::code_hash.eq(hash))
        .filter(codes::purpose.among(purposes.to_vec()))
        .filter(codes::expires_at.gt(now))
        .filter(codes::confirmed_at.is_null())
        .filter(codes::voided_at.is_null())
        .select(MailedCode::as_select())
        .first(conn)
        .optional()?)
}

/// How many codes for this purpose were made for an address since `then`.
pub fn codes_since(conn: &mut Conn, email: &Email, purpose: CodePurpose, then: Instant) -> Result<i64> {
    Ok(codes::table
        .filter(codes::email.eq(email))
        .filter(codes::purpose.eq(purpose))
        .filter(codes::created_at.gt(then))
        .count()
        .get_result(conn)?)
}

/// How many codes for this purpose an address has that can be used now.
pub fn count_current_codes(conn: &mut Conn, email: &Email, purpose: CodePurpose, now: Instant) -> Result<i64> {
    Ok(codes::table
        .filter(codes::email.eq(email))
        .filter(codes::purpose.eq(purpose))
        .filter(codes::expires_at.gt(now))
        .filter(codes::voided_at.is_null())
        .count()
        .get_result(conn)?)
}

/// How many codes a person has asked for since `then`, to whatever address.
pub fn codes_of_since(conn: &mut Conn, person: Id, then: Instant) -> Result<i64> {
    Ok(codes::table
        .filter(codes::person_id.eq(person))
        .filter(codes::created_at.gt(then))
        .count()
        .get_result(conn)?)
}

/// The codes that a person's change of address takes.
pub fn change_codes(conn: &mut Conn, person: Id, now: Instant) -> Result<Vec<MailedCode>> {
    Ok(codes::table
        .filter(codes::person_id.eq(person))
        .filter(codes::purpose.among(vec![CodePurpose::EmailChange, CodePurpose::EmailChangeConsent]))
        .filter(codes::expires_at.gt(now))
        .filter(codes::voided_at.is_null())
        .order(codes::id)
        .select(MailedCode::as_select())
        .load(conn)?)
}

/// Notes that a code was sent back.
pub fn confirm_code(conn: &mut Conn, id: Id, now: Instant) -> Result<()> {
    diesel::update(codes::table.find(id))
        .set(codes::confirmed_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Makes these codes of a person useless, whatever the time: a request that began before must not use them any more. They
/// stay for a while, without what they held, so that those who ask again and again are counted.
pub fn void_codes_of(conn: &mut Conn, person: Id, purposes: &[CodePurpose], now: Instant) -> Result<()> {
    diesel::update(
        codes::table
            .filter(codes::person_id.eq(person))
            .filter(codes::purpose.among(purposes.to_vec()))
            .filter(codes::voided_at.is_null()),
    )
    .set(Voided::at(now))
    .execute(conn)?;
    Ok(())
}

/// The same for the codes that were sent to an address.
pub fn void_codes_to(conn: &mut Conn, email: &Email, purposes: &[CodePurpose], now: Instant) -> Result<()> {
    diesel::update(
        codes::table
            .filter(codes::email.eq(email))
            .filter(codes::purpose.among(purposes.to_vec()))
            .filter(codes::voided_at.is_null()),
    )
    .set(Voided::at(now))
    .execute(conn)?;
    Ok(())
}

/// Removes some of the codes that expired before `then`. Returns how many.
pub fn forget_codes(conn: &mut Conn, then: Instant) -> Result<usize> {
    let old = codes::table.filter(codes::expires_at.le(then));
    let some: Vec<Id> = old.select(codes::id).limit(SWEPT).load(conn)?;
    Ok(diesel::delete(codes::table.filter(codes::id.eq_any(some))).execute(conn)?)
}

/// Says whose account a code has opened, so that it is known as theirs.
pub fn assign_code(conn: &mut Conn, id: Id, person: Id) -> Result<()> {
    diesel::update(codes::table.find(id))
        .set(codes::person_id.eq(person))
        .execute(conn)?;
    Ok(())
}
