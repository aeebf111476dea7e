//! Queries on API tokens.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    accounts::model::ApiTokenRow,
    db::{Conn, SWEPT, schema::api_tokens},
    error::Result,
    on_both,
    primitives::{Id, Limit},
};

/// The tokens of a person, also those that have expired of late, the newest first, behind this one.
pub fn api_tokens(conn: &mut Conn, person: Id, after: Option<Id>, limit: Limit) -> Result<Vec<ApiTokenRow>> {
    Ok(on_both!(conn, |conn| {
        let mut theirs = api_tokens::table.filter(api_tokens::person_id.eq(person)).into_boxed();
        if let Some(after) = after {
            theirs = theirs.filter(api_tokens::id.lt(after));
        }
        theirs
            .order(api_tokens::id.desc())
            .limit(limit.plus_one())
            .select(ApiTokenRow::as_select())
            .load(conn)
    })?)
}

/// How many tokens of a person are good on that day.
pub fn count_api_tokens(conn: &mut Conn, person: Id, today: NaiveDate) -> Result<i64> {
    let good = api_tokens::table
        .filter(api_tokens::person_id.eq(person))
        .filter(api_tokens::expires_on.ge(today));
    Ok(good.count().get_result(conn)?)
}

/// Adds a token.
pub fn insert_api_token(conn: &mut Conn, token: &ApiTokenRow) -> Result<()> {
    diesel::insert_into(api_tokens::table).values(token).execute(conn)?;
    Ok(())
}

/// Removes a token of a person, who may be refused from the commit on; whether there was one.
pub fn delete_api_token(conn: &mut Conn, person: Id, id: Id) -> Result<bool> {
    let theirs = api_tokens::table.find(id).filter(api_tokens::person_id.eq(person));
    Ok(diesel::delete(theirs).execute(conn)? > 0)
}

/// Removes all tokens of a person.
pub fn delete_api_tokens(conn: &mut Conn, person: Id) -> Result<()> {
    diesel::delete(api_tokens::table.filter(api_tokens::person_id.eq(person))).execute(conn)?;
    Ok(())
}

/// Removes some of the tokens that expired before `then`. Returns how many.
pub fn forget_api_tokens(conn: &mut Conn, then: NaiveDate) -> Result<usize> {
    let over = api_tokens::table.filter(api_tokens::expires_on.lt(then));
    let some: Vec<Id> = over.select(api_tokens::id).limit(SWEPT).load(conn)?;
    Ok(diesel::delete(api_tokens::table.filter(api_tokens::id.eq_any(some))).execute(conn)?)
}
