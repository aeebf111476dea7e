//! The mail with an invitation.

use super::{
    events::{InvitationChange, InvitationEvent},
    store,
};
use crate::{
    accounts,
    campuses::{self, model::InvitationStatus},
    cohorts,
    db::Conn,
    error::Result,
    mail::{CodePages, Letter, Mailing, Text, Value},
    primitives::Language,
};

/// Writes to whoever is invited, as long as the invitation stands; once it was used or taken back, its letter is
/// pointless.
pub fn letters(pages: CodePages) -> impl Fn(&mut Conn, &InvitationEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, code| {
        let InvitationChange::Sent = event.kind else {
            return Ok(Mailing::withdrawal());
        };
        let invitation = store::invitation(conn, event.invitation_id)?;
        let Some(code) = code.filter(|_| invitation.status == InvitationStatus::Pending) else {
            return Ok(Mailing::default());
        };
        let cohort = cohorts::store::cohort(conn, event.cohort_id)?;
        let campus = campuses::store::campus(conn, event.campus_id)?;
        let own = accounts::store::language_at(conn, &invitation.email)?;
        let language = Language::first([own, campus.language]);
        let page = format!("join?code={code}&as=student");
        // Nobody has proved the address: whoever reads it there learns who is invited from no name.
        let values = [
            ("cohort", Value::name(&cohort.name)),
            ("campus", Value::name(&campus.name)),
            ("city", Value::name(&campus.city)),
            ("starts", Value::Date(cohort.starts_on)),
            ("ends", Value::Date(cohort.ends_on)),
            ("code", Value::Code(code.into())),
            ("until", Value::Date(invitation.expires_at.date_in(campus.time_zone))),
            ("how", pages.how(language, &page, "/v1/invitations/acceptances")?),
        ];
        let text = match invitation.graduated {
            true => Text::AlumniInvitation,
            false => Text::StudentInvitation,
        };
        Ok(Mailing::one(Letter::write(invitation.email, language, text, &values)?))
    }
}
