//! Composed reads over HTTP.

mod attention;
mod my_week;
mod operations;
mod week_board;

pub use attention::list_attention;
pub use my_week::get_my_week;
pub use operations::operations;
pub use week_board::get_week_board;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    board::reads::SlotWithMentors,
    mentoring::model::{Slot, SlotKind},
    primitives::{Id, Instant},
    teams::model::PersonName,
};

/// What mentors are there for, and who.
#[derive(Serialize, JsonSchema)]
pub struct MentoringInWeek {
    /// The slot's id.
    id: Id,
    /// What the mentors are for.
    kind: SlotKind,
    /// When it begins; null if it is for the whole week.
    starts_at: Option<Instant>,
    /// When it ends; null if it is for the whole week.
    ends_at: Option<Instant>,
    /// Mentors who are confirmed or came.
    mentors: Vec<PersonName>,
    /// How many mentors are wanted.
    min: i32,
    /// Places that are free.
    remaining: i32,
}

impl From<SlotWithMentors> for MentoringInWeek {
    fn from(SlotWithMentors { slot, places, mentors }: SlotWithMentors) -> Self {
        let Slot {
            id,
            kind,
            starts_at,
            ends_at,
            min_mentors,
            capacity,
            ..
        } = slot;
        Self {
            id,
            kind,
            starts_at,
            ends_at,
            mentors,
            min: min_mentors,
            remaining: places.remaining(capacity),
        }
    }
}
