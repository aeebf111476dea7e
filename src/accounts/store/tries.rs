//! Queries on tries to log in.

use diesel::prelude::*;

use crate::{
    db::{Conn, schema::login_tries},
    error::Result,
};

/// Counts one more in this minute.
pub fn count_try(conn: &mut Conn, key: &str, minute: i64) -> Result<()> {
    let row = login_tries::table.find((key, minute));
    let counted = diesel::update(row)
        .set(login_tries::tries.eq(login_tries::tries + 1))
        .execute(conn)?;
    if counted == 0 {
        diesel::insert_into(login_tries::table)
            .values((
                login_tries::key.eq(key),
                login_tries::minute.eq(minute),
                login_tries::tries.eq(1),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// How many there were in each minute since `from`.
pub fn tries_since(conn: &mut Conn, key: &str, from: i64) -> Result<Vec<(i64, i64)>> {
    Ok(login_tries::table
        .filter(login_tries::key.eq(key))
        .filter(login_tries::minute.ge(from))
        .select((login_tries::minute, login_tries::tries))
        .load(conn)?)
}

/// Removes those from before a minute. Returns how many rows.
pub fn forget_tries(conn: &mut Conn, before: i64) -> Result<usize> {
    Ok(diesel::delete(login_tries::table.filter(login_tries::minute.lt(before))).execute(conn)?)
}
