//! What pastoral carers, and those who come along on walks, are told in the app.

use super::{
    model::{WalkChange, WalkNews},
    store,
};
use crate::{
    campuses, cohorts,
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
        href: None,
    }))
}

/// That a walk is at another time or called off, to those who come along on it.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn walk_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let news: WalkNews = event.details()?;
    let cohort = cohorts::store::cohort(conn, event.cohort_id.ok_or_else(Error::not_found)?)?;
    let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
    let when = match news.starts_at {
        // Of one that has begun there is nothing to tell.
        Some(starts) if starts <= event.created_at => return Ok(None),
        Some(starts) => Value::Moment(starts, zone),
        None => Value::Date(news.week_starts_on),
    };
    Ok(Some(Notice {
        kind: NoticeKind::Events,
        people: news.people,
        text: match news.change {
            WalkChange::Moved => Text::NoticeWalkMoved,
            WalkChange::CalledOff => Text::NoticeWalkCalledOff,
        },
        values: vec![
            ("cohort", Value::name(&cohort.name)),
            ("week", Value::Number(news.week)),
            ("when", when),
        ],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}
