//! Somebody goes, mentors nowhere any more and comes to no office hours.

use super::{bookings::give_up_bookings, is_over, promote, target};
use crate::{
    db::Conn,
    error::Result,
    mentoring::{model::SignUpStatus, rules, store},
    primitives::{Id, Instant},
};

/// Gives up all places to come, which go to the next in line, and what they have booked. What they did stays on record.
pub fn give_up_everything(conn: &mut Conn, person: Id, now: Instant) -> Result<()> {
    give_up_bookings(conn, person, now)?;
    for (_, slot) in store::slots_of(conn, &[person])? {
        let target = target(conn, slot.id)?;
        let (sign_up, _) = store::sign_up(conn, slot.id, person)?;
        if rules::is_on_record(sign_up.status) || is_over(conn, &target, now)? {
            continue;
        }
        store::set_status(conn, &target.slot, &sign_up, SignUpStatus::Cancelled, now)?;
        promote(conn, &target, person, now)?;
    }
    Ok(())
}
