//! Referral fees, and what they come to.

use chrono::{Datelike as _, NaiveDate};

use crate::{
    audit,
    authz::{Actor, hide},
    campuses::CampusOrganiser,
    careers::{
        model::{Fee, FeeSelection, FeeSettlement, FeeStatus, FeeSum, NewFee},
        proofs::SeenIntroduction,
        rules, store,
    },
    db::Conn,
    error::{Error, Result},
    primitives::{Date, Id, IfMatch, Instant, check_amount},
};

/// What the fees of some days come to.
pub struct FeeSums {
    pub campus: Id,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// How many graduates were hired in these days.
    pub hires: i64,
    pub sums: Vec<FeeSum>,
}

/// Notes what an employer owes for a hire.
pub fn create_fee(conn: &mut Conn, actor: &Actor, introduction: Id, new: NewFee, now: Instant) -> Result<Fee> {
    let seen = SeenIntroduction::of(conn, actor, introduction)?;
    let (campus, organiser) = CampusOrganiser::of(conn, actor, seen.campus.id)?;
    let there = store::fees_of(conn, introduction)?;
    rules::may_have_fee(seen.introduction.status, &there)?;
    let fee = Fee {
        id: Id::new(),
        campus_id: campus.id,
        employer_id: seen.introduction.employer_id,
        introduction_id: introduction,
        amount: check_amount("/amount", new.amount)?,
        currency: new.currency,
        due_on: new.due_on.get(),
        status: FeeStatus::Due,
        reason: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    audit::became("status", None::<FeeStatus>, fee.status);
    store::insert_fee(conn, &organiser, &fee)?;
    Ok(fee)
}

/// One fee, for the organisers of its campus. For others it does not exist.
pub fn fee(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Fee> {
    of_organiser(conn, actor, id).map(|(fee, _)| fee)
}

fn of_organiser(conn: &mut Conn, actor: &Actor, id: Id) -> Result<(Fee, CampusOrganiser)> {
    let fee = store::fee(conn, id)?;
    let (_, organiser) = CampusOrganiser::of(conn, actor, fee.campus_id).map_err(hide)?;
    Ok((fee, organiser))
}

/// Up to `limit` fees of a campus, for its organisers.
pub fn fees(conn: &mut Conn, actor: &Actor, campus: Id, selection: &FeeSelection, limit: i64) -> Result<Vec<Fee>> {
    let (_, organiser) = CampusOrganiser::of(conn, actor, campus)?;
    store::fees(conn, &organiser, selection, limit)
}

/// Notes that a fee was paid, or is waived.
pub fn settle_fee(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    settlement: FeeSettlement,
    known: IfMatch,
    now: Instant,
) -> Result<Fee> {
    let (before, organiser) = of_organiser(conn, actor, id)?;
    known.check(before.version)?;
    if !rules::settles(&before, &settlement)? {
        return Ok(before);
    }
    let after = Fee {
        status: settlement.status,
        reason: settlement.reason,
        version: before.version + 1,
        updated_at: now,
        ..before.clone()
    };
    audit::changed(&before, &after);
    store::update_fee(conn, &organiser, &after)?;
    Ok(after)
}

/// What fees that are due in these days come to, and how many graduates were hired in them; of this year if no day is named.
pub fn fee_sums(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    (from, to): (Option<Date>, Option<Date>),
    now: Instant,
) -> Result<FeeSums> {
    let (campus, organiser) = CampusOrganiser::of(conn, actor, campus)?;
    let today = now.date_in(campus.time_zone);
    // The year of the one that is named, where only one is.
    let year = from.or(to).map_or(today.year(), |day| day.get().year());
    let day = |given: Option<Date>, month, day| {
        let of_year = NaiveDate::from_ymd_opt(year, month, day);
        given.map(Date::get).or(of_year).unwrap_or(today)
    };
    let (from, to) = (day(from, 1, 1), day(to, 12, 31));
    if to < from {
        return Err(Error::parameter("to", "invalid", "must not be before `from`"));
    }
    let fees = store::fees_due_between(conn, &organiser, (from, to))?;
    Ok(FeeSums {
        campus: campus.id,
        from,
        to,
        hires: store::hires_between(conn, &organiser, (from, to))?,
        sums: rules::sums(&fees),
    })
}
