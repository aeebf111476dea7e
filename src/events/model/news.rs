//! What becomes of what people were expected at.

use serde::{Deserialize, Serialize};

use super::Event;
use crate::primitives::{LocalTime, text_enum};

text_enum! {
    /// How something takes place otherwise than it was announced.
    pub enum NewsKind {
        /// At another time.
        Moved = "moved",
        /// At the same time in another place, also online.
        Elsewhere = "elsewhere",
        /// Not at all.
        Cancelled = "cancelled",
        /// After all.
        Reinstated = "reinstated",
    }
}

/// What those who are expected are told.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct News {
    pub kind: NewsKind,
    /// When it was to begin.
    pub was: LocalTime,
}

impl News {
    /// What is new to those who are expected, if anything is.
    pub fn between(before: &Event, after: &Event) -> Option<Self> {
        let times = |event: &Event| (event.starts_local, event.ends_local);
        let kind = match (before.is_planned(), after.is_planned()) {
            (true, false) => NewsKind::Cancelled,
            (false, true) => NewsKind::Reinstated,
            (false, false) => return None,
            (true, true) if times(before) != times(after) => NewsKind::Moved,
            (true, true) if (&before.place, &before.url) != (&after.place, &after.url) => NewsKind::Elsewhere,
            (true, true) => return None,
        };
        Some(Self {
            kind,
            was: before.starts_local,
        })
    }
}
