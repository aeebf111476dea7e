//! What is told of clients that are offered to other campuses.

use super::at_campus;
use crate::{
    campuses::store as campuses,
    clients::{
        events::{ClientOfferChange, ClientOfferEvent},
        store,
    },
    db::Conn,
    error::Result,
    mail::Text,
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
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
    let offered = (NoticeKind::Requests, Text::NoticeClientOffered, word(told.kind));
    at_campus(conn, told.campus_id, offered, staff)
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
    let offered = (NoticeKind::Membership, Text::NoticeOwnClientOffered, word(told.kind));
    let notice = at_campus(conn, told.campus_id, offered, owners)?;
    let href = format!("/v1/clients/{}", told.client_id);
    Ok(notice.map(|notice| Notice {
        href: Some(href),
        ..notice
    }))
}

fn current(conn: &mut Conn, event: &StoredEvent) -> Result<Option<ClientOfferEvent>> {
    if event.is_bare() {
        return Ok(None);
    }
    let told: ClientOfferEvent = event.read()?;
    let is_offered = store::is_offered(conn, told.client_id, told.campus_id)?;
    Ok(Some(told).filter(|told| is_offered == (told.kind == ClientOfferChange::Made)))
}

fn word(change: ClientOfferChange) -> &'static str {
    match change {
        ClientOfferChange::Made => "made",
        ClientOfferChange::Withdrawn => "withdrawn",
    }
}
