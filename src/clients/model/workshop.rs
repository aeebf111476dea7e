//! Workshops, and the places of clients at them.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use super::ClientStatus;
use crate::{
    audit::audited,
    db::schema::client_workshops,
    primitives::{Field, GivenTime, Id, Instant, Line, LocalTime, Url, has_meeting},
};

/// A workshop to which clients of a campus come.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = client_workshops, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Workshop {
    pub id: Id,
    pub campus_id: Id,
    /// By the clocks of the campus.
    pub starts_local: LocalTime,
    pub ends_local: LocalTime,
    pub place: Option<Line>,
    pub url: Option<Url>,
    /// For how many clients there is room.
    pub places: i32,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Workshop { starts_local, ends_local, places; place, url });

has_meeting!(Workshop, moved);

/// A client that has a place at a workshop.
#[derive(Clone, Debug, PartialEq)]
pub struct Attendee {
    pub client_id: Id,
    pub name: Line,
    pub status: ClientStatus,
}

/// A workshop that is offered.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "starts_at": "2099-03-10T18:00", "ends_at": "2099-03-10T20:00", "place": "Finsbury Park", "places": 12,
}))]
pub struct NewWorkshop {
    /// When it begins: by the clocks of the campus, such as `2027-03-10T18:00`, or an instant.
    pub starts_at: GivenTime,
    /// When it ends, at most 12 hours later.
    pub ends_at: GivenTime,
    /// Where people come to.
    #[serde(default)]
    pub place: Option<Line>,
    /// Where they meet online.
    #[serde(default)]
    pub url: Option<Url>,
    /// For how many clients there is room.
    #[schemars(range(min = 1, max = 500))]
    pub places: i32,
}

/// Fields to change of a workshop.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"place": "The library"}))]
pub struct WorkshopPatch {
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
    /// For how many clients there is room: no fewer than have booked.
    #[serde(default)]
    #[schemars(range(min = 1, max = 500))]
    pub places: Field<i32>,
}

/// Which workshop a client comes to.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"workshop_id": "1v1730py00001"}))]
pub struct WorkshopChoice {
    /// One of those that the client can book.
    pub workshop_id: Id,
}

/// Whether a client was there.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"attended": true}))]
pub struct NewWorkshopAttendance {
    /// If so, the client becomes `attended`; if not, it is `invited` again.
    pub attended: bool,
}
