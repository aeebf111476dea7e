//! Referral fees over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    careers::{
        actions::{self, FeeSums},
        model::{Fee, FeeSelection, FeeSettlement, FeeStatus, FeeSum, NewFee},
    },
    error::Result,
    primitives::{Currency, Date, Id, Instant, Page, Several, Text, list_query},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// What an employer owes or owed a campus for a hire.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReferralFee")]
pub(super) struct FeeView {
    /// Its id.
    id: Id,
    /// The campus.
    campus_id: Id,
    /// The employer.
    employer_id: Id,
    /// The introduction that led to the hire.
    introduction_id: Id,
    /// How much, in minor units of the currency, such as pence.
    amount: i64,
    /// The currency.
    currency: Currency,
    /// By which day it is to be paid.
    due_on: NaiveDate,
    /// What became of it.
    status: FeeStatus,
    /// Why it was waived.
    reason: Option<Text>,
    /// Rises with every change.
    version: i64,
    /// When it was noted.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
}

impl From<Fee> for FeeView {
    fn from(fee: Fee) -> Self {
        Self {
            id: fee.id,
            campus_id: fee.campus_id,
            employer_id: fee.employer_id,
            introduction_id: fee.introduction_id,
            amount: fee.amount,
            currency: fee.currency,
            due_on: fee.due_on,
            status: fee.status,
            reason: fee.reason,
            version: fee.version,
            created_at: fee.created_at,
            updated_at: fee.updated_at,
        }
    }
}

fn shown(fee: Fee) -> Result<Reply<FeeView>> {
    let version = fee.version;
    Ok(Reply::ok(&FeeView::from(fee))?.version(version))
}

/// `POST /v1/introductions/{id}/referral-fees`
pub async fn create_referral_fee(call: Call<ById, NoQuery, Json<NewFee>>) -> Result<Reply<FeeView>> {
    call.write(|conn, call| {
        let fee = actions::create_fee(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let (location, version) = (format!("/v1/referral-fees/{}", fee.id), fee.version);
        Ok(Reply::created(location, &FeeView::from(fee))?.version(version))
    })
    .await
}

/// `GET /v1/referral-fees/{id}`
pub async fn get_referral_fee(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<FeeView>> {
    call.read(|conn, call| shown(actions::fee(conn, &call.actor, call.path.id)?))
        .await
}

/// `PUT /v1/referral-fees/{id}/status`
pub async fn settle_referral_fee(call: Call<ById, NoQuery, Json<FeeSettlement>>) -> Result<Reply<FeeView>> {
    call.write(|conn, call| {
        let (id, settlement) = (call.path.id, call.body.0.clone());
        let (known, now) = (call.if_match, call.now);
        shown(actions::settle_fee(conn, &call.actor, id, settlement, known, now)?)
    })
    .await
}

list_query! {
    /// Which fees.
    pub struct FeesQuery {
        /// Filter by status.
        status: Option<Several<FeeStatus>>,
    }
}

/// `GET /v1/campuses/{id}/referral-fees`, in the order in which they were noted
pub async fn list_referral_fees(call: Call<ById, FeesQuery, NoBody>) -> Result<Reply<Page<FeeView>>> {
    call.read(|conn, call| {
        let limit = call.query.limit;
        let selection = FeeSelection {
            states: call.query.status.as_ref().map(|several| several.to_vec()),
            after: call.query.after()?,
        };
        let found = actions::fees(conn, &call.actor, call.path.id, &selection, limit.plus_one())?;
        call.page(Page::of(found, limit, |fee| fee.id).map(FeeView::from))
    })
    .await
}

/// Of which days.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SumsQuery {
    /// The first day; the first of the year of `to`, or of this year at the campus, if left out.
    from: Option<Date>,
    /// The last day; the last of the year of `from`, or of this year at the campus, if left out.
    to: Option<Date>,
}

/// What fees come to.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReferralFeeSums")]
pub(super) struct SumsView {
    /// The campus.
    campus_id: Id,
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// How many graduates were hired in these days.
    hires: i64,
    /// What the fees due in these days come to, for each currency.
    sums: Vec<FeeSum>,
}

impl From<FeeSums> for SumsView {
    fn from(found: FeeSums) -> Self {
        Self {
            campus_id: found.campus,
            from: found.from,
            to: found.to,
            hires: found.hires,
            sums: found.sums,
        }
    }
}

/// `GET /v1/campuses/{id}/referral-fee-sums`
pub async fn get_referral_fee_sums(call: Call<ById, SumsQuery, NoBody>) -> Result<Reply<SumsView>> {
    call.read(|conn, call| {
        let days = (call.query.from, call.query.to);
        let found = actions::fee_sums(conn, &call.actor, call.path.id, days, call.now)?;
        Reply::ok(&SumsView::from(found))
    })
    .await
}
