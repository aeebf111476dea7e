//! Pastoral care. What carers noted is told to carers alone.

use diesel::prelude::*;

use super::rows::{LeftOut, person, rows};
use crate::{
    db::schema::{pastoral_carers, pastoral_notes, walk_places},
    primitives::{Id, Instant},
};

rows! {
    /// A campus for whose students the person cares.
    ExportedCare from pastoral_carers {
        /// The campus.
        campus_id: Id,
        /// The person.
        person_id: Id,
        /// Since when.
        created_at: Instant,
    }

    /// A note that the person wrote as a carer, without what is in it.
    ExportedWrittenNote from pastoral_notes {
        /// The note.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Who wrote it.
        written_by: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was written.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// When it was last shared with carers named since it was written.
        shared_at: Option<Instant>,
    }

    /// A place of the person in a walk.
    ExportedWalkPlace from walk_places {
        /// The mentor slot.
        slot_id: Id,
        /// The person.
        person_id: Id,
        /// When they took it.
        created_at: Instant,
    }
}

person! {
    Pastoral {
        /// Campuses for whose students the person cares.
        pastoral_care: ExportedCare in pastoral_carers of person_id by campus_id;
        /// Notes that the person wrote as a pastoral carer. What is in them is the business of those whom they are about.
        written_pastoral_notes: ExportedWrittenNote in pastoral_notes of written_by by id;
        /// Places of the person in walks.
        walk_places: ExportedWalkPlace in walk_places of person_id by slot_id;
    }
}

/// What its tables have of a person and their export has not.
pub(super) const WITHHELD: LeftOut = &[(
    "what pastoral carers noted in confidence: it may be about others too. The person asks a carer to show it",
    &["pastoral_notes.person_id", "pastoral_notes.text", "pastoral_notes.flag"],
)];

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[(
    "pastoral care: what carers note is for carers alone, and who walks with them too",
    &["pastoral_carers.*", "pastoral_notes.*", "walks.*", "walk_places.*"],
)];
