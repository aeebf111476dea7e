//! The mail with an invitation to the staff, and the mail to everybody at a campus that closes.

use std::collections::BTreeSet;

use super::{
    events::{CampusChange, CampusEvent, StaffInvitationChange, StaffInvitationEvent},
    model::{Campus, StaffInvitationStatus},
    rules, store,
};
use crate::{
    accounts::{self, model::Addressee},
    authz::StaffRole,
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

/// Writes to the members and the staff of a campus that was closed or opened again. Of several letters that wait the
/// last one counts.
pub fn closing_letters(public_url: String) -> impl Fn(&mut Conn, &CampusEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, _| {
        let campus = store::campus(conn, event.campus_id)?;
        let staff = store::staff_roles(conn, campus.id)?;
        let organisers = staff.iter().filter(|(_, role)| *role == StaffRole::Organiser);
        let organisers: BTreeSet<_> = organisers.map(|(person, _)| *person).collect();
        let members = store::member_ids(conn, campus.id)?;
        let others: Vec<_> = members
            .into_iter()
            .filter(|person| !organisers.contains(person))
            .collect();
        let organisers: Vec<_> = organisers.into_iter().collect();
        let (to_all, to_organisers) = words(&campus, event.kind, &public_url);
        let what = match event.kind {
            CampusChange::Closed => "has closed",
            CampusChange::Reopened => "is open again",
        };
        let mut letters = Vec::new();
        for (people, body) in [(others, &to_all), (organisers, &to_organisers)] {
            for some in people.chunks(1000) {
                let letter = |addressee: Addressee| Letter {
                    recipient: addressee.email,
                    subject: format!("{} {what}", campus.name),
                    body: body.clone(),
                };
                letters.extend(accounts::store::addressees(conn, some)?.into_iter().map(letter));
            }
        }
        Ok(Mailing {
            letters,
            replaces_earlier: true,
        })
    }
}

/// What members are told, and what organisers are told.
fn words(campus: &Campus, change: CampusChange, public_url: &str) -> (String, String) {
    let [name, city] = [&campus.name, &campus.city].map(|name| without_links(name.as_str()));
    let (id, days) = (campus.id, rules::REOPENED_WITHIN.num_days());
    match change {
        CampusChange::Closed => {
            let told = format!(
                "Hello,\n\n{name} in {city} has closed. Nothing is made or changed there any more, and nobody acts for it: \
                 its staff have\nno access any more, and invitations that were waiting are withdrawn.\n\n\
                 Your account stays, and so does what you have done: who graduated is still among the alumni.\n"
            );
            let keep = format!(
                "{told}\nAs its organiser you can take its data along, or open it again, for {days} days.\n\
                 (For programs: GET {public_url}/v1/campuses/{id}/export,\nDELETE {public_url}/v1/campuses/{id}/closing.)\n"
            );
            (told, keep)
        }
        CampusChange::Reopened => {
            let told =
                format!("Hello,\n\n{name} in {city}, which had closed, is open again. Its staff are who they were.\n");
            (told.clone(), told)
        }
    }
}
