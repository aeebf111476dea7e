//! What employers owe a campus for a hire.

use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    audit::audited,
    db::schema::referral_fees,
    primitives::{Currency, Date, Id, Instant, Text, text_enum},
};

text_enum! {
    /// What became of a fee.
    pub enum FeeStatus {
        /// It is to be paid.
        Due = "due",
        /// It was paid.
        Paid = "paid",
        /// The campus does without it.
        Waived = "waived",
    }
}

/// A referral fee.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = referral_fees, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Fee {
    pub id: Id,
    pub campus_id: Id,
    pub employer_id: Id,
    pub introduction_id: Id,
    /// In minor units of the currency.
    pub amount: i64,
    pub currency: Currency,
    pub due_on: NaiveDate,
    pub status: FeeStatus,
    /// Why it was waived.
    pub reason: Option<Text>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Fee { amount, currency, due_on, status; reason });

/// A fee to note.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewReferralFee", example = serde_json::json!({"amount": 400_000, "currency": "GBP", "due_on": "2027-04-30"}))]
pub struct NewFee {
    /// How much, in minor units of the currency, such as pence.
    #[schemars(range(min = 1, max = 1_000_000_000_000_i64))]
    pub amount: i64,
    /// The currency.
    pub currency: Currency,
    /// By which day it is to be paid. It counts in the sums of that day's year.
    pub due_on: Date,
}

/// What became of a fee.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReferralFeeSettlement", example = serde_json::json!({"status": "waived", "reason": "They left within the first month."}))]
pub struct FeeSettlement {
    /// `paid` or `waived`.
    pub status: FeeStatus,
    /// Why it is waived.
    #[serde(default)]
    pub reason: Option<Text>,
}

/// What the fees of a year come to in one currency, in its minor units.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ReferralFeeSum")]
pub struct FeeSum {
    /// The currency.
    pub currency: Currency,
    /// How many fees these are.
    pub fees: usize,
    /// What is still to be paid.
    pub due: i64,
    /// What was paid.
    pub paid: i64,
    /// What the campus does without.
    pub waived: i64,
}

/// Which fees of a campus a list shows.
#[derive(Clone, Debug, Default)]
pub struct FeeSelection {
    /// In one of these states.
    pub states: Option<Vec<FeeStatus>>,
    /// Noted after this one.
    pub after: Option<Id>,
}
