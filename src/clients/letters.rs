//! What product owners are written: of each step, that one is awaited of them, and that they are invited.

use super::{
    events::{ClientChange, ClientEvent, OwnerInvitationChange, OwnerInvitationEvent},
    store,
};
use crate::{
    accounts, campuses,
    db::Conn,
    error::Result,
    mail::{CodePages, Letter, Mailing, Text, Value},
    primitives::Language,
    students::model::InvitationStatus,
};

/// Writes to the owners, if the client is still where it was then: whoever has taken the step is not asked for it. Of several
/// letters that wait the last one counts.
///
/// # Errors
/// `404` if the campus is gone.
pub fn letters(conn: &mut Conn, event: &ClientEvent, _secret: Option<&str>) -> Result<Mailing> {
    let Some(client) = store::client(conn, event.client_id)?.filter(|client| event.still_holds(client)) else {
        return Ok(Mailing::default());
    };
    let campus = campuses::store::campus(conn, client.campus_id)?;
    let steps = store::steps(conn, client.id)?;
    let url = steps.into_iter().rev().find(|step| step.status == client.status);
    let url = url.and_then(|step| step.url).map(|url| url.to_string());
    let owners = store::owner_ids(conn, client.id)?;
    let mut letters = Vec::new();
    for to in accounts::store::addressees(conn, &owners)? {
        let values = [
            ("client", Value::name(&client.name)),
            ("campus", Value::name(&campus.name)),
            ("status", Value::Word(client.status.as_str())),
            ("url", Value::Link(url.clone().unwrap_or_default())),
        ];
        let language = Language::first([to.language, campus.language]);
        letters.push(Letter::write(to.email, language, text(event.kind), &values)?);
    }
    Ok(Mailing {
        letters,
        replaces_earlier: true,
    })
}

fn text(change: ClientChange) -> Text {
    match change {
        ClientChange::StepTaken => Text::ClientStep,
        ClientChange::Reminded => Text::ClientReminder,
    }
}

/// Writes to whoever is invited, as long as the invitation stands; once it was used or taken back, its letter is pointless.
pub fn invitation_letters(
    pages: CodePages,
) -> impl Fn(&mut Conn, &OwnerInvitationEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, code| {
        let OwnerInvitationChange::Sent = event.kind else {
            return Ok(Mailing::withdrawal());
        };
        let invitation = store::invitation(conn, event.invitation_id)?;
        let client = store::client(conn, event.client_id)?;
        let standing = code.filter(|_| invitation.status == InvitationStatus::Pending);
        let (Some(code), Some(client)) = (standing, client) else {
            return Ok(Mailing::default());
        };
        if store::backers(conn, &client, std::slice::from_ref(&invitation))?.is_empty() {
            return Ok(Mailing::default());
        }
        let campus = campuses::store::campus(conn, client.campus_id)?;
        let own = accounts::store::language_at(conn, &invitation.email)?;
        let language = Language::first([own, campus.language]);
        let page = format!("join?code={code}&as=owner");
        let values = [
            ("client", Value::name(&client.name)),
            ("campus", Value::name(&campus.name)),
            ("city", Value::name(&campus.city)),
            ("code", Value::Code(code.into())),
            ("until", Value::Date(invitation.expires_at.date_in(campus.time_zone))),
            ("how", pages.how(language, &page, "/v1/owner-invitations/acceptances")?),
        ];
        let letter = Letter::write(invitation.email, language, Text::OwnerInvitation, &values)?;
        Ok(Mailing::one(letter))
    }
}
