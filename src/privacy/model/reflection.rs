//! What the person says of themself, and what team mates say to each other.

use chrono::NaiveDate;

use super::rows::rows;
use crate::{
    db::schema::{manuals, peer_feedback, progress_logs},
    primitives::{Id, Instant, Text},
};

rows! {
    /// How the person works, in their own words.
    ExportedManual from manuals {
        /// The person.
        person_id: Id,
        /// How they work best.
        how_i_work: Option<Text>,
        /// How they like to get feedback.
        how_i_like_feedback: Option<Text>,
        /// How and when to reach them.
        how_to_reach_me: Option<Text>,
        /// What else is good to know.
        good_to_know: Option<Text>,
        /// Rises with every change.
        version: i64,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A note of the person's own progress.
    ExportedProgressLog from progress_logs {
        /// The note.
        id: Id,
        /// The person.
        person_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// What they wrote.
        text: Text,
        /// Whether staff read it.
        shared_with_staff: bool,
        /// Rises with every change.
        version: i64,
        /// When it was written.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// What the person told a team mate.
    ExportedGivenFeedback from peer_feedback {
        /// The cohort.
        cohort_id: Id,
        /// The team.
        team_id: Id,
        /// The person.
        giver_id: Id,
        /// The team mate.
        receiver_id: Id,
        /// What the person told them.
        text: Text,
        /// Whether the team mate is not to know by whom it is.
        anonymous: bool,
    }

    /// What a team mate told the person. By whom it is, if they may know, is read at `GET /v1/me/feedback`.
    ExportedReceivedFeedback from peer_feedback {
        /// Its label.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The person.
        receiver_id: Id,
        /// What they were told.
        text: Text,
        /// Whether they are not to know by whom it is.
        anonymous: bool,
        /// Which time something was shown to them.
        batch: Option<i32>,
        /// The Monday of the week in which it was.
        released_on: Option<NaiveDate>,
    }
}
