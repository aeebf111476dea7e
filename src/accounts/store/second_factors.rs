//! Queries on second factors and their recovery codes.

use diesel::prelude::*;

use crate::{
    accounts::model::SecondFactor,
    db::{
        Conn,
        schema::{recovery_codes, second_factors},
    },
    error::Result,
    on_both,
    primitives::{Id, Instant},
};

/// The second factor of a person, confirmed or not.
pub fn second_factor(conn: &mut Conn, person: Id) -> Result<Option<SecondFactor>> {
    Ok(second_factors::table
        .find(person)
        .select(SecondFactor::as_select())
        .first(conn)
        .optional()?)
}

/// Begins a second factor in the place of any other.
pub fn replace_second_factor(conn: &mut Conn, factor: &SecondFactor) -> Result<()> {
    delete_second_factor(conn, factor.person_id)?;
    diesel::insert_into(second_factors::table)
        .values(factor)
        .execute(conn)?;
    Ok(())
}

/// From now on log-ins want a code later than that of `step`, or one of the recovery codes with these hashes.
pub fn confirm_second_factor(
    conn: &mut Conn,
    person: Id,
    step: i64,
    code_hashes: &[String],
    now: Instant,
) -> Result<()> {
    diesel::update(second_factors::table.find(person))
        .set((second_factors::confirmed_at.eq(now), second_factors::last_step.eq(step)))
        .execute(conn)?;
    let rows: Vec<_> = code_hashes
        .iter()
        .map(|hash| (recovery_codes::person_id.eq(person), recovery_codes::code_hash.eq(hash)))
        .collect();
    on_both!(conn, |conn| diesel::insert_into(recovery_codes::table)
        .values(&rows)
        .execute(conn))?;
    Ok(())
}

/// Notes that a code was right; none up to its step is good any more.
pub fn spend_step(conn: &mut Conn, person: Id, step: i64) -> Result<()> {
    diesel::update(second_factors::table.find(person))
        .set((second_factors::last_step.eq(step), second_factors::wrong_codes.eq(0)))
        .execute(conn)?;
    Ok(())
}

/// Notes that a code was wrong.
pub fn count_wrong_code(conn: &mut Conn, person: Id, now: Instant) -> Result<()> {
    diesel::update(second_factors::table.find(person))
        .set((
            second_factors::wrong_codes.eq(second_factors::wrong_codes + 1),
            second_factors::wrong_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// How many recovery codes of a person are left.
pub fn count_recovery_codes(conn: &mut Conn, person: Id) -> Result<i64> {
    let left = recovery_codes::table.filter(recovery_codes::person_id.eq(person));
    Ok(left.count().get_result(conn)?)
}

/// Uses up a recovery code; whether there was one with this hash.
pub fn spend_recovery_code(conn: &mut Conn, person: Id, hash: &str) -> Result<bool> {
    let deleted = diesel::delete(recovery_codes::table.find((person, hash))).execute(conn)?;
    Ok(deleted > 0)
}

/// Removes a second factor with its recovery codes; whether there was one.
pub fn delete_second_factor(conn: &mut Conn, person: Id) -> Result<bool> {
    let deleted = diesel::delete(second_factors::table.find(person)).execute(conn)?;
    Ok(deleted > 0)
}
