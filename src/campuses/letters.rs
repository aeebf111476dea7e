//! The mail with an invitation to the staff.

use super::{
    events::{StaffInvitationChange, StaffInvitationEvent},
    model::StaffInvitationStatus,
    store,
};
use crate::{
    db::Conn,
    error::Result,
    mail::{Letter, Mailing, without_links},
};

/// Writes to whoever is invited, as long as the invitation stands; once it was used or taken back, its letter is
/// pointless.
pub fn letters(public_url: String) -> impl Fn(&mut Conn, &StaffInvitationEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, code| {
        let StaffInvitationChange::Sent = event.kind else {
            return Ok(Mailing {
                replaces_earlier: true,
                ..Mailing::default()
            });
        };
        let invitation = store::staff_invitation(conn, event.invitation_id)?;
        let Some(code) = code.filter(|_| invitation.status == StaffInvitationStatus::Pending) else {
            return Ok(Mailing::default());
        };
        let campus = store::campus(conn, event.campus_id)?;
        let until = invitation.expires_at.date_in(campus.time_zone.tz());
        let [name, city] = [&campus.name, &campus.city].map(|name| without_links(name.as_str()));
        let role = invitation.role.as_str();
        Ok(Mailing {
            letters: vec![Letter {
                unsubscribe: None,
                subject: format!("Your place on the staff of {}", campus.name),
                body: format!(
                    "Hello,\n\n\
                     an organiser of {name} in {city} invites you to its staff, as {role}.\n\n\
                     Your invitation is this code, good once and until {until}:\n\n    {code}\n\n\
                     To accept, log in to the app that the campus uses with an account that has this address, or open\n\
                     one, and give the code there. (For programs: POST {public_url}/v1/staff-invitations/acceptances,\n\
                     described at {public_url}/docs.)\n\n\
                     If you expected no such mail, do nothing: without the code nothing happens.\n"
                ),
                recipient: invitation.email,
            }],
            ..Mailing::default()
        })
    }
}
