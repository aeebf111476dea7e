//! Making sign-ups, and moving them on.

use diesel::prelude::*;

use crate::{
    calendars::revisions,
    db::{Conn, schema::sign_ups},
    error::{Code, Error, Result},
    mentoring::{
        Mentor, events,
        model::{SignUp, SignUpStatus, Slot},
    },
    on_both,
    primitives::Instant,
};

/// Signs somebody up.
///
/// # Errors
/// `409 already_signed_up`.
pub fn insert_sign_up(conn: &mut Conn, _: &Mentor, slot: &Slot, new: &SignUp) -> Result<()> {
    let inserted = on_both!(conn, |conn| diesel::insert_into(sign_ups::table)
        .values(new)
        .on_conflict_do_nothing()
        .execute(conn))?;
    match inserted {
        0 => Err(Error::new(
            Code::AlreadySignedUp,
            "You have already signed up for this slot.",
        )),
        _ => events::sign_up(slot, new).created(conn),
    }
}

/// Signs somebody up in the place of another.
pub fn insert_swapped(conn: &mut Conn, slot: &Slot, new: &SignUp) -> Result<()> {
    diesel::insert_into(sign_ups::table).values(new).execute(conn)?;
    events::sign_up(slot, new).created(conn)
}

/// Moves a sign-up on.
pub fn set_status(conn: &mut Conn, slot: &Slot, sign_up: &SignUp, status: SignUpStatus, now: Instant) -> Result<()> {
    diesel::update(sign_ups::table.find(sign_up.id))
        .set((
            sign_ups::status.eq(status),
            sign_ups::version.eq(sign_ups::version + 1),
            sign_ups::updated_at.eq(now),
        ))
        .execute(conn)?;
    let is_given_up = sign_up.status == SignUpStatus::Confirmed && status == SignUpStatus::Cancelled;
    if is_given_up {
        revisions::place_given_up(conn, slot, sign_up, now)?;
    }
    if is_given_up && slot.booking_minutes.is_some() {
        revisions::hours_given_up(conn, slot, sign_up.person_id, now)?;
    }
    events::sign_up(slot, sign_up).updated(conn)
}
