//! What is tried, counted by minute in the database: for all processes on it together, and over a restart. Keys are hashes, and the
//! rows are deleted after some minutes, because who guesses an address can tell its hash.

use diesel::prelude::*;

use crate::{
    db::{Conn, schema::login_tries},
    error::Result,
    on_both,
    primitives::Instant,
};

/// The number of a minute.
pub fn minute(now: Instant) -> i64 {
    now.unix_seconds().div_euclid(60)
}

/// Whether one more may follow so many in this minute and the one before, if there may be `most` within sixty seconds. Otherwise the
/// seconds to wait.
pub fn may_follow(now: i64, in_this_minute: i64, in_the_last: i64, most: i64) -> Result<(), u32> {
    let second = now.rem_euclid(60);
    // Of the last minute, the part that lies within sixty seconds.
    let recent = in_this_minute * 60 + in_the_last * (60 - second);
    match recent < most * 60 {
        true => Ok(()),
        false => Err(u32::try_from(61 - second).unwrap_or(61)),
    }
}

/// Counts one more, unless there were `most` within sixty seconds: then the seconds to wait.
pub fn count_within(conn: &mut Conn, key: &str, most: i64, now: Instant) -> Result<Option<u32>> {
    let minute = minute(now);
    let counted = tries_since(conn, key, minute - 1)?;
    let within = |minute| {
        counted
            .iter()
            .filter(|(at, _)| *at == minute)
            .map(|(_, tries)| tries)
            .sum()
    };
    match may_follow(now.unix_seconds(), within(minute), within(minute - 1), most) {
        Ok(()) => count_try(conn, key, minute).map(|()| None),
        Err(wait) => Ok(Some(wait)),
    }
}

/// Counts one more in this minute.
pub fn count_try(conn: &mut Conn, key: &str, minute: i64) -> Result<()> {
    on_both!(conn, |conn| diesel::insert_into(login_tries::table)
        .values((
            login_tries::key.eq(key),
            login_tries::minute.eq(minute),
            login_tries::tries.eq(1),
        ))
        .on_conflict((login_tries::key, login_tries::minute))
        .do_update()
        .set(login_tries::tries.eq(login_tries::tries + 1))
        .execute(conn))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_seconds_reach_into_the_minute_before() {
        for (second, this, last, allowed) in [
            (0, 0, 0, true),
            (30, 9, 0, true),
            (30, 10, 0, false),
            (0, 0, 10, false),
            (1, 0, 10, true),
            (30, 5, 10, false),
            (30, 4, 10, true),
        ] {
            let asked = may_follow(600 + second, this, last, 10);
            assert_eq!(asked.is_ok(), allowed, "{second} {this} {last}");
        }
        assert_eq!(may_follow(610, 10, 0, 10), Err(51));
    }
}
