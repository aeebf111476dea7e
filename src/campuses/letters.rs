//! The mail with an invitation to the staff.

use super::{
    events::{StaffInvitationChange, StaffInvitationEvent},
    model::StaffInvitationStatus,
    store,
};
use crate::{
    accounts,
    db::Conn,
    error::Result,
    mail::{Letter, Mailing, Text, Value},
    primitives::Language,
};

/// Writes to whoever is invited, as long as the invitation stands; once it was used or taken back, its letter is
/// pointless.
pub fn letters(public_url: String) -> impl Fn(&mut Conn, &StaffInvitationEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, code| {
        let StaffInvitationChange::Sent = event.kind else {
            return Ok(Mailing::withdrawal());
        };
        let invitation = store::staff_invitation(conn, event.invitation_id)?;
        let Some(code) = code.filter(|_| invitation.status == StaffInvitationStatus::Pending) else {
            return Ok(Mailing::default());
        };
        let campus = store::campus(conn, event.campus_id)?;
        let own = accounts::store::language_at(conn, &invitation.email)?;
        let values = [
            ("campus", Value::name(&campus.name)),
            ("city", Value::name(&campus.city)),
            ("role", Value::Word(invitation.role.as_str())),
            ("code", Value::Code(code.into())),
            (
                "until",
                Value::Date(invitation.expires_at.date_in(campus.time_zone.tz())),
            ),
            (
                "post",
                Value::Link(format!("{public_url}/v1/staff-invitations/acceptances")),
            ),
            ("docs", Value::Link(format!("{public_url}/docs"))),
        ];
        let language = Language::first([own, campus.language]);
        let letter = Letter::write(invitation.email, language, Text::StaffInvitation, &values)?;
        Ok(Mailing::one(letter))
    }
}
