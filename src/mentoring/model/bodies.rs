//! A slot as it is changed.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Slot, SlotKind};
use crate::primitives::{Field, Instant};

/// What staff may change of a slot.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"capacity": 6}))]
pub struct MentorSlotPatch {
    /// What the mentors are for.
    #[serde(default)]
    pub kind: Field<SlotKind>,
    /// How many mentors are wanted, up to `capacity`.
    #[serde(default)]
    #[schemars(range(min = 0, max = 100))]
    pub min: Field<i32>,
    /// How many there is room for, at least the places taken. New places go to the waiting list first.
    #[serde(default)]
    #[schemars(range(min = 1, max = 100))]
    pub capacity: Field<i32>,
    /// When it begins; `null`, together with `ends_at`, for the whole week.
    #[serde(default)]
    pub starts_at: Field<Option<Instant>>,
    /// When it ends; `null`, together with `starts_at`, for the whole week.
    #[serde(default)]
    pub ends_at: Field<Option<Instant>>,
}

impl Slot {
    /// With what a patch changes.
    pub fn patched(&self, patch: &MentorSlotPatch) -> Self {
        Self {
            kind: patch.kind.or(self.kind),
            min_mentors: patch.min.or(self.min_mentors),
            capacity: patch.capacity.or(self.capacity),
            starts_at: patch.starts_at.or(self.starts_at),
            ends_at: patch.ends_at.or(self.ends_at),
            ..self.clone()
        }
    }
}
