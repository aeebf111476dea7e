//! What mentors are told when something changes without them.

use super::{
    events::{AllocationEvent, SlotChange, SlotEvent},
    model::{AllocationResult, Slot},
    rules, store,
};
use crate::{
    accounts::{self, model::Addressee},
    campuses::{self, model::Campus},
    cohorts,
    db::Conn,
    error::{Error, Result},
    mail::{Letter, Mailing, Text, Value, say, say_where},
    notifications::{self, Unsubscribing, Unwanted, model::NoticeKind},
    primitives::{Id, Language, time::TimeZone},
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
    let slot = store::find_slot(conn, event.slot_id)?;
    let letter = |to: Addressee| {
        let language = Language::first([to.language, campus.language]);
        let values = [
            ("week", Value::Number(event.week)),
            ("cohort", Value::name(&cohort.name)),
            ("campus", Value::name(&campus.name)),
            ("kind", Value::Word(event.slot_kind.as_str())),
            ("at", begins(event, to.time_zone.unwrap_or(campus.time_zone))),
            (
                "when",
                Value::Said(when_and_where(event, slot.as_ref(), &campus, to.time_zone, language)?),
            ),
        ];
        Letter::write(to.email, language, text(event), &values)
    };
    // Who has answered since, or given the place up, is asked nothing.
    let people = match event.kind {
        SlotChange::ReconfirmationAsked => store::asked(conn, event.slot_id, &event.people)?,
        _ => event.people.clone(),
    };
    let mut letters = Vec::new();
    for (to, link) in recipients(conn, &people, event.kind.cannot_wait(), links)? {
        letters.push(letter(to)?.unsubscribed_at(link));
    }
    Ok(Mailing {
        letters,
        ..Mailing::default()
    })
}

/// Those of these people who want mail about mentoring as it happens, or any at all about what cannot wait, and where each says
/// that they want no more.
fn recipients(
    conn: &mut Conn,
    people: &[Id],
    cannot_wait: bool,
    links: &Unsubscribing,
) -> Result<Vec<(Addressee, String)>> {
    let mut recipients = Vec::new();
    for person in notifications::store::want_mail_at_once(conn, people, NoticeKind::Mentoring, cannot_wait)? {
        if let Some(addressee) = accounts::store::addressees(conn, &[person])?.pop() {
            recipients.push((addressee, links.link(person, Unwanted::Kind(NoticeKind::Mentoring))?));
        }
    }
    Ok(recipients)
}

/// When it begins on the clocks of a zone; nothing if it is for a whole week.
pub(super) fn begins(event: &SlotEvent, zone: TimeZone) -> Value {
    let begins = event.starts_at.map(|starts| Value::Moment(starts, zone));
    begins.unwrap_or_else(|| Value::Said(String::new()))
}

/// The slot's times, where it is, and until when a place in it has to be confirmed, if somebody is asked to: a line each.
fn when_and_where(
    event: &SlotEvent,
    slot: Option<&Slot>,
    campus: &Campus,
    own: Option<TimeZone>,
    language: Language,
) -> Result<String> {
    let mut lines = vec![when(event, campus, own, language)?];
    let Some(slot) = slot else {
        return Ok(lines.remove(0));
    };
    lines.extend(say_where(language, slot.place.as_ref(), slot.url.as_ref())?);
    let by = rules::reconfirm_by(slot, event.week_starts_on, campus.time_zone);
    if let Some(by) = by.filter(|_| event.kind == SlotChange::ReconfirmationAsked) {
        let by = Value::Moment(by, own.unwrap_or(campus.time_zone));
        lines.push(say(language, Text::ConfirmBy, &[("by", by)])?);
    }
    Ok(lines.join("\n"))
}

/// The slot's times on the clocks of the campus, and on a line below on those of the mentor; or its week.
fn when(event: &SlotEvent, campus: &Campus, own: Option<TimeZone>, language: Language) -> Result<String> {
    let period = |from, to| say(language, Text::Period, &[("from", from), ("to", to)]);
    let (Some(starts), Some(ends)) = (event.starts_at, event.ends_at) else {
        return period(Value::Date(event.week_starts_on), Value::Date(event.week_ends_on));
    };
    let on_clocks_of = |zone| period(Value::Moment(starts, zone), Value::Moment(ends, zone));
    let there = on_clocks_of(campus.time_zone)?;
    let Some(own) = own.filter(|own| *own != campus.time_zone) else {
        return Ok(there);
    };
    let here = say(language, Text::ForYou, &[("period", Value::Said(on_clocks_of(own)?))])?;
    Ok(format!("{there}\n{here}"))
}

/// Tells everybody who had wishes which weeks are theirs, or that none is.
///
/// # Errors
/// `404` if the cohort or the allocation is gone.
pub fn allocation_letters(
    links: Unsubscribing,
) -> impl Fn(&mut Conn, &AllocationEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, _secret| write_of_allocation(conn, event, &links)
}

fn write_of_allocation(conn: &mut Conn, event: &AllocationEvent, links: &Unsubscribing) -> Result<Mailing> {
    let cohort = cohorts::store::cohort(conn, event.cohort_id)?;
    let campus = campuses::store::campus(conn, event.campus_id)?;
    let stored = store::allocation(conn, event.allocation_id)?;
    let result: AllocationResult = serde_json::from_str(&stored.result).map_err(Error::internal)?;
    let mut letters = Vec::new();
    for person in &event.people {
        let own = result.assignments.iter().filter(|one| one.person == *person);
        let weeks: Vec<String> = own.map(|one| one.week.to_string()).collect();
        let text = match weeks.is_empty() {
            true => Text::AllocationNone,
            false => Text::AllocationPlace,
        };
        for (to, link) in recipients(conn, std::slice::from_ref(person), false, links)? {
            let values = [
                ("cohort", Value::name(&cohort.name)),
                ("campus", Value::name(&campus.name)),
                ("weeks", Value::Said(weeks.join(", "))),
                ("allocation", Value::Code(event.allocation_id.to_string())),
            ];
            let language = Language::first([to.language, campus.language]);
            letters.push(Letter::write(to.email, language, text, &values)?.unsubscribed_at(link));
        }
    }
    Ok(Mailing {
        letters,
        ..Mailing::default()
    })
}

/// What somebody is told of a slot: where it has a time of its own, that time rather than its week alone.
pub(super) fn text(event: &SlotEvent) -> Text {
    let is_timed = event.starts_at.is_some();
    match event.kind {
        SlotChange::Removed if is_timed => Text::SlotTimedRemoved,
        SlotChange::Moved if is_timed => Text::SlotTimedMoved,
        SlotChange::Promoted => Text::SlotPromoted,
        SlotChange::CancelledByStaff => Text::SlotSignUpCancelled,
        SlotChange::Removed => Text::SlotRemoved,
        SlotChange::CalledOff => Text::SlotCalledOff,
        SlotChange::TakesPlace => Text::SlotTakesPlace,
        SlotChange::Moved => Text::SlotMoved,
        SlotChange::ReconfirmationAsked => Text::SlotReconfirmationAsked,
        SlotChange::PlaceExpired => Text::SlotPlaceExpired,
        SlotChange::HandedOver => Text::SlotHandedOver,
        SlotChange::TakenOver => Text::SlotTakenOver,
        SlotChange::Booked => Text::SlotBooked,
        SlotChange::BookingCancelled => Text::SlotBookingCancelled,
        SlotChange::BookingMoved => Text::SlotBookingMoved,
        SlotChange::BookingHandedOver => Text::SlotBookingHandedOver,
    }
}
