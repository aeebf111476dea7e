//! What applicants are written when something becomes of their application, and whoever is put on a panel.

use super::{
    events::{ApplicationChange, ApplicationEvent, PanelChange, PanelEvent},
    model::Intake,
    store,
};
use crate::{
    accounts, campuses, cohorts,
    db::Conn,
    error::Result,
    mail::{Letter, Mailing, Text, Value, say, say_where},
    primitives::{Language, LocalTime, time::TimeZone},
};

/// Writes to the applicant, if the application is still there.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn letters(conn: &mut Conn, event: &ApplicationEvent, _secret: Option<&str>) -> Result<Mailing> {
    let Some(application) = store::application(conn, event.application_id)? else {
        return Ok(Mailing::default());
    };
    // Whoever is moved here has applied elsewhere, and is told of that.
    if event.kind == ApplicationChange::Submitted && store::is_deferred_here(conn, application.id)? {
        return Ok(Mailing::default());
    }
    let cohort = cohorts::store::cohort(conn, event.cohort_id)?;
    let campus = campuses::store::campus(conn, event.campus_id)?;
    let later = later(conn, event)?;
    let interview = store::slot_of(conn, application.id)?;
    let trial = match event.kind {
        ApplicationChange::TrialInvited => store::intake(conn, event.cohort_id)?,
        _ => None,
    };
    let mut letters = Vec::new();
    for to in accounts::store::addressees(conn, &[event.person_id])? {
        let zone = to.time_zone.unwrap_or(campus.time_zone);
        let moment = |local: Option<LocalTime>| match local {
            Some(local) => Value::Moment(local.in_zone(campus.time_zone), zone),
            None => Value::Said(String::new()),
        };
        let language = Language::first([to.language, campus.language]);
        let when = match &trial {
            Some(intake) => Value::Said(trial_week(intake, campus.time_zone, language)?),
            None => moment(interview.as_ref().map(|slot| slot.starts_local)),
        };
        let values = [
            ("cohort", Value::name(&cohort.name)),
            ("campus", Value::name(&campus.name)),
            ("starts", Value::Date(cohort.starts_on)),
            ("by", moment(application.reply_by_local)),
            ("when", when),
            ("later", later.clone()),
        ];
        letters.push(Letter::write(to.email, language, text(event.kind), &values)?);
    }
    Ok(Mailing {
        letters,
        // Of several that wait the last one counts.
        replaces_earlier: true,
    })
}

/// What the cohort is called in which a deferred application goes on.
pub(super) fn later(conn: &mut Conn, event: &ApplicationEvent) -> Result<Value> {
    let next = match event.kind {
        ApplicationChange::Deferred => store::deferred_to(conn, event.application_id)?,
        _ => None,
    };
    Ok(match next {
        Some(cohort) => Value::name(&cohorts::store::cohort(conn, cohort)?.name),
        None => Value::Said(String::new()),
    })
}

/// Writes to whoever is put on a panel, unless they did it themself.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn panel_letters(conn: &mut Conn, event: &PanelEvent, _secret: Option<&str>) -> Result<Mailing> {
    if event.kind != PanelChange::Joined || event.is_own_doing {
        return Ok(Mailing::default());
    }
    let cohort = cohorts::store::cohort(conn, event.cohort_id)?;
    let campus = campuses::store::campus(conn, event.campus_id)?;
    let values = [
        ("cohort", Value::name(&cohort.name)),
        ("campus", Value::name(&campus.name)),
    ];
    let mut letters = Vec::new();
    for to in accounts::store::addressees(conn, &[event.person_id])? {
        let language = Language::first([to.language, campus.language]);
        letters.push(Letter::write(
            to.email,
            language,
            Text::ApplicationPanelJoined,
            &values,
        )?);
    }
    Ok(Mailing {
        letters,
        ..Mailing::default()
    })
}

/// When and where the trial week is: a line each.
fn trial_week(intake: &Intake, zone: TimeZone, language: Language) -> Result<String> {
    let mut lines = Vec::new();
    if let (Some(from), Some(to)) = (intake.trial_from, intake.trial_to) {
        let days = [("from", Value::Date(from)), ("to", Value::Date(to))];
        lines.push(say(language, Text::Period, &days)?);
    }
    if let Some(starts) = intake.trial_starts_local() {
        let at = Value::Moment(starts.in_zone(zone), zone);
        lines.push(say(language, Text::BeginsAt, &[("at", at)])?);
    }
    lines.extend(say_where(
        language,
        intake.trial_place.as_ref(),
        intake.trial_url.as_ref(),
    )?);
    Ok(lines.join("\n"))
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
        ApplicationChange::TrialInvited => Text::ApplicationTrialInvited,
        ApplicationChange::Deferred => Text::ApplicationDeferred,
        ApplicationChange::InterviewBooked => Text::ApplicationInterviewBooked,
        ApplicationChange::InterviewCancelled => Text::ApplicationInterviewCancelled,
    }
}
