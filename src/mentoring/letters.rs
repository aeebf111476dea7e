//! What mentors are told when something changes without them.

use super::events::{SlotChange, SlotEvent};
use crate::{
    accounts::{self, model::Addressee},
    campuses, cohorts,
    db::Conn,
    error::Result,
    mail::{Letter, Mailing, without_links},
    notifications::{self, Unsubscribing, model::NoticeKind},
    primitives::time::TimeZone,
};

/// Writes to everybody whom the event concerns and who still has an account.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn letters(links: Unsubscribing) -> impl Fn(&mut Conn, &SlotEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, _secret| write(conn, event, &links)
}

fn write(conn: &mut Conn, event: &SlotEvent, links: &Unsubscribing) -> Result<Mailing> {
    let cohort = cohorts::store::cohort(conn, event.cohort_id)?;
    let campus = campuses::store::campus(conn, event.campus_id)?;
    let (what, text) = words(event.kind);
    let name = format!("week {} of {}", event.week, without_links(cohort.name.as_str()));
    let when = |own: Option<TimeZone>| match (event.starts_at, event.ends_at) {
        (Some(starts), Some(ends)) => {
            let told = |zone| format!("{} to {}", starts.local(zone), ends.local(zone));
            let there = told(campus.time_zone);
            match own.filter(|own| *own != campus.time_zone) {
                Some(own) => format!("{there}\nFor you: {}", told(own)),
                None => there,
            }
        }
        _ => format!("{} to {}", event.week_starts_on, event.week_ends_on),
    };
    let kind = event.slot_kind.as_str();
    let subject = format!("{what}: {name}");
    let place = without_links(campus.name.as_str());
    let people = notifications::store::want_mail_at_once(conn, &event.people, NoticeKind::Mentoring)?;
    let mut recipients = Vec::new();
    for person in people {
        if let Some(addressee) = accounts::store::addressees(conn, &[person])?.pop() {
            recipients.push((addressee, links.link(person, NoticeKind::Mentoring)?));
        }
    }
    let letter = |(addressee, link): (Addressee, String)| Letter {
        unsubscribe: Some(link),
        recipient: addressee.email,
        subject: subject.clone(),
        body: format!(
            "{text}\n\nMentoring ({kind}) in {name} at {place}\n{}\n",
            when(addressee.time_zone)
        ),
    };
    Ok(Mailing {
        letters: recipients.into_iter().map(letter).collect(),
        ..Mailing::default()
    })
}

pub(super) fn words(change: SlotChange) -> (&'static str, &'static str) {
    match change {
        SlotChange::Promoted => (
            "You have a place",
            "A place became free and you were next: it is yours now. If you cannot come after all, \
             give it up, so that the next in line gets it.",
        ),
        SlotChange::CancelledByStaff => (
            "Your sign-up was cancelled",
            "The staff of the campus cancelled your sign-up as a mentor. Ask them if you do not know why.",
        ),
        SlotChange::Removed => (
            "No mentors needed after all",
            "The staff of the campus removed the slot you signed up for. Thank you for having offered to come.",
        ),
        SlotChange::CalledOff => (
            "The cohort was called off",
            "The cohort you signed up for will not take place, or ends early. Thank you for having offered to come.",
        ),
        SlotChange::TakesPlace => (
            "The cohort takes place after all",
            "The cohort you signed up for had been called off. It takes place after all, and your sign-up counts \
             again. If you cannot come any more, give it up, so that the next in line gets it.",
        ),
        SlotChange::Moved => (
            "New time",
            "The staff of the campus changed the time of the slot that you signed up for; the new one is below. \
             If you cannot come then, give it up, so that the next in line gets it.",
        ),
    }
}
