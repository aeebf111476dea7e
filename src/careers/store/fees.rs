//! Referral fees.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    campuses::CampusOrganiser,
    careers::{
        events,
        model::{Fee, FeeSelection, IntroductionStatus},
    },
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{introductions, referral_fees as fees},
    },
    error::Result,
    primitives::Id,
};

/// A fee.
///
/// # Errors
/// `404` if there is none.
pub fn fee(conn: &mut Conn, id: Id) -> Result<Fee> {
    Ok(fees::table.find(id).select(Fee::as_select()).first(conn)?)
}

/// The fees of a hire.
pub fn fees_of(conn: &mut Conn, introduction: Id) -> Result<Vec<Fee>> {
    Ok(fees::table
        .filter(fees::introduction_id.eq(introduction))
        .order(fees::id)
        .select(Fee::as_select())
        .load(conn)?)
}

/// Up to `limit` of a campus, in the order in which they were noted.
pub fn fees(conn: &mut Conn, proof: &CampusOrganiser, selection: &FeeSelection, limit: i64) -> Result<Vec<Fee>> {
    let mut query = fees::table
        .filter(fees::campus_id.eq(proof.campus()))
        .order(fees::id)
        .limit(limit)
        .select(Fee::as_select())
        .into_boxed();
    if let Some(states) = selection.states.clone() {
        query = query.filter(fees::status.among(states));
    }
    if let Some(after) = selection.after {
        query = query.filter(fees::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// Those of a campus that are or were to be paid from one day to another.
pub fn fees_due_between(
    conn: &mut Conn,
    proof: &CampusOrganiser,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<Fee>> {
    Ok(fees::table
        .filter(fees::campus_id.eq(proof.campus()))
        .filter(fees::due_on.between(first, last))
        .order(fees::id)
        .select(Fee::as_select())
        .load(conn)?)
}

/// How many graduates of a campus were hired from one day to another.
pub fn hires_between(conn: &mut Conn, proof: &CampusOrganiser, (first, last): (NaiveDate, NaiveDate)) -> Result<i64> {
    Ok(introductions::table
        .filter(introductions::campus_id.eq(proof.campus()))
        .filter(introductions::status.eq(IntroductionStatus::Hired))
        .filter(introductions::hired_on.ge(first))
        .filter(introductions::hired_on.le(last))
        .count()
        .get_result(conn)?)
}

/// Notes a fee.
pub fn insert_fee(conn: &mut Conn, proof: &CampusOrganiser, new: &Fee) -> Result<()> {
    debug_assert_eq!(proof.campus(), new.campus_id, "the proof holds elsewhere");
    diesel::insert_into(fees::table).values(new).execute(conn)?;
    events::fee(new).created(conn)
}

/// Changes a fee.
pub fn update_fee(conn: &mut Conn, proof: &CampusOrganiser, fee: &Fee) -> Result<()> {
    debug_assert_eq!(proof.campus(), fee.campus_id, "the proof holds elsewhere");
    diesel::update(fees::table.find(fee.id)).set(fee).execute(conn)?;
    events::fee(fee).updated(conn)
}
