//! What students and product owners are told of demo days.

use crate::{
    clients::{
        events::{DemoDayChange, DemoDayEvent, DemoDayInvitationChange, DemoDayInvitationEvent},
        store,
    },
    cohorts,
    db::Conn,
    error::Result,
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
    primitives::Id,
};

/// What the students of a cohort are told of its demo day.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn demo_day_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let told: DemoDayEvent = event.read()?;
    let is_cancelled = told.kind == DemoDayChange::Cancelled;
    let stands = is_cancelled || store::demo_day(conn, told.demo_day_id)?.is_some();
    let Some(word) = told.kind.word().filter(|_| stands) else {
        return Ok(None);
    };
    let students = store::students(conn, told.cohort_id)?;
    Ok(Some(notice(conn, told.cohort_id, students, (word, false))?))
}

/// What the owners of a client are told that is invited to one.
///
/// # Errors
/// As [`demo_day_notices`].
pub fn invitation_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let told: DemoDayInvitationEvent = event.read()?;
    let is_cancelled = told.kind == DemoDayInvitationChange::Cancelled;
    if !is_cancelled && !store::is_invited(conn, told.invitation_id)? {
        return Ok(None);
    }
    let owners = store::owner_ids(conn, told.client_id)?;
    let word = told.kind.word(store::demo_day(conn, told.demo_day_id)?.is_some());
    Ok(Some(notice(conn, told.cohort_id, owners, (word, true))?))
}

fn notice(conn: &mut Conn, cohort: Id, people: Vec<Id>, (word, has_letter): (&'static str, bool)) -> Result<Notice> {
    let cohort = cohorts::store::cohort(conn, cohort)?;
    Ok(Notice {
        kind: NoticeKind::Events,
        people,
        text: Text::NoticeDemoDay,
        values: vec![("cohort", Value::name(&cohort.name)), ("status", Value::Word(word))],
        has_letter,
        cannot_wait: false,
        href: None,
    })
}
