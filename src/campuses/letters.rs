//! The mail with an invitation to the staff, and the mail to everybody at a campus that closes.

use std::collections::BTreeSet;

use super::{
    events::{CampusChange, CampusEvent, StaffInvitationChange, StaffInvitationEvent},
    model::InvitationStatus,
    rules, store,
};
use crate::{
    accounts,
    authz::StaffRole,
    db::Conn,
    error::Result,
    mail::{CodePages, Letter, Mailing, Text, Value},
    primitives::Language,
};

/// Writes to whoever is invited, as long as the invitation stands; once it was used or taken back, its letter is
/// pointless.
pub fn letters(pages: CodePages) -> impl Fn(&mut Conn, &StaffInvitationEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, code| {
        let StaffInvitationChange::Sent = event.kind else {
            return Ok(Mailing::withdrawal());
        };
        let invitation = store::staff_invitation(conn, event.invitation_id)?;
        let Some(code) = code.filter(|_| invitation.status == InvitationStatus::Pending) else {
            return Ok(Mailing::default());
        };
        let campus = store::campus(conn, event.campus_id)?;
        let own = accounts::store::language_at(conn, &invitation.email)?;
        let language = Language::first([own, campus.language]);
        let page = format!("join?code={code}&as=staff");
        let values = [
            ("campus", Value::name(&campus.name)),
            ("city", Value::name(&campus.city)),
            ("role", Value::Word(invitation.role.as_str())),
            ("code", Value::Code(code.into())),
            ("until", Value::Date(invitation.expires_at.date_in(campus.time_zone))),
            ("how", pages.how(language, &page, "/v1/staff-invitations/acceptances")?),
        ];
        let letter = Letter::write(invitation.email, language, Text::StaffInvitation, &values)?;
        Ok(Mailing::one(letter))
    }
}

/// Writes to the members and the staff of a campus that was closed or opened again. Of several letters that wait the
/// last one counts.
pub fn closing_letters(public_url: String) -> impl Fn(&mut Conn, &CampusEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, _| {
        let campus = store::campus(conn, event.campus_id)?;
        let days = i32::try_from(rules::REOPENED_WITHIN.num_days()).unwrap_or(i32::MAX);
        let staff = store::staff_roles(conn, campus.id)?;
        let organisers = staff.iter().filter(|(_, role)| *role == StaffRole::Organiser);
        let organisers: BTreeSet<_> = organisers.map(|(person, _)| *person).collect();
        let members = store::member_ids(conn, campus.id)?;
        let others: Vec<_> = members
            .into_iter()
            .filter(|person| !organisers.contains(person))
            .collect();
        let organisers: Vec<_> = organisers.into_iter().collect();
        let mut letters = Vec::new();
        for (people, text) in [
            (others, members_text(event.kind)),
            (organisers, organisers_text(event.kind)),
        ] {
            for some in people.chunks(1000) {
                for to in accounts::store::addressees(conn, some)? {
                    let values = [
                        ("campus", Value::name(&campus.name)),
                        ("city", Value::name(&campus.city)),
                        ("days", Value::Number(days)),
                        (
                            "export",
                            Value::Link(format!("{public_url}/v1/campuses/{}/export", campus.id)),
                        ),
                        (
                            "closing",
                            Value::Link(format!("{public_url}/v1/campuses/{}/closing", campus.id)),
                        ),
                    ];
                    let language = Language::first([to.language, campus.language]);
                    letters.push(Letter::write(to.email, language, text, &values)?);
                }
            }
        }
        Ok(Mailing {
            letters,
            replaces_earlier: true,
        })
    }
}

fn members_text(change: CampusChange) -> Text {
    match change {
        CampusChange::Closed => Text::CampusClosed,
        CampusChange::Reopened => Text::CampusReopened,
    }
}

/// Organisers of a closed campus are told besides what they can still do.
fn organisers_text(change: CampusChange) -> Text {
    match change {
        CampusChange::Closed => Text::CampusClosedOrganisers,
        CampusChange::Reopened => Text::CampusReopened,
    }
}
