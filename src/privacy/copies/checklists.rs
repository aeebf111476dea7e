//! What staff have to do.

use diesel::prelude::*;

use super::{
    document::campus,
    rows::{person, rows},
};
use crate::{
    db::schema::{checklist_items, checklist_templates, checklists},
    primitives::{Id, Instant, Line},
};

rows! {
    /// Something to do that the person did.
    ExportedTickedItem from checklist_items {
        /// The item.
        id: Id,
        /// The checklist.
        checklist_id: Id,
        /// Its place in it.
        position: i32,
        /// What was to be done.
        text: Line,
        /// Who did it.
        done_by: Option<Id>,
        /// When.
        done_at: Option<Instant>,
    }

    /// What checklists are made from.
    ChecklistTemplateRow from checklist_templates {
        /// The template's id.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// The programme whose cohorts it is for.
        programme_id: Option<Id>,
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
}

person! {
    Checklists {
        /// Items of checklists that the person ticked.
        ticked_items: ExportedTickedItem in checklist_items of done_by by id;
    }
}

campus! {
    CampusChecklists {
        /// What checklists are made from.
        checklist_templates: ChecklistTemplateRow in checklist_templates of campus by id;
        /// What is to be done in its cohorts.
        checklists: ChecklistRow in checklists of cohorts by id;
        /// Each thing to do, and who did it.
        checklist_items: ChecklistItemRow = |scope| checklist_items::table
            .inner_join(checklists::table)
            .filter(checklists::cohort_id.eq_any(&scope.cohorts))
            .order((checklist_items::checklist_id, checklist_items::position));
    }
}
