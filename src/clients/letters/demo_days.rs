//! What product owners are written of demo days.

use super::when_and_where;
use crate::{
    accounts, campuses,
    clients::{
        events::{DemoDayInvitationChange, DemoDayInvitationEvent},
        store,
    },
    cohorts,
    db::Conn,
    error::Result,
    mail::{Letter, Mailing, Text, Value},
    primitives::Language,
};

/// Writes to the owners that they are invited, as long as they are, or of another time or place, or that it was cancelled. Of
/// several letters that wait the last one counts.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn demo_day_letters(conn: &mut Conn, event: &DemoDayInvitationEvent, _secret: Option<&str>) -> Result<Mailing> {
    let is_cancelled = event.kind == DemoDayInvitationChange::Cancelled;
    let day = store::demo_day(conn, event.demo_day_id)?;
    let stands = is_cancelled || store::is_invited(conn, event.invitation_id)?;
    let Some(client) = store::client(conn, event.client_id)?.filter(|_| stands) else {
        return Ok(Mailing::withdrawal());
    };
    let cohort = cohorts::store::cohort(conn, event.cohort_id)?;
    let campus = campuses::store::campus(conn, event.campus_id)?;
    let owners = store::owner_ids(conn, client.id)?;
    let mut letters = Vec::new();
    for to in accounts::store::addressees(conn, &owners)? {
        let language = Language::first([to.language, campus.language]);
        let more = match day.as_ref().filter(|_| !is_cancelled) {
            Some(day) => when_and_where(language, &day.meeting(), campus.time_zone)?,
            None => String::new(),
        };
        let values = [
            ("client", Value::name(&client.name)),
            ("cohort", Value::name(&cohort.name)),
            ("campus", Value::name(&campus.name)),
            ("status", Value::Word(event.kind.word(day.is_some()))),
            ("at", Value::Moment(event.starts_at, campus.time_zone)),
            ("more", Value::Said(more)),
        ];
        letters.push(Letter::write(to.email, language, Text::DemoDay, &values)?);
    }
    Ok(Mailing {
        letters,
        replaces_earlier: true,
    })
}
