//! Organisations that look for people.

use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    audit::audited,
    db::schema::employers,
    primitives::{Date, Field, Id, Instant, Line, Text, Url, text_enum},
};

text_enum! {
    /// What somebody is to an employer, its roles and its introductions.
    pub enum Party {
        /// On the staff of the campus.
        Staff = "staff",
        /// One of the employer's contacts.
        Contact = "contact",
        /// The graduate whom an introduction is about.
        Graduate = "graduate",
    }
}

/// An employer of a campus.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = employers, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Employer {
    pub id: Id,
    pub campus_id: Id,
    pub name: Line,
    pub about: Option<Text>,
    pub url: Option<Url>,
    #[diesel(embed)]
    pub agreement: Agreement,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Employer { name; about, url, agreement });

/// What was agreed with an employer, as far as anything was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = employers, treat_none_as_null = true, treat_none_as_default_value = false)]
#[schemars(rename = "EmployerAgreement")]
pub struct Agreement {
    /// Where it is.
    #[diesel(column_name = agreement_url)]
    pub url: Option<Url>,
    /// Its first day.
    #[diesel(column_name = agreement_from)]
    pub from: Option<NaiveDate>,
    /// Its last day.
    #[diesel(column_name = agreement_until)]
    pub until: Option<NaiveDate>,
}

/// An employer to add.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "name": "Northwind Software", "about": "Builds ticketing for theatres.", "url": "https://example.org/northwind",
    "agreement_url": "https://example.org/agreements/northwind", "agreement_from": "2027-01-01", "agreement_until": "2027-12-31",
}))]
pub struct NewEmployer {
    /// What it is called.
    pub name: Line,
    /// What it does.
    #[serde(default)]
    pub about: Option<Text>,
    /// Where to read more of it.
    #[serde(default)]
    pub url: Option<Url>,
    /// Where the agreement with it is.
    #[serde(default)]
    pub agreement_url: Option<Url>,
    /// The first day of the agreement.
    #[serde(default)]
    pub agreement_from: Option<Date>,
    /// The last day of the agreement.
    #[serde(default)]
    pub agreement_until: Option<Date>,
}

/// Fields to change of an employer.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"agreement_until": "2028-12-31"}))]
pub struct EmployerPatch {
    /// What it is called.
    #[serde(default)]
    pub name: Field<Line>,
    /// What it does.
    #[serde(default)]
    pub about: Field<Option<Text>>,
    /// Where to read more of it.
    #[serde(default)]
    pub url: Field<Option<Url>>,
    /// Where the agreement with it is.
    #[serde(default)]
    pub agreement_url: Field<Option<Url>>,
    /// The first day of the agreement.
    #[serde(default)]
    pub agreement_from: Field<Option<Date>>,
    /// The last day of the agreement.
    #[serde(default)]
    pub agreement_until: Field<Option<Date>>,
}

impl Employer {
    /// With what a patch says.
    #[must_use]
    pub fn patched(&self, patch: EmployerPatch) -> Self {
        let before = self.clone();
        let day = |date: Option<Date>| date.map(Date::get);
        Self {
            name: patch.name.or(before.name),
            about: patch.about.or(before.about),
            url: patch.url.or(before.url),
            agreement: Agreement {
                url: patch.agreement_url.or(before.agreement.url),
                from: patch.agreement_from.map(day).or(before.agreement.from),
                until: patch.agreement_until.map(day).or(before.agreement.until),
            },
            ..before
        }
    }
}
