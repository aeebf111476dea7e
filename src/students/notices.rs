//! What students are told in the app.

use crate::{
    cohorts::{
        self,
        events::{CohortChange, CohortEvent},
    },
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
        cannot_wait: false,
        href: None,
    }))
}

/// That a cohort was called off, or takes place after all.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn cohort_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        // It was made or changed, which everybody may see and nobody is told.
        return Ok(None);
    }
    let told: CohortEvent = event.read()?;
    let cohort = cohorts::store::cohort(conn, told.cohort_id)?;
    Ok(Some(Notice {
        kind: NoticeKind::Membership,
        people: told.people,
        text: match told.kind {
            CohortChange::CalledOff => Text::NoticeCalledOff,
            CohortChange::TakesPlace => Text::NoticeTakesPlace,
        },
        values: vec![
            ("cohort", Value::name(&cohort.name)),
            ("starts", Value::Date(cohort.starts_on)),
        ],
        has_letter: false,
        // Whoever does not read it travels to a cohort that there is not.
        cannot_wait: true,
        href: None,
    }))
}
