//! Retros and actions.

use diesel::prelude::*;

use super::{
    document::campus,
    rows::{HOUSEKEEPING, LeftOut, person, rows},
};
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

person! {
    Retros {
        /// Retros that the person opened.
        retros: ExportedRetro in retros of opened_by by id;
        /// What the person wrote in retros that go on. When one closes it is forgotten who wrote what.
        retro_items: ExportedRetroItem in retro_items of author_id by id;
        /// What the person votes for in retros that go on.
        retro_votes: ExportedRetroVote in retro_votes of person_id by item_id;
        /// Actions that the person looks after.
        actions: ExportedAction in actions of owner_id by id;
    }
}

campus! {
    CampusRetros {
        /// Retros of teams and cohorts.
        retros: ExportedRetro in retros of cohorts by id;
        /// What was written in them.
        retro_items: RetroItemRow in retro_items of cohorts by id;
        /// What was to be done.
        actions: ExportedAction in actions of cohorts by id;
    }
}

/// What its tables have of a person and their export has not.
pub(super) const WITHHELD: LeftOut = &[(HOUSEKEEPING, &["retro_items.votes"])];

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[(
    "who wrote what in a retro, and who voted for what",
    &["retro_items.author_id", "retro_votes.*"],
)];
