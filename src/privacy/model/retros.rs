//! Retros and actions, as the person and the campus get them.

use super::rows::rows;
use crate::{
    db::schema::{actions, retro_items, retro_votes, retros},
    primitives::{Id, Instant, Line, Text},
};

rows! {
    /// A retro.
    ExportedRetro from retros {
        /// The retro.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The week's id.
        week_id: Id,
        /// The team; null if it is the whole cohort's.
        team_id: Option<Id>,
        /// `open`, `voting` or `closed`.
        status: String,
        /// Votes of each: in all in a team's retro, on each kind in a cohort's.
        votes_each: i32,
        /// Who opened it.
        opened_by: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was opened.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// When it was closed.
        closed_at: Option<Instant>,
    }

    /// Something that the person wrote in a retro.
    ExportedRetroItem from retro_items {
        /// The item.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The retro.
        retro_id: Id,
        /// `stop`, `go` or `continue`.
        kind: String,
        /// What.
        text: Line,
        /// Who wrote it.
        author_id: Option<Id>,
        /// Rises with every change.
        version: i64,
    }

    /// Something that the person votes for.
    ExportedRetroVote from retro_votes {
        /// The item.
        item_id: Id,
        /// The person.
        person_id: Id,
    }

    /// Something that the person looks after.
    ExportedAction from actions {
        /// The action.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The team; null if it is the whole cohort's.
        team_id: Option<Id>,
        /// The retro that it came of.
        retro_id: Option<Id>,
        /// What is to be done.
        text: Line,
        /// `open`, `done` or `dropped`.
        status: String,
        /// Who looks after it.
        owner_id: Option<Id>,
        /// What came of it.
        note: Option<Text>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// When it was done or dropped.
        ended_at: Option<Instant>,
    }

    /// Something that was written in a retro, by nobody in particular.
    RetroItemRow from retro_items {
        /// The item.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The retro.
        retro_id: Id,
        /// `stop`, `go` or `continue`.
        kind: String,
        /// What.
        text: Line,
        /// How many voted for it; null until the retro is closed.
        votes: Option<i32>,
        /// Rises with every change.
        version: i64,
    }
}
