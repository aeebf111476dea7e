//! What changes in checklists, for the staff.

use super::model::{Checklist, Template};
use crate::outbox::{Audience, Told};

/// A template.
pub fn template(of: &Template) -> Told {
    Told {
        object: "checklist_template",
        id: of.id,
        campus: Some(of.campus_id),
        cohort: None,
        href: format!("/v1/checklist-templates/{}", of.id),
        audience: vec![Audience::Staff],
    }
}

/// A checklist, with what is ticked in it.
pub fn checklist(of: &Checklist) -> Told {
    Told {
        object: "checklist",
        id: of.id,
        campus: None,
        cohort: Some(of.cohort_id),
        href: format!("/v1/cohorts/{}/checklists", of.cohort_id),
        audience: vec![Audience::Staff],
    }
}
