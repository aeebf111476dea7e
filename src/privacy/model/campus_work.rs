//! The week's work at a campus, as its organisers take it along.

use super::rows::rows;
use crate::{
    db::schema::{checklist_items, checklist_templates, checklists, review_issues},
    primitives::{Id, Instant, Line, Text, Url},
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
}
