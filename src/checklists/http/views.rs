//! What callers see of checklists.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::PersonCard,
    checklists::{
        actions::WholeChecklist,
        model::{ChecklistScope, Items, Template},
    },
    primitives::{Id, Instant, Line},
};

/// What checklists are made from.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ChecklistTemplate")]
pub struct TemplateView {
    /// The template's id.
    id: Id,
    /// The campus.
    campus_id: Id,
    /// The programme whose cohorts it is for; null if it is for all cohorts of the campus.
    programme_id: Option<Id>,
    /// What it is called.
    name: Line,
    /// What its checklists are for.
    scope: ChecklistScope,
    /// What is to be done, in order.
    items: Items,
    /// The template it was copied from, if any.
    forked_from: Option<Id>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// When it was made.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
}

impl From<Template> for TemplateView {
    fn from(template: Template) -> Self {
        Self {
            id: template.id,
            campus_id: template.campus_id,
            programme_id: template.programme_id,
            name: template.name,
            scope: template.scope,
            items: template.items,
            forked_from: template.forked_from,
            version: template.version,
            created_at: template.created_at,
            updated_at: template.updated_at,
        }
    }
}

/// One thing to do.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ChecklistItem")]
pub struct ItemView {
    /// The item's id.
    id: Id,
    /// What is to be done.
    text: Line,
    /// Who did it; null if nobody has, or their account was removed.
    done_by: Option<PersonCard>,
    /// When it was done; null if it is not.
    done_at: Option<Instant>,
}

/// What is to be done for a cohort or one of its weeks.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Checklist")]
pub struct ChecklistView {
    /// The checklist's id.
    id: Id,
    /// The cohort.
    cohort_id: Id,
    /// The number of the week; null if it is for the cohort.
    week: Option<i32>,
    /// What it was made from; null if that is gone.
    template_id: Option<Id>,
    /// What it is called.
    name: Line,
    /// What is to be done, in order.
    items: Vec<ItemView>,
    /// When it was made.
    created_at: Instant,
}

impl From<WholeChecklist> for ChecklistView {
    fn from(WholeChecklist { checklist, week, items }: WholeChecklist) -> Self {
        let items = items.into_iter().map(|(item, done_by)| ItemView {
            id: item.id,
            text: item.text,
            done_by,
            done_at: item.done_at,
        });
        Self {
            id: checklist.id,
            cohort_id: checklist.cohort_id,
            week,
            template_id: checklist.template_id,
            name: checklist.name,
            items: items.collect(),
            created_at: checklist.created_at,
        }
    }
}
