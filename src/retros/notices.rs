//! What whoever looks after an action is told in the app.

use super::{events::NewOwner, model::ActionStatus, store};
use crate::{
    cohorts,
    db::Conn,
    error::Result,
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
};

/// That an action is somebody's from now on, to them, as long as it is.
///
/// # Errors
/// `404` if it is gone.
pub fn notices(conn: &mut Conn, told: &StoredEvent) -> Result<Option<Notice>> {
    if told.is_bare() {
        return Ok(None);
    }
    let NewOwner { owner_id } = told.details()?;
    let action = store::action(conn, told.object_id)?;
    let cohort = cohorts::store::cohort(conn, action.cohort_id)?;
    if action.owner_id != Some(owner_id) || action.status != ActionStatus::Open {
        return Ok(None);
    }
    let there = store::owners(conn, &cohort, &[owner_id])?;
    Ok(Some(Notice {
        kind: NoticeKind::Actions,
        people: there.into_iter().map(|card| card.id).collect(),
        text: Text::NoticeAction,
        values: vec![("cohort", Value::name(&cohort.name))],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}
