//! When and where people meet.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Field, GivenTime, Id, Instant, Line, LocalTime, Url, time::TimeZone};

/// When and where people meet, by the clocks of a campus.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// When it begins.
    pub starts_local: LocalTime,
    /// When it ends.
    pub ends_local: LocalTime,
    /// Where people come to.
    pub place: Option<Line>,
    /// Where they meet online.
    pub url: Option<Url>,
}

impl Meeting {
    /// From when to when it is.
    pub fn span(&self, zone: TimeZone) -> (Instant, Instant) {
        self.starts_local.span_to(self.ends_local, zone)
    }

    /// Whether it has begun.
    pub fn has_begun(&self, zone: TimeZone, now: Instant) -> bool {
        self.span(zone).0 <= now
    }

    /// The same with other times, by the clocks of `zone`, where a patch has any.
    #[must_use]
    pub fn at(self, (starts, ends): (Field<GivenTime>, Field<GivenTime>), zone: TimeZone) -> Self {
        Self {
            starts_local: starts.map(|time| time.local(zone)).or(self.starts_local),
            ends_local: ends.map(|time| time.local(zone)).or(self.ends_local),
            ..self
        }
    }

    /// As it is shown, with the id of what takes place.
    pub fn shown(self, id: Id, zone: TimeZone) -> Appointment {
        let (starts_at, ends_at) = self.span(zone);
        Appointment {
            id,
            starts_at,
            ends_at,
            starts_local: self.starts_local,
            ends_local: self.ends_local,
            time_zone: zone,
            place: self.place,
            url: self.url,
        }
    }
}

/// Gives a row its `meeting()`, and with `moved` the same row at another one.
macro_rules! has_meeting {
    ($row:ty) => {
        impl $row {
            /// When and where it is.
            pub fn meeting(&self) -> $crate::primitives::Meeting {
                $crate::primitives::Meeting {
                    starts_local: self.starts_local,
                    ends_local: self.ends_local,
                    place: self.place.clone(),
                    url: self.url.clone(),
                }
            }
        }
    };
    ($row:ty, moved) => {
        $crate::primitives::has_meeting!($row);

        impl $row {
            /// The same at another time or place.
            #[must_use]
            pub fn moved(self, to: $crate::primitives::Meeting) -> Self {
                Self {
                    starts_local: to.starts_local,
                    ends_local: to.ends_local,
                    place: to.place,
                    url: to.url,
                    ..self
                }
            }
        }
    };
}
pub(crate) use has_meeting;

/// When and where something takes place, such as an interview or a workshop.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Appointment {
    /// Its id.
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
