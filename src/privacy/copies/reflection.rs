//! What people say of themselves, and what team mates say to each other.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rows::{LeftOut, person, rows};
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

person! {
    Reflection {
        /// How the person works, in their own words.
        manuals: ExportedManual in manuals of person_id by person_id;
        /// What the person noted of their own progress.
        progress_logs: ExportedProgressLog in progress_logs of person_id by id;
        /// What the person told team mates.
        given_feedback: ExportedGivenFeedback in peer_feedback of giver_id by team_id;
        /// What team mates told the person, as far as it is shown to them.
        received_feedback: ExportedReceivedFeedback = |whose| peer_feedback::table
            .filter(peer_feedback::receiver_id.eq(whose.person))
            .filter(peer_feedback::batch.is_not_null())
            .order((peer_feedback::batch, peer_feedback::id));
    }
}

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[(
    "what people note for themselves and tell each other: progress logs and feedback",
    &["progress_logs.*", "peer_feedback.*"],
)];
