//! Wishes, and places allocated to them.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    db::schema::{mentor_allocations, mentor_companions, mentor_preferences, mentor_wishes},
    mentoring::allocation::Outcome,
    primitives::{Id, Instant, text_enum},
};

/// That somebody has wishes in a cohort.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = mentor_preferences, treat_none_as_default_value = false)]
pub struct Preference {
    pub cohort_id: Id,
    pub person_id: Id,
    /// How many slots of the cohort they take at the most, those included that they have.
    pub at_most: Option<i32>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// A slot that somebody wishes for.
#[derive(Clone, Copy, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = mentor_wishes)]
pub struct MentorWish {
    pub slot_id: Id,
    pub person_id: Id,
    /// From 1, the best first.
    pub ranked: i32,
}

/// Somebody with whom somebody wishes to come.
#[derive(Clone, Copy, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = mentor_companions)]
pub struct Companion {
    pub cohort_id: Id,
    pub person_id: Id,
    pub companion_id: Id,
}

text_enum! {
    /// Where an allocation stands.
    pub enum AllocationStatus {
        /// Seen by staff only.
        Draft = "draft",
        /// Its places have become sign-ups.
        Confirmed = "confirmed",
    }
}

/// Places allocated to wishes, as it is stored.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = mentor_allocations, treat_none_as_default_value = false)]
pub struct Allocation {
    pub id: Id,
    pub cohort_id: Id,
    /// Where it stands.
    pub status: AllocationStatus,
    /// The same problem and seed give the same result.
    pub seed: i64,
    /// What it was computed from, as JSON.
    pub problem: String,
    /// What came of it, as JSON.
    pub result: String,
    pub created_by: Option<Id>,
    pub confirmed_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// The hash of problem and seed that was told when it was drawn; none if it was drawn before that was told.
    pub commitment: Option<String>,
    /// What keeps people's parts from being guessed from the hashes in it.
    pub commitment_secret: Option<String>,
    /// Whether staff gave the seed.
    pub seed_given: bool,
}

/// What came of an allocation. People are known by their ids.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AllocationResult {
    /// Who gets what.
    pub assignments: Vec<Assignment>,
    /// What became of everybody's wishes, and why.
    pub wishes: Vec<PersonWishes>,
    /// What it is worth.
    pub report: AllocationReport,
}

/// A place for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    pub person: Id,
    pub slot: Id,
    pub week: i32,
}

/// What became of somebody's wishes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonWishes {
    pub person: Id,
    /// How many more slots they were ready to take.
    pub at_most: usize,
    /// With whom they come or not at all.
    pub together_with: Vec<Id>,
    /// By their ranks.
    pub outcomes: Vec<Outcome>,
}

/// What an allocation is worth, for staff.
// `P` names people: stored by id, shown with their names.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MentorAllocationReport")]
pub struct AllocationReport<P = Id> {
    /// Slots with free places that do not reach their `min`.
    pub short_slots: Vec<ShortSlot>,
    /// People who get none of their wishes.
    pub without_place: Vec<P>,
    /// Why not everybody can get one of their wishes: people who wish for fewer places than they are. Empty if everybody
    /// could, as far as places go.
    pub contests: Vec<ContestedSlots<P>>,
    /// How many slots of the cohort everybody has now.
    pub loads: Vec<Load<P>>,
    /// The sum of the ranks of all wishes that came true.
    pub total_rank: i64,
    /// Who has lost draws, and how many in a row by now. They go first the next time.
    pub draws_lost: Vec<DrawsLost<P>>,
    /// How sure it is that nothing is better.
    pub search: Search,
}

/// A slot that does not reach its minimum.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShortSlot {
    /// The slot.
    pub slot_id: Id,
    /// Its week.
    pub week: i32,
    /// How many mentors are wanted.
    pub min: usize,
    /// How many it has now; with 1, that mentor is alone.
    pub mentors: usize,
}

/// People who wish only for these slots, which have fewer places than they are.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ContestedSlots<P = Id> {
    /// Who competes.
    pub people: Vec<P>,
    /// The slots that they wish for.
    pub slots: Vec<Id>,
    /// How many free places these have in all.
    pub places: usize,
}

/// How much somebody mentors in the cohort.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MentorLoad")]
pub struct Load<P = Id> {
    /// Who.
    pub person: P,
    /// Slots that they had before.
    pub before: usize,
    /// Slots that they get.
    pub given: usize,
}

/// How many draws somebody has lost.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DrawsLost<P = Id> {
    /// Who.
    pub person: P,
    /// How many in a row.
    pub count: u32,
}

/// How an allocation was looked for.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AllocationSearch")]
pub struct Search {
    /// Whether it is proved that no allocation is better.
    pub is_optimal: bool,
    /// What is proved to be as good as it can be, of `minimums`, `everybody_served`, `losers_served`, `even_load`,
    /// `ranks`, `losers_ranks` and `draw`: what comes later decides only where everything before is equal.
    pub proved: Vec<String>,
    /// How many steps it took.
    pub work: usize,
    /// After how many it would have been stopped.
    pub work_limit: usize,
}

impl AllocationReport {
    /// With people named in another way.
    pub fn map<P>(self, name: impl Fn(Id) -> P) -> AllocationReport<P> {
        let names = |people: Vec<Id>| people.into_iter().map(&name).collect::<Vec<P>>();
        let contested = |contest: ContestedSlots| ContestedSlots {
            people: names(contest.people),
            slots: contest.slots,
            places: contest.places,
        };
        let load = |load: Load| Load {
            person: name(load.person),
            before: load.before,
            given: load.given,
        };
        let lost = |lost: DrawsLost| DrawsLost {
            person: name(lost.person),
            count: lost.count,
        };
        AllocationReport {
            short_slots: self.short_slots,
            without_place: names(self.without_place),
            contests: self.contests.into_iter().map(contested).collect(),
            loads: self.loads.into_iter().map(load).collect(),
            total_rank: self.total_rank,
            draws_lost: self.draws_lost.into_iter().map(lost).collect(),
            search: self.search,
        }
    }
}
