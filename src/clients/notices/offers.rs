//! What is told of clients that are offered to other campuses.

use crate::{
    campuses::store as campuses,
    clients::{
        events::{ClientOfferChange, ClientOfferEvent},
        store,
    },
    db::Conn,
    error::Result,
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
    primitives::Id,
};

/// What the staff of the other campus are told, if it is still so.
///
/// # Errors
/// `404` if the campus is gone.
pub fn offer_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let Some(told) = current(conn, event)? else {
        return Ok(None);
    };
    let staff = campuses::staff_ids(conn, told.campus_id)?;
    notice(conn, &told, (NoticeKind::Requests, Text::NoticeClientOffered), staff)
}

/// What the product owners are told.
///
/// # Errors
/// As [`offer_notices`].
pub fn offer_owner_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let Some(told) = current(conn, event)? else {
        return Ok(None);
    };
    let owners = store::owner_ids(conn, told.client_id)?;
    notice(
        conn,
        &told,
        (NoticeKind::Membership, Text::NoticeOwnClientOffered),
        owners,
    )
}

fn current(conn: &mut Conn, event: &StoredEvent) -> Result<Option<ClientOfferEvent>> {
    if event.is_bare() {
        return Ok(None);
    }
    let told: ClientOfferEvent = event.read()?;
    let is_offered = store::is_offered(conn, told.client_id, told.campus_id)?;
    Ok(Some(told).filter(|told| is_offered == (told.kind == ClientOfferChange::Made)))
}

fn notice(
    conn: &mut Conn,
    told: &ClientOfferEvent,
    (kind, text): (NoticeKind, Text),
    people: Vec<Id>,
) -> Result<Option<Notice>> {
    let campus = campuses::campus(conn, told.campus_id)?;
    let word = match told.kind {
        ClientOfferChange::Made => "made",
        ClientOfferChange::Withdrawn => "withdrawn",
    };
    Ok(Some(Notice {
        kind,
        people,
        text,
        values: vec![("campus", Value::name(&campus.name)), ("status", Value::Word(word))],
        has_letter: false,
        cannot_wait: false,
    }))
}
