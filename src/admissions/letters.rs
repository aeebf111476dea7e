//! What applicants are written when something becomes of their application.

use super::{
    events::{ApplicationChange, ApplicationEvent},
    store,
};
use crate::{
    accounts, campuses, cohorts,
    db::Conn,
    error::Result,
    mail::{Letter, Mailing, Text, Value},
    primitives::Language,
};

/// Writes to the applicant, if the application is still there.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn letters(conn: &mut Conn, event: &ApplicationEvent, _secret: Option<&str>) -> Result<Mailing> {
    if store::application(conn, event.application_id)?.is_none() {
        return Ok(Mailing::default());
    }
    let cohort = cohorts::store::cohort(conn, event.cohort_id)?;
    let campus = campuses::store::campus(conn, event.campus_id)?;
    let values = [
        ("cohort", Value::name(&cohort.name)),
        ("campus", Value::name(&campus.name)),
        ("starts", Value::Date(cohort.starts_on)),
        ("by", Value::Said(String::new())),
    ];
    let mut letters = Vec::new();
    for to in accounts::store::addressees(conn, &[event.person_id])? {
        let language = Language::first([to.language, campus.language]);
        letters.push(Letter::write(to.email, language, text(event.kind), &values)?);
    }
    Ok(Mailing {
        letters,
        // Of several that wait the last one counts.
        replaces_earlier: true,
    })
}

pub(super) fn text(change: ApplicationChange) -> Text {
    match change {
        ApplicationChange::Submitted => Text::ApplicationSubmitted,
        ApplicationChange::Waitlisted => Text::ApplicationWaitlisted,
        ApplicationChange::Offered => Text::ApplicationOffered,
        ApplicationChange::Accepted => Text::ApplicationAccepted,
        ApplicationChange::Declined => Text::ApplicationDeclined,
        ApplicationChange::Expired => Text::ApplicationExpired,
        ApplicationChange::Rejected => Text::ApplicationRejected,
        ApplicationChange::Withdrawn => Text::ApplicationWithdrawn,
        ApplicationChange::Deferred => Text::ApplicationDeferred,
    }
}
