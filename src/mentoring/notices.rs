//! What mentors are told in the app, and what organisers are told of mentors.

use super::{
    events::{AllocationEvent, DrawEvent, Gap, SlotEvent, SwapOfferChange, SwapOfferEvent},
    letters,
};
use crate::{
    authz::StaffRole,
    campuses, cohorts,
    db::Conn,
    error::{Error, Result},
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
};

/// What happened to slots without those who signed up for them.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        // A slot was made or changed, which concerns nobody in particular.
        return Ok(None);
    }
    let slot: SlotEvent = event.read()?;
    let cohort = cohorts::store::cohort(conn, slot.cohort_id)?;
    let campus = campuses::store::campus(conn, slot.campus_id)?;
    Ok(Some(Notice {
        kind: NoticeKind::Mentoring,
        text: letters::text(&slot),
        values: vec![
            ("week", Value::Number(slot.week)),
            ("cohort", Value::name(&cohort.name)),
            ("campus", Value::name(&campus.name)),
            ("kind", Value::Word(slot.slot_kind.as_str())),
            ("at", letters::begins(&slot, campus.time_zone)),
            // The title does not say it.
            ("when", Value::Said(String::new())),
        ],
        people: slot.people,
        has_letter: true,
        cannot_wait: slot.kind.cannot_wait(),
        href: None,
    }))
}

/// That the places of a cohort were given out, to everybody who had wishes.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn allocation_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let allocation: AllocationEvent = event.read()?;
    let cohort = cohorts::store::cohort(conn, allocation.cohort_id)?;
    Ok(Some(Notice {
        kind: NoticeKind::Mentoring,
        text: Text::NoticeAllocation,
        values: vec![("cohort", Value::name(&cohort.name))],
        people: allocation.people,
        has_letter: true,
        cannot_wait: false,
        href: None,
    }))
}

/// What a draw commits to, to everybody who had wishes. Their mail keeps it where nobody can change it.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn draw_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let draw: DrawEvent = event.read()?;
    let cohort = cohorts::store::cohort(conn, draw.cohort_id)?;
    Ok(Some(Notice {
        kind: NoticeKind::Mentoring,
        text: Text::NoticeDraw,
        values: vec![
            ("cohort", Value::name(&cohort.name)),
            ("number", Value::Number(i32::try_from(draw.number).unwrap_or(i32::MAX))),
            ("allocation", Value::Code(draw.allocation_id.to_string())),
            ("commitment", Value::Code(draw.commitment)),
        ],
        people: draw.people,
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}

/// That a place is offered, to those who could take it.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn swap_offer_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let offer: SwapOfferEvent = event.read()?;
    let cohort = cohorts::store::cohort(conn, offer.cohort_id)?;
    Ok(Some(Notice {
        kind: NoticeKind::Mentoring,
        text: match offer.kind {
            SwapOfferChange::ForYours => Text::NoticeSwapForYours,
            SwapOfferChange::ForWhoWaits => Text::NoticeSwapForWhoWaits,
        },
        values: vec![
            ("week", Value::Number(offer.week)),
            ("cohort", Value::name(&cohort.name)),
        ],
        people: offer.people,
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}

/// That a week begins soon without enough mentors, to the organisers of the campus.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn cover_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let gap: Gap = event.details()?;
    let cohort = cohorts::store::cohort(conn, event.cohort_id.ok_or_else(Error::not_found)?)?;
    let staff = campuses::store::staff_roles(conn, cohort.campus_id)?.into_iter();
    let organisers = staff.filter(|(_, role)| *role == StaffRole::Organiser);
    Ok(Some(Notice {
        kind: NoticeKind::Requests,
        people: organisers.map(|(person, _)| person).collect(),
        text: Text::NoticeCoverMissing,
        values: vec![
            ("week", Value::Number(gap.week)),
            ("cohort", Value::name(&cohort.name)),
            ("starts", Value::Date(gap.starts_on)),
            ("missing", Value::Number(gap.missing)),
        ],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}
