//! A workshop as it is shown with a client.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    clients::model::Workshop,
    primitives::{Id, Instant, Line, LocalTime, Url, time::TimeZone},
};

/// When and where a workshop is.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BookedWorkshop")]
pub(super) struct BookedWorkshopView {
    /// The workshop's id.
    id: Id,
    /// When it begins.
    starts_at: Instant,
    /// When it ends.
    ends_at: Instant,
    /// When it begins by the clocks of the campus.
    starts_local: LocalTime,
    /// When it ends by the clocks of the campus.
    ends_local: LocalTime,
    /// By whose clocks that is.
    time_zone: TimeZone,
    /// Where people come to.
    place: Option<Line>,
    /// Where they meet online.
    url: Option<Url>,
}

impl BookedWorkshopView {
    pub(super) fn of(workshop: Workshop, zone: TimeZone) -> Self {
        let (starts_at, ends_at) = workshop.span(zone);
        Self {
            id: workshop.id,
            starts_at,
            ends_at,
            starts_local: workshop.starts_local,
            ends_local: workshop.ends_local,
            time_zone: zone,
            place: workshop.place,
            url: workshop.url,
        }
    }
}
