//! What product owners and the staff are told in the app: each what the other side did.

use super::{
    events::{ClientChange, ClientEvent},
    model::Party,
    store,
};
use crate::{
    campuses,
    db::Conn,
    error::Result,
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
};

/// Of a step, if the client is still where it was then.
///
/// # Errors
/// `404` if the campus is gone.
pub fn notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let told: ClientEvent = event.read()?;
    let Some(client) = store::client(conn, told.client_id)?.filter(|client| told.still_holds(client)) else {
        return Ok(None);
    };
    let campus = campuses::store::campus(conn, client.campus_id)?;
    // Without the client's name: many an organisation is called as whoever runs it.
    let values = vec![
        ("campus", Value::name(&campus.name)),
        ("status", Value::Word(client.status.as_str())),
    ];
    let is_by_owner = told.by == Some(Party::Owner);
    Ok(Some(Notice {
        kind: if is_by_owner {
            NoticeKind::Requests
        } else {
            NoticeKind::Membership
        },
        people: if is_by_owner {
            let staff = campuses::store::staff_roles(conn, campus.id)?;
            staff.into_iter().map(|(person, _)| person).collect()
        } else {
            store::owner_ids(conn, client.id)?
        },
        text: match told.kind {
            ClientChange::Reminded => Text::NoticeClientReminder,
            ClientChange::StepTaken if is_by_owner => Text::NoticeClientStep,
            ClientChange::StepTaken => Text::NoticeClientNews,
        },
        values,
        has_letter: !is_by_owner,
        cannot_wait: false,
    }))
}
