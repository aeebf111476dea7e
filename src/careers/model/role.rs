//! What employers look for people for.

use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    audit::audited,
    db::schema::employer_roles,
    primitives::{Currency, Date, Field, Id, Instant, Line, Text, text_enum},
};

text_enum! {
    /// Whether a role is public.
    pub enum RoleStatus {
        /// It waits for the staff to approve it, as it is or as it was changed.
        Submitted = "submitted",
        /// The staff have approved it. It is public until it expires.
        Published = "published",
        /// It is filled, or was withdrawn.
        Closed = "closed",
    }
}

text_enum! {
    /// What a pay is for.
    pub enum PayPeriod {
        /// A year.
        Year = "year",
        /// A month.
        Month = "month",
        /// A day.
        Day = "day",
    }
}

/// What a role pays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RolePay", example = serde_json::json!({"minimum": 3_000_000, "maximum": 3_600_000, "currency": "GBP", "per": "year"}))]
pub struct Pay {
    /// The least, in minor units of the currency, such as pence.
    #[schemars(range(min = 1, max = 1_000_000_000_000_i64))]
    pub minimum: i64,
    /// The most, in minor units of the currency.
    #[schemars(range(min = 1, max = 1_000_000_000_000_i64))]
    pub maximum: i64,
    /// The currency.
    pub currency: Currency,
    /// For how long that is.
    pub per: PayPeriod,
}

/// A role at an employer.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = employer_roles, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Role {
    pub id: Id,
    pub campus_id: Id,
    pub employer_id: Id,
    pub title: Line,
    pub text: Text,
    pub place: Option<Line>,
    pub is_remote: bool,
    pub pay_minimum: Option<i64>,
    pub pay_maximum: Option<i64>,
    pub pay_currency: Option<Currency>,
    pub pay_per: Option<PayPeriod>,
    /// The last day on which it is public, at the campus.
    pub expires_on: NaiveDate,
    pub status: RoleStatus,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Role { status, expires_on; title, text, place, is_remote, pay_minimum, pay_maximum, pay_currency, pay_per });

/// A role to add.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewEmployerRole", example = serde_json::json!({
    "title": "Junior developer", "text": "You build the box office with a team of four.", "place": "London", "remote": false,
    "pay": {"minimum": 3_000_000, "maximum": 3_600_000, "currency": "GBP", "per": "year"}, "expires_on": "2027-03-31",
}))]
pub struct NewRole {
    /// What it is called.
    pub title: Line,
    /// What there is to do, and for whom it is.
    pub text: Text,
    /// Where it is. Only a remote role can be without.
    #[serde(default)]
    pub place: Option<Line>,
    /// Whether it can be done from elsewhere.
    #[serde(default)]
    pub remote: bool,
    /// What it pays.
    #[serde(default)]
    pub pay: Option<Pay>,
    /// The last day on which it is public, at the campus.
    pub expires_on: Date,
}

/// Fields to change of a role.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "EmployerRolePatch", example = serde_json::json!({"expires_on": "2027-04-30"}))]
pub struct RolePatch {
    /// What it is called.
    #[serde(default)]
    pub title: Field<Line>,
    /// What there is to do, and for whom it is.
    #[serde(default)]
    pub text: Field<Text>,
    /// Where it is. Only a remote role can be without.
    #[serde(default)]
    pub place: Field<Option<Line>>,
    /// Whether it can be done from elsewhere.
    #[serde(default)]
    pub remote: Field<bool>,
    /// What it pays.
    #[serde(default)]
    pub pay: Field<Option<Pay>>,
    /// The last day on which it is public, at the campus.
    #[serde(default)]
    pub expires_on: Field<Date>,
}

/// What a role is to become.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewEmployerRoleStatus", example = serde_json::json!({"status": "published"}))]
pub struct NewRoleStatus {
    /// `published` approves it, `closed` takes it off the board, and `submitted` asks the staff to approve it again.
    pub status: RoleStatus,
}

/// A role with the name of its employer.
pub type NamedRole = (Role, Line);

impl Role {
    /// A new one, which waits to be approved.
    pub fn submitted(new: NewRole, campus: Id, employer: Id, now: Instant) -> Self {
        let role = Self {
            id: Id::new(),
            campus_id: campus,
            employer_id: employer,
            title: new.title,
            text: new.text,
            place: new.place,
            is_remote: new.remote,
            pay_minimum: None,
            pay_maximum: None,
            pay_currency: None,
            pay_per: None,
            expires_on: new.expires_on.get(),
            status: RoleStatus::Submitted,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        role.paying(new.pay)
    }

    /// What it pays, if that is said.
    pub fn pay(&self) -> Option<Pay> {
        Some(Pay {
            minimum: self.pay_minimum?,
            maximum: self.pay_maximum?,
            currency: self.pay_currency.clone()?,
            per: self.pay_per?,
        })
    }

    fn paying(self, pay: Option<Pay>) -> Self {
        Self {
            pay_minimum: pay.as_ref().map(|pay| pay.minimum),
            pay_maximum: pay.as_ref().map(|pay| pay.maximum),
            pay_per: pay.as_ref().map(|pay| pay.per),
            pay_currency: pay.map(|pay| pay.currency),
            ..self
        }
    }

    /// With what a patch says.
    #[must_use]
    pub fn patched(&self, patch: RolePatch) -> Self {
        let before = self.clone();
        let pay = patch.pay.or(before.pay());
        let after = Self {
            title: patch.title.or(before.title),
            text: patch.text.or(before.text),
            place: patch.place.or(before.place),
            is_remote: patch.remote.or(before.is_remote),
            expires_on: patch.expires_on.map(Date::get).or(before.expires_on),
            ..before
        };
        after.paying(pay)
    }

    /// The same in another state.
    #[must_use]
    pub fn becoming(self, status: RoleStatus, now: Instant) -> Self {
        Self {
            status,
            version: self.version + 1,
            updated_at: now,
            ..self
        }
    }
}

/// Which roles a list shows.
#[derive(Clone, Debug, Default)]
pub struct RoleSelection {
    /// In one of these states.
    pub states: Option<Vec<RoleStatus>>,
    /// Made after this one.
    pub after: Option<Id>,
}
