//! What pastoral carers are told in the app.

use super::store;
use crate::{
    campuses,
    db::Conn,
    error::{Error, Result},
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
};

/// That the carers of a campus are others than before, to all of them: they know then who reads what they write.
///
/// Of an account that another one has replaced they are told once, by what is told of the other.
///
/// # Errors
/// `404` if the campus is gone.
pub fn notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if !event.payload.is_empty() {
        return Ok(None);
    }
    let campus = event.campus_id.ok_or_else(Error::not_found)?;
    Ok(Some(Notice {
        kind: NoticeKind::Membership,
        people: store::carers_of(conn, campus)?,
        text: Text::NoticeCarers,
        values: vec![("campus", Value::name(&campuses::store::campus(conn, campus)?.name))],
        has_letter: false,
        cannot_wait: false,
    }))
}
