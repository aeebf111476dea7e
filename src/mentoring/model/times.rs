//! When a slot is that has times.

use crate::primitives::{Instant, LocalTime, time::TimeZone};

/// Times by the clocks on the wall. They are kept as they were set, so that they move with the clocks when the rules of
/// the zone are changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlotTimes {
    pub starts: LocalTime,
    pub ends: LocalTime,
    /// Whose clocks.
    pub zone: TimeZone,
}

impl SlotTimes {
    /// From what is stored: all three of them, or none.
    pub fn of(starts: Option<LocalTime>, ends: Option<LocalTime>, zone: Option<TimeZone>) -> Option<Self> {
        Some(Self {
            starts: starts?,
            ends: ends?,
            zone: zone?,
        })
    }

    /// When it begins, as the clocks are known to go.
    pub fn starts_at(self) -> Instant {
        self.starts.in_zone(self.zone)
    }

    /// When it ends. What ends within an hour that the clocks skip ends no earlier than it begins.
    pub fn ends_at(self) -> Instant {
        self.ends.in_zone(self.zone).max(self.starts_at())
    }

    /// Whether its clocks show both times: they are not put forward over one of them.
    pub fn are_shown(self) -> bool {
        self.starts.is_shown_in(self.zone) && self.ends.is_shown_in(self.zone)
    }

    /// How many times of so many minutes fit into it.
    pub fn count_of(self, minutes: i32) -> i32 {
        let long = self.ends.since(self.starts).num_minutes();
        i32::try_from(long / i64::from(minutes.max(1))).unwrap_or(0)
    }

    /// Whether nobody can be at both.
    pub fn overlap(self, other: Self) -> bool {
        self.starts_at() < other.ends_at() && other.starts_at() < self.ends_at()
    }
}
