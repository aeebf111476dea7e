//! Changes as callers see them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    changes::{
        cursors::Cursors,
        model::{Access, AccessKind, Batch, Change, News},
        rules,
    },
    error::Result,
    primitives::{Id, Instant, Page, PageInfo},
};

/// Something that changed, or that the caller sees more or less of.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Change")]
pub struct ChangeView {
    /// Its id. A change that comes again has the same one.
    id: Id,
    /// What happened, such as `enrolment.updated`. `access_gained` and `access_lost` tell what the caller sees from now on
    /// and no longer. New kinds may be added.
    kind: String,
    /// What it happened to.
    object: ChangedObject,
    /// When it happened.
    at: Instant,
    /// The campus that it belongs to.
    campus_id: Option<Id>,
    /// The cohort that it belongs to.
    cohort_id: Option<Id>,
    /// Where the object is read, or the list that it is in; what was deleted is not there any more.
    href: Option<String>,
    /// As what the caller has gained or lost access.
    access: Option<AccessKind>,
    /// With `access_gained`, what is to be read again.
    read: Vec<String>,
}

/// What something happened to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChangedObject {
    /// Its type, such as `enrolment`.
    r#type: String,
    /// Its id; of what has none of its own, such as an enrolment, the person's.
    id: Id,
}

impl From<Change> for ChangeView {
    fn from(change: Change) -> Self {
        Self {
            id: change.id,
            kind: change.kind,
            object: ChangedObject {
                r#type: change.object_type,
                id: change.object_id,
            },
            at: change.created_at,
            campus_id: change.campus_id,
            cohort_id: change.cohort_id,
            href: change.href,
            access: None,
            read: Vec::new(),
        }
    }
}

impl ChangeView {
    fn of_access(kind: &str, access: Access, at: Instant) -> Self {
        let is_campus = matches!(
            access.kind,
            AccessKind::Staff | AccessKind::Organiser | AccessKind::Alumnus | AccessKind::Carer
        );
        let (r#type, path) = match is_campus {
            true => ("campus", "campuses"),
            false => ("cohort", "cohorts"),
        };
        Self {
            id: Id::new(),
            kind: kind.into(),
            object: ChangedObject {
                r#type: r#type.into(),
                id: access.of,
            },
            at,
            campus_id: is_campus.then_some(access.of),
            cohort_id: (!is_campus).then_some(access.of),
            href: Some(format!("/v1/{path}/{}", access.of)),
            access: Some(access.kind),
            read: Vec::new(),
        }
    }

    /// As it is told at a time.
    pub fn of(news: News, at: Instant) -> Self {
        match news {
            News::Changed(change) => change.into(),
            News::Lost(access) => Self::of_access("access_lost", access, at),
            News::Gained(access) => Self {
                read: rules::to_read(access),
                ..Self::of_access("access_gained", access, at)
            },
        }
    }
}

/// A page of changes. It always says where to go on.
///
/// # Errors
/// `500`, which does not happen.
pub fn page(batch: Batch, cursors: &Cursors) -> Result<Page<ChangeView>> {
    let at = batch.next.at;
    Ok(Page {
        page: PageInfo {
            next_cursor: Some(cursors.seal(&batch.next)?),
            has_more: batch.has_more,
        },
        data: batch.news.into_iter().map(|news| ChangeView::of(news, at)).collect(),
    })
}
