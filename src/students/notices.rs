//! What students are told in the app.

use crate::{
    cohorts,
    db::Conn,
    error::{Error, Result},
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
};

/// That somebody was enrolled.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.kind != "enrolment.created" {
        return Ok(None);
    }
    let cohort = cohorts::store::cohort(conn, event.cohort_id.ok_or_else(Error::not_found)?)?;
    Ok(Some(Notice {
        kind: NoticeKind::Membership,
        people: vec![event.object_id],
        text: Text::NoticeEnrolled,
        values: vec![
            ("cohort", Value::name(&cohort.name)),
            ("starts", Value::Date(cohort.starts_on)),
        ],
        has_letter: false,
    }))
}
