//! Checking in at an event.

use crate::{
    audit,
    authz::Actor,
    db::Conn,
    error::Result,
    events::{model::Attendance, proofs::SeenEvent, rules::attendance as rules, store},
    primitives::{Id, Instant},
};

/// What somebody sends who checks in.
#[derive(Clone, Debug)]
pub struct CheckInRequest {
    pub code: Option<String>,
    /// When they came.
    pub arrived_at: Option<Instant>,
}

/// Counts a code before it is looked at, in a transaction of its own: what is refused leaves no trace otherwise, and
/// many at once would be looked at all. A check-in without a code, or where none is needed, counts as none.
///
/// # Errors
/// `409` after too many, and as [`check_in`].
pub fn count_code(conn: &mut Conn, actor: &Actor, event: Id) -> Result<()> {
    let seen = SeenEvent::of(conn, actor, event)?;
    seen.insider().must_be_open()?;
    if seen.event.check_in_code.is_none() {
        return Ok(());
    }
    let tries = store::tries(conn, event, seen.insider().person())?;
    rules::may_guess(tries)?;
    store::count_try(conn, &seen.insider(), event, tries + 1)
}

/// Notes that the caller is there. Who checks in again stays checked in as they were.
pub fn check_in(
    conn: &mut Conn,
    actor: &Actor,
    event: Id,
    request: &CheckInRequest,
    now: Instant,
) -> Result<Attendance> {
    let seen = SeenEvent::of(conn, actor, event)?;
    let insider = seen.insider();
    insider.must_be_open()?;
    let (event, zone) = (&seen.event, seen.zone());
    let before = store::attendance(conn, event.id, insider.person())?;
    rules::may_check_in(before.as_ref())?;
    let arrived = rules::arrival(event, zone, request.arrived_at, now)?;
    rules::check_code(event.check_in_code.as_deref(), request.code.as_deref())?;
    let kept = before.as_ref().filter(|before| before.arrived_at <= Some(arrived));
    if let Some(kept) = kept {
        store::put_own_attendance(conn, &insider, kept)?;
        return Ok(kept.clone());
    }
    let attendance = Attendance {
        event_id: event.id,
        person_id: insider.person(),
        cohort_id: event.cohort_id,
        status: rules::on_arrival(event, zone, arrived),
        arrived_at: Some(arrived),
        received_at: Some(now),
        noted_by: None,
        is_noted: false,
        created_at: before.as_ref().map_or(now, |before| before.created_at),
        updated_at: now,
    };
    audit::became("status", before.map(|before| before.status), attendance.status);
    store::put_own_attendance(conn, &insider, &attendance)?;
    Ok(attendance)
}
