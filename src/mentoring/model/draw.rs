//! What a draw is made of, in the form in which anybody computes its commitment again.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    mentoring::allocation::{Barred, OpenSlot, Wish},
    primitives::Id,
};

/// All inputs of a draw; those of single people as hashes. Its commitment is the SHA-256 of this object as JSON with sorted
/// names and without blanks.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DrawInputs {
    /// For everybody who had wishes, the SHA-256 of their part as JSON with sorted names and without blanks, in hexadecimal
    /// digits.
    pub applicants: Vec<String>,
    /// Which slots nobody can take both, by their places in `slots`, from 0.
    pub competing: Vec<[usize; 2]>,
    /// What decides between those who are equal.
    pub seed: i64,
    /// The slots with a free place.
    pub slots: Vec<OpenSlot>,
    /// Nobody mentors in more weeks in a row.
    pub weeks_in_a_row: i32,
}

/// What a draw knows of one person.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DrawPart {
    /// How many slots they take at the most, besides those they have.
    pub at_most: usize,
    /// Wishes that cannot come true, and why.
    pub barred: Vec<Barred>,
    /// How many draws in a row they had lost.
    pub draws_lost: u32,
    /// How many slots of the cohort they had.
    pub load: usize,
    /// Keeps others from guessing this part from its hash.
    pub nonce: String,
    /// Whose part it is: the SHA-256 of `nonce`, a colon, and the id that their account had when it was drawn. It stays the
    /// same when accounts are merged. Draws of old named nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// With whom they come or not at all, by places in `applicants`, from 0. Null for others than staff until the allocation
    /// is confirmed, because it would tell who wishes it too; wishes that were barred by that stand among `wishes` till then.
    pub together: Option<Vec<usize>>,
    /// In which weeks they had slots.
    pub weeks: Vec<i32>,
    /// What can come true, the best first.
    pub wishes: Vec<Wish>,
}

/// A draw, whole.
#[derive(Clone, Debug)]
pub struct Draw {
    /// What is published before the result.
    pub commitment: String,
    /// What it is of.
    pub inputs: DrawInputs,
    /// Whose part stands at which place of the inputs.
    pub parts: Vec<(Id, DrawPart)>,
}
