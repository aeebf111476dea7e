//! The week's work at a campus, as its organisers take it along.

use chrono::NaiveDate;

use super::rows::rows;
use crate::{
    db::schema::{
        checklist_items, checklist_templates, checklists, hint_texts, review_issues, scheduled_events,
        timetable_sessions,
    },
    primitives::{Id, Instant, Line, LocalTime, Text, Url, Word},
};

rows! {
    /// What checklists are made from.
    ChecklistTemplateRow from checklist_templates {
        /// The template's id.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// What it is called.
        name: Line,
        /// `cohort` or `week`.
        scope: String,
        /// What is to be done, a line for each.
        items: String,
        /// The template it was copied from.
        forked_from: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// The programme whose cohorts it is for.
        programme_id: Option<Id>,
    }

    /// What is to be done for a cohort or a week.
    ChecklistRow from checklists {
        /// The checklist's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The week.
        week_id: Option<Id>,
        /// What it was made from.
        template_id: Option<Id>,
        /// What it is called.
        name: Line,
        /// When it was made.
        created_at: Instant,
    }

    /// One thing to do.
    ChecklistItemRow from checklist_items {
        /// The item's id.
        id: Id,
        /// The checklist.
        checklist_id: Id,
        /// Its place in it.
        position: i32,
        /// What is to be done.
        text: Line,
        /// Who did it.
        done_by: Option<Id>,
        /// When it was done.
        done_at: Option<Instant>,
    }

    /// What a hint said that a team had been shown, before it was changed.
    HintTextRow from hint_texts {
        /// Its id.
        id: Id,
        /// The hint.
        hint_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// What it said.
        body: Text,
        /// Until when.
        replaced_at: Instant,
    }

    /// An issue that was raised in a code review.
    ReviewIssueRow from review_issues {
        /// The issue's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The review.
        code_review_id: Id,
        /// In a few words.
        title: Line,
        /// What it is.
        body: Text,
        /// Where in the code.
        url: Option<Url>,
        /// Where it stands.
        status: String,
        /// What the reviewed team answered.
        answer: Option<Text>,
        /// Who raised it.
        raised_by: Option<Id>,
        /// Who answered.
        answered_by: Option<Id>,
        /// When.
        answered_at: Option<Instant>,
        /// When it was closed.
        closed_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was raised.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A session of a cohort's timetable.
    SessionRow from timetable_sessions {
        /// The session.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// On which day of the week.
        weekday: String,
        /// When it begins, by the clocks of the campus.
        starts: String,
        /// When it ends.
        ends: String,
        /// What it is called.
        title: Line,
        /// What it is.
        kind: Word,
        /// Where people come to.
        place: Option<Line>,
        /// Where they meet online.
        url: Option<Url>,
        /// Whether nobody is expected.
        is_optional: bool,
        /// `open` or `code`.
        check_in: String,
    }

    /// What takes place at a time.
    EventRow from scheduled_events {
        /// The event.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The session of the timetable.
        session_id: Option<Id>,
        /// On which day the timetable has it.
        session_day: Option<NaiveDate>,
        /// Whether staff changed it by hand.
        is_changed: bool,
        /// What it is called.
        title: Line,
        /// What it is.
        kind: Word,
        /// When it begins, by the clocks of the campus.
        starts_local: LocalTime,
        /// When it ends.
        ends_local: LocalTime,
        /// Where people come to.
        place: Option<Line>,
        /// Where they meet online.
        url: Option<Url>,
        /// Whether nobody is expected.
        is_optional: bool,
        /// `planned` or `cancelled`.
        status: String,
        /// Whether it is cancelled because the timetable has it no longer.
        is_left_out: bool,
        /// When it was cancelled.
        cancelled_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }
}
