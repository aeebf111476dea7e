//! What mentors are told when something changes without them.

use super::{
    events::{AllocationEvent, SlotChange, SlotEvent},
    model::AllocationResult,
    store,
};
use crate::{
    accounts::{self, model::Addressee},
    campuses, cohorts,
    db::Conn,
    error::{Error, Result},
    mail::{Letter, Mailing, without_links},
    primitives::time::TimeZone,
};

/// Writes to everybody whom the event concerns and who still has an account.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn letters(conn: &mut Conn, event: &SlotEvent, _secret: Option<&str>) -> Result<Mailing> {
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
    // Who has answered since, or given the place up, is asked nothing.
    let people = match event.kind {
        SlotChange::ReconfirmationAsked => store::asked(conn, event.slot_id, &event.people)?,
        _ => event.people.clone(),
    };
    let recipients = accounts::store::addressees(conn, &people)?;
    let letter = |addressee: Addressee| Letter {
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

/// Tells everybody who had wishes which weeks are theirs, or that none is.
///
/// # Errors
/// `404` if the cohort or the allocation is gone.
pub fn allocation_letters(conn: &mut Conn, event: &AllocationEvent, _secret: Option<&str>) -> Result<Mailing> {
    let cohort = cohorts::store::cohort(conn, event.cohort_id)?;
    let name = without_links(cohort.name.as_str());
    let stored = store::allocation(conn, event.allocation_id)?;
    let result: AllocationResult = serde_json::from_str(&stored.result).map_err(Error::internal)?;
    let mut letters = Vec::new();
    for person in &event.people {
        let own = result.assignments.iter().filter(|one| one.person == *person);
        let weeks: Vec<String> = own.map(|one| one.week.to_string()).collect();
        let (subject, text) = match weeks.as_slice() {
            [] => (
                format!("No place this time: {name}"),
                "You could not have any of the slots you wished for. The allocation says why, slot by slot; whoever \
                 lost a draw goes first the next time. Other slots may still have room."
                    .to_owned(),
            ),
            weeks => (
                format!("You have a place: {name}"),
                format!(
                    "You mentor in: week {}. The allocation says why. If you cannot come, give the place up, so that \
                     the next in line gets it.",
                    weeks.join(", week ")
                ),
            ),
        };
        let body = format!("{text}\n\nAllocation {} of mentors in {name}\n", event.allocation_id);
        let to = accounts::store::addressees(conn, std::slice::from_ref(person))?;
        letters.extend(to.into_iter().map(|addressee| Letter {
            recipient: addressee.email,
            subject: subject.clone(),
            body: body.clone(),
        }));
    }
    Ok(Mailing {
        letters,
        ..Mailing::default()
    })
}

fn words(change: SlotChange) -> (&'static str, &'static str) {
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
        SlotChange::ReconfirmationAsked => (
            "Do you still come",
            "You have a place as a mentor. Please confirm that you still come, or give the place up; unless you do, it \
             goes to the next in line before the slot begins.",
        ),
        SlotChange::PlaceExpired => (
            "Your place has gone",
            "You did not confirm in time that you still come, so your place went to the next in line. If you can come \
             after all, sign up again.",
        ),
        SlotChange::HandedOver => (
            "Somebody took your place",
            "The place that you offered has been taken over. You need not come.",
        ),
        SlotChange::TakenOver => (
            "You have a place",
            "You took over a place that another mentor offered, or got it for yours. If you cannot come after all, give \
             it up, so that the next in line gets it.",
        ),
        SlotChange::Moved => (
            "New time",
            "The staff of the campus changed the time of the slot that you signed up for; the new one is below. \
             If you cannot come then, give it up, so that the next in line gets it.",
        ),
    }
}
