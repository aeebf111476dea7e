//! Templates, checklists and their items as they are stored.

mod bodies;
mod items;

pub use bodies::{ChecklistScope, NewChecklists, NewTemplate, TemplateFork, TemplatePatch};
pub use items::Items;

use diesel::prelude::*;

use crate::{
    audit::audited,
    db::schema::{checklist_items, checklist_templates, checklists, weeks},
    primitives::{Id, Instant, Line},
};

/// What checklists are made from.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = checklist_templates, treat_none_as_default_value = false)]
pub struct Template {
    /// Its id.
    pub id: Id,
    /// The campus.
    pub campus_id: Id,
    /// What it is called.
    pub name: Line,
    /// What its checklists are for.
    pub scope: ChecklistScope,
    /// What is to be done, in order.
    pub items: Items,
    /// The template it was copied from.
    pub forked_from: Option<Id>,
    /// Rises with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// The programme whose cohorts it is for; none if it is for all of the campus.
    pub programme_id: Option<Id>,
}

audited!(Template { scope; name, items });

impl Template {
    /// With what a patch changes. Checklists that were made from it stay.
    #[must_use]
    pub fn patched(self, patch: TemplatePatch) -> Self {
        Self {
            name: patch.name.or(self.name),
            items: patch.items.or(self.items),
            ..self
        }
    }
}

/// What is to be done for a cohort or one of its weeks.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = checklists, treat_none_as_default_value = false)]
pub struct Checklist {
    /// Its id.
    pub id: Id,
    /// The cohort.
    pub cohort_id: Id,
    /// The week; none if it is for the cohort.
    pub week_id: Option<Id>,
    /// What it was made from, if that is still there.
    pub template_id: Option<Id>,
    /// What it is called.
    pub name: Line,
    /// When it was made.
    pub created_at: Instant,
}

/// One thing to do.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = checklist_items, treat_none_as_default_value = false)]
pub struct Item {
    /// Its id.
    pub id: Id,
    /// The checklist.
    pub checklist_id: Id,
    /// Its place in it, from 1.
    pub position: i32,
    /// What is to be done.
    pub text: Line,
    /// Who did it; none too if their account is gone.
    pub done_by: Option<Id>,
    /// When it was done.
    pub done_at: Option<Instant>,
}

/// A week as checklists know it.
#[derive(Clone, Copy, Debug, Queryable, Selectable)]
#[diesel(table_name = weeks)]
pub struct ListedWeek {
    /// Its id, which stays when weeks are inserted before it.
    pub id: Id,
    /// Its number.
    pub number: i32,
    /// Its first day.
    pub starts_on: chrono::NaiveDate,
}

/// What is left to do in a checklist.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// The week; none if it is for the cohort.
    pub week: Option<i32>,
    /// What the checklist is called.
    pub name: Line,
    /// How many items are left.
    pub left: usize,
}
