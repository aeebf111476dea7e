//! What mentors are told in the app.

use super::{events::SlotEvent, letters::words};
use crate::{
    cohorts,
    db::Conn,
    error::Result,
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
};

/// What happened to slots without those who signed up for them.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        // A slot was made or changed, which concerns nobody in particular.
        return Ok(None);
    }
    let slot: SlotEvent = event.read()?;
    let cohort = cohorts::store::cohort(conn, slot.cohort_id)?;
    let (what, _) = words(slot.kind);
    Ok(Some(Notice {
        kind: NoticeKind::Mentoring,
        title: format!("{what}: week {} of {}.", slot.week, cohort.name),
        people: slot.people,
        has_letter: true,
    }))
}
