//! Days on which a cohort shows what it has built.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    audit::audited,
    db::schema::{demo_day_invitations, demo_days},
    primitives::{Field, GivenTime, Id, Instant, Line, LocalTime, Url, has_meeting},
};

/// A day on which a cohort shows what it has built.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = demo_days, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct DemoDay {
    pub id: Id,
    pub cohort_id: Id,
    /// By the clocks of the campus.
    pub starts_local: LocalTime,
    pub ends_local: LocalTime,
    pub place: Option<Line>,
    pub url: Option<Url>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(DemoDay { starts_local, ends_local; place, url });
has_meeting!(DemoDay, moved);

/// That the owners of a client are invited to one.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = demo_day_invitations, treat_none_as_default_value = false)]
pub struct DemoDayInvitation {
    pub id: Id,
    pub demo_day_id: Id,
    pub client_id: Id,
    /// None until they have answered.
    pub coming: Option<bool>,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// The same with what the client is called.
#[derive(Clone, Debug)]
pub struct InvitedClient {
    pub invitation: DemoDayInvitation,
    pub name: Line,
}

/// A demo day that is planned.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "starts_at": "2099-04-16T18:00", "ends_at": "2099-04-16T20:00", "place": "Finsbury Park",
}))]
pub struct NewDemoDay {
    /// When it begins: by the clocks of the campus, such as `2027-04-16T18:00`, or an instant.
    pub starts_at: GivenTime,
    /// When it ends, at most 12 hours later.
    pub ends_at: GivenTime,
    /// Where people come to.
    #[serde(default)]
    pub place: Option<Line>,
    /// Where they meet online.
    #[serde(default)]
    pub url: Option<Url>,
    /// The clients whose product owners are invited: those of products of the cohort. If it is left out, all for which a team
    /// builds or has built.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub client_ids: Option<Vec<Id>>,
}

/// Fields to change of a demo day.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"place": "The library"}))]
pub struct DemoDayPatch {
    /// When it begins: by the clocks of the campus, or an instant.
    #[serde(default)]
    pub starts_at: Field<GivenTime>,
    /// When it ends, at most 12 hours later.
    #[serde(default)]
    pub ends_at: Field<GivenTime>,
    /// Where people come to.
    #[serde(default)]
    pub place: Field<Option<Line>>,
    /// Where they meet online.
    #[serde(default)]
    pub url: Field<Option<Url>>,
}

/// Whether product owners come.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"coming": true}))]
pub struct DemoDayAnswer {
    /// It can be changed until the demo day begins.
    pub coming: bool,
}
