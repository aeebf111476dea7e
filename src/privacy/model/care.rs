//! What the person is in pastoral care. What carers noted is told to carers alone.

use super::rows::rows;
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
