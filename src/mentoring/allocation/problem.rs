//! What is asked: slots, people and their wishes, by their places in lists.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::primitives::{Id, text_enum};

/// Slots with free places, and people who wish for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Those with a place that is free.
    pub slots: Vec<OpenSlot>,
    /// Which of them nobody can take both, by their places in `slots`, the lower first.
    pub competing: Vec<(usize, usize)>,
    /// Everybody who has wishes, by their id.
    pub applicants: Vec<Applicant>,
    /// Nobody mentors in more weeks in a row.
    pub weeks_in_a_row: i32,
}

/// A slot with places to give.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DrawSlot")]
pub struct OpenSlot {
    /// The slot.
    pub id: Id,
    /// Its week.
    pub week: i32,
    /// How many mentors it takes.
    pub min: usize,
    /// How many it has.
    pub taken: usize,
    /// How many more there is room for.
    pub places: usize,
}

impl OpenSlot {
    /// How many it lacks.
    pub fn missing(&self) -> usize {
        self.min.saturating_sub(self.taken)
    }
}

/// Somebody with wishes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Applicant {
    /// Who.
    pub person: Id,
    /// What can come true, the best first.
    pub wishes: Vec<Wish>,
    /// What cannot, and why.
    pub barred: Vec<Barred>,
    /// How many slots they take at the most, besides those they have.
    pub at_most: usize,
    /// How many they have in this cohort.
    pub load: usize,
    /// In which weeks.
    pub weeks: Vec<i32>,
    /// With whom they come or not at all, by places in `applicants`: it is mutual.
    pub together: Vec<usize>,
    /// How many draws in a row they have lost.
    pub draws_lost: u32,
    /// How the commitment of a draw names them; none before it is drawn, and of old draws, which named nobody.
    pub name_hash: Option<String>,
    /// The id that this hash names, as a number: so it stays what it was when accounts are merged.
    #[serde(default)]
    pub named_id: Option<i64>,
}

impl Applicant {
    /// The place of a slot among their wishes.
    pub fn wish_for(&self, slot: usize) -> Option<usize> {
        self.wishes.iter().position(|wish| wish.slot == slot)
    }
}

/// A slot that somebody wishes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DrawWish")]
pub struct Wish {
    /// Its place in `slots`.
    pub slot: usize,
    /// From 1, as they ranked it.
    pub rank: usize,
}

/// A wish that cannot come true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "BarredDrawWish")]
pub struct Barred {
    /// The slot.
    pub slot: Id,
    /// From 1, as they ranked it.
    pub rank: usize,
    /// Why not.
    pub why: Why,
}

text_enum! {
    /// Why a wish came true or not.
    pub enum Why {
        /// With them the slot reaches its minimum.
        ReachesMinimum = "reaches_minimum",
        /// It is the best of their wishes that they could have.
        BestPossible = "best_possible",
        /// They have signed up for it already.
        SignedUp = "signed_up",
        /// It had no free place, or others waited for one.
        NoFreePlace = "no_free_place",
        /// It had begun, or its week was over.
        Over = "over",
        /// They have signed up for something else at that time.
        Busy = "busy",
        /// Its places were still kept for graduates of the previous cohort.
        KeptForOthers = "kept_for_others",
        /// They got another slot at that time.
        Competes = "competes",
        /// They got as many slots as they want at the most.
        AtMost = "at_most",
        /// It went to somebody who wished for it as much, by the draw. They go first the next time.
        LostDraw = "lost_draw",
        /// Others got its places, so that more slots reach their minimum or more people get something.
        Full = "full",
        /// It would be too many weeks in a row.
        InARow = "in_a_row",
        /// Whoever wants to come together with them could not.
        Together = "together",
        /// They have something, and nobody is given more than is needed.
        Enough = "enough",
    }
}
