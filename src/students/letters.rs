//! The mail with an invitation.

use super::{
    events::{InvitationChange, InvitationEvent},
    model::{Invitation, InvitationStatus},
    store,
};
use crate::{
    campuses::{self, model::Campus},
    cohorts::{self, model::Cohort},
    db::Conn,
    error::Result,
    mail::{Letter, Mailing, without_links},
};

/// Writes to whoever is invited, as long as the invitation stands; once it was used or taken back, its letter is
/// pointless.
pub fn letters(public_url: String) -> impl Fn(&mut Conn, &InvitationEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, code| {
        let InvitationChange::Sent = event.kind else {
            return Ok(Mailing {
                replaces_earlier: true,
                ..Mailing::default()
            });
        };
        let invitation = store::invitation(conn, event.invitation_id)?;
        let Some(code) = code.filter(|_| invitation.status == InvitationStatus::Pending) else {
            return Ok(Mailing::default());
        };
        let cohort = cohorts::store::cohort(conn, event.cohort_id)?;
        let campus = campuses::store::campus(conn, event.campus_id)?;
        Ok(Mailing {
            letters: vec![Letter {
                unsubscribe: None,
                subject: format!("Your place in {} at {}", cohort.name, campus.name),
                body: text(&campus, &cohort, &invitation, code, &public_url),
                recipient: invitation.email,
            }],
            ..Mailing::default()
        })
    }
}

fn text(campus: &Campus, cohort: &Cohort, invitation: &Invitation, token: &str, public_url: &str) -> String {
    let until = invitation.expires_at.date_in(campus.time_zone.tz());
    let [name, cohort_name, campus_name, city] =
        [&invitation.name, &cohort.name, &campus.name, &campus.city].map(|name| without_links(name.as_str()));
    let dates = format!("from {} to {}", cohort.starts_on, cohort.ends_on);
    let (offer, becomes) = match invitation.graduated {
        true => (
            format!("count you among those who graduated from {cohort_name}, {dates}"),
            "one of the cohort's alumni, who may mentor others,",
        ),
        false => (
            format!("offer you a place in {cohort_name}, {dates}"),
            "a student of the cohort",
        ),
    };
    format!(
        "Hello {name},\n\n\
         the staff of {campus_name} in {city} {offer}.\n\n\
         Your invitation is this code, good once and until {until}:\n\n    {token}\n\n\
         To accept, log in to the app that your campus uses, or open an account with this address, and give\n\
         the code there. (For programs: POST {public_url}/v1/invitations/acceptances, described at\n\
         {public_url}/docs.) Accepting makes you {becomes} and a member of the campus: its\n\
         staff see you from then on, and the other students know you are one of them.\n\n\
         If you expected no such mail, do nothing: without the code nothing happens.\n"
    )
}
