//! What people show of themselves, and to whom.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{accounts::model::Audience, audit::audited, db::schema::people, primitives::Field};

/// For each field that a person may show, the widest audience that sees it. Each audience has the one before it in it:
/// `staff` of a campus that they have joined; `cohort`, whoever sees inside a cohort that they study, studied or mentor
/// in; `campus`, the members of a campus that they have joined; `network`, everybody who comes across them.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Serialize, JsonSchema)]
#[diesel(table_name = people)]
pub struct Visibility {
    /// The account's address: `staff` unless chosen otherwise.
    #[diesel(column_name = email_audience)]
    pub email: Audience,
    /// User name on GitHub: `cohort` unless chosen otherwise.
    #[diesel(column_name = github_audience)]
    pub github: Audience,
    /// Time zone: `staff` unless chosen otherwise.
    #[diesel(column_name = time_zone_audience)]
    pub time_zone: Audience,
    /// The account's version, which rises with every change; the `ETag` begins with it.
    pub version: i64,
}

/// Other audiences; what is left out stays.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"email": "cohort"}))]
pub struct VisibilityPatch {
    /// Who sees the account's address.
    #[serde(default)]
    pub email: Field<Audience>,
    /// Who sees the user name on GitHub.
    #[serde(default)]
    pub github: Field<Audience>,
    /// Who sees the time zone.
    #[serde(default)]
    pub time_zone: Field<Audience>,
}

impl Visibility {
    /// With the audiences of a patch.
    pub fn patched(&self, patch: VisibilityPatch) -> Self {
        Self {
            email: patch.email.or(self.email),
            github: patch.github.or(self.github),
            time_zone: patch.time_zone.or(self.time_zone),
            version: self.version,
        }
    }
}

audited!(Visibility {
    email,
    github,
    time_zone
});
