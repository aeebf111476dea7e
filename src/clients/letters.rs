//! What product owners are written: of each step, that one is awaited of them, and that they are invited.

mod demo_days;

pub use demo_days::demo_day_letters;

use super::{
    events::{ClientChange, ClientEvent, OwnerInvitationChange, OwnerInvitationEvent, WorkshopBookingEvent},
    model::{Client, ClientStatus, Party, Step},
    rules, store,
};
use crate::{
    accounts,
    campuses::{self, model::InvitationStatus},
    db::Conn,
    error::Result,
    mail::{CodePages, Letter, Mailing, Text, Value, say, say_where},
    primitives::{Language, Meeting, time::TimeZone},
};

/// Writes to the owners, if the client is still where it was then: whoever has taken the step is not asked for it. Of several
/// letters that wait the last one counts.
///
/// # Errors
/// `404` if the campus is gone.
pub fn letters(public_url: String) -> impl Fn(&mut Conn, &ClientEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, _| {
        let Some(client) = store::client(conn, event.client_id)?.filter(|client| event.still_holds(client)) else {
            return Ok(Mailing::default());
        };
        let campus = campuses::store::campus(conn, client.campus_id)?;
        let steps = store::steps(conn, client.id)?;
        let owners = store::owner_ids(conn, client.id)?;
        let workshop = store::workshop_of(conn, client.id)?;
        // A place is booked elsewhere than the other steps are taken.
        let to = if client.status == ClientStatus::Invited {
            "workshop"
        } else {
            "status"
        };
        let href = format!("{public_url}/v1/clients/{}/{to}", client.id);
        let mut letters = Vec::new();
        for to in accounts::store::addressees(conn, &owners)? {
            let language = Language::first([to.language, campus.language]);
            let mut values = vec![
                ("client", Value::name(&client.name)),
                ("campus", Value::name(&campus.name)),
                ("status", Value::Word(rules::told_as(client.status, &steps))),
                ("href", Value::Link(href.clone())),
            ];
            values.extend(said_with(steps.last()));
            let mut more = more(language, &client, steps.last(), &values)?;
            if let Some(workshop) = workshop
                .as_ref()
                .filter(|_| client.status == ClientStatus::WorkshopBooked)
            {
                more.push_str(&when_and_where(language, &workshop.meeting(), campus.time_zone)?);
            }
            values.push(("more", Value::Said(more)));
            letters.push(Letter::write(to.email, language, text(event.kind), &values)?);
        }
        Ok(Mailing {
            letters,
            replaces_earlier: true,
        })
    }
}

/// Who took the step, and what they wrote with it.
fn said_with(step: Option<&Step>) -> [(&'static str, Value); 2] {
    let by = step.map_or(Party::Staff, |step| step.taken_by);
    let note = step.and_then(|step| step.note.as_ref()).map(ToString::to_string);
    [
        ("by", Value::Word(by.as_str())),
        ("note", Value::Quote(note.unwrap_or_default())),
    ]
}

/// What a letter says behind its sentence: where the agreement is, what was written, and how a step that is awaited is taken. Nobody
/// but the staff puts a link into mail in the name of the campus.
fn more(language: Language, client: &Client, step: Option<&Step>, values: &[(&'static str, Value)]) -> Result<String> {
    let by_staff = step.filter(|step| step.taken_by == Party::Staff);
    // Each behind an empty line.
    let mut parts = vec![String::new()];
    parts.extend(by_staff.and_then(|step| step.url.as_ref()).map(ToString::to_string));
    if step.is_some_and(|step| step.note.is_some()) {
        parts.push(say(language, Text::ClientNote, values)?);
    }
    if rules::waits_for(client.status) == Some(Party::Owner) {
        parts.push(say(language, Text::ClientAnswer, values)?);
    }
    Ok(parts.join("\n\n"))
}

/// When and where clients come to, behind an empty line.
fn when_and_where(language: Language, meeting: &Meeting, zone: TimeZone) -> Result<String> {
    let at = Value::Moment(meeting.span(zone).0, zone);
    let mut lines = vec![say(language, Text::BeginsAt, &[("at", at)])?];
    lines.extend(say_where(language, meeting.place.as_ref(), meeting.url.as_ref())?);
    Ok(format!("\n\n{}", lines.join("\n")))
}

/// Writes to the owners that their workshop is at another time or place, as long as they have a place at it.
///
/// # Errors
/// `404` if the campus is gone.
pub fn workshop_letters(conn: &mut Conn, event: &WorkshopBookingEvent, _secret: Option<&str>) -> Result<Mailing> {
    let client = store::client(conn, event.client_id)?;
    let workshop = store::workshop_of(conn, event.client_id)?;
    let (Some(client), Some(workshop)) = (client, workshop) else {
        return Ok(Mailing::withdrawal());
    };
    let campus = campuses::store::campus(conn, client.campus_id)?;
    let owners = store::owner_ids(conn, client.id)?;
    let mut letters = Vec::new();
    for to in accounts::store::addressees(conn, &owners)? {
        let language = Language::first([to.language, campus.language]);
        let values = [
            ("client", Value::name(&client.name)),
            ("campus", Value::name(&campus.name)),
            (
                "more",
                Value::Said(when_and_where(language, &workshop.meeting(), campus.time_zone)?),
            ),
        ];
        letters.push(Letter::write(to.email, language, Text::ClientWorkshopMoved, &values)?);
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
