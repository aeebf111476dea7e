//! What somebody got and did not get as a mentor.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::SignUpStatus;
use crate::{db::schema::sign_ups, primitives::Id};

/// A sign-up, as far as it is counted.
#[derive(Clone, Copy, Debug, Queryable, Selectable)]
#[diesel(table_name = sign_ups)]
pub struct StoredPlace {
    pub slot_id: Id,
    pub person_id: Id,
    pub status: SignUpStatus,
    pub waited: bool,
}

/// What somebody got and did not get as a mentor of a cohort.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct MentorShare {
    /// Slots that they have or had.
    pub places: usize,
    /// Wishes that confirmed allocations decided on.
    pub wishes: usize,
    /// Those that came true.
    pub wishes_granted: usize,
    /// How often they got what they wished for most.
    pub first_wishes_granted: usize,
    /// Wishes that went by the draw to somebody who wished for it as much.
    pub draws_lost: usize,
    /// How many draws in a row they have lost at the campus by now. They go first the next time.
    pub draws_lost_in_a_row: u32,
    /// Slots whose waiting list they were on.
    pub waited: usize,
    /// Those of them that they got a place in.
    pub waited_with_success: usize,
    /// Those of them that they still wait for. The rest they gave up, or were taken off.
    pub still_waiting: usize,
}

/// What the mentors of a cohort have on average.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MentorAverage {
    /// Slots.
    pub places: f64,
    /// Wishes that confirmed allocations decided on.
    pub wishes: f64,
    /// Those that came true.
    pub wishes_granted: f64,
    /// Wishes that were lost by the draw.
    pub draws_lost: f64,
    /// Slots whose waiting list they were on.
    pub waited: f64,
}
