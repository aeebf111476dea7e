//! Queries on times of office hours that are booked.

use diesel::prelude::*;

use crate::{
    accounts::model::PersonCard,
    audit,
    calendars::revisions,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{audit_entries, mentor_slots, office_hour_bookings as bookings, people, team_members, walk_places},
    },
    error::Result,
    mentoring::{
        Booker, events,
        model::{Booking, Slot},
    },
    primitives::{Id, Instant},
};

/// What is booked in these slots, by time.
pub fn bookings(conn: &mut Conn, slots: &[Id]) -> Result<Vec<Booking>> {
    Ok(bookings::table
        .filter(bookings::slot_id.among(slots))
        .order((bookings::slot_id, bookings::number))
        .select(Booking::as_select())
        .load(conn)?)
}

/// The same with who booked it.
pub fn bookings_with_people(conn: &mut Conn, slots: &[Id]) -> Result<Vec<(Booking, PersonCard)>> {
    Ok(bookings::table
        .inner_join(people::table)
        .filter(bookings::slot_id.among(slots))
        .order((bookings::slot_id, bookings::number))
        .select((Booking::as_select(), PersonCard::as_select()))
        .load(conn)?)
}

/// What people have booked for themselves and what is booked for the teams that they are in, with where.
pub fn bookings_of(conn: &mut Conn, people: &[Id]) -> Result<Vec<(Booking, Slot)>> {
    let teams = team_members::table
        .filter(team_members::person_id.among(people))
        .select(team_members::team_id.nullable());
    let own = bookings::person_id.among(people).and(bookings::team_id.is_null());
    Ok(bookings::table
        .inner_join(mentor_slots::table)
        .filter(own.or(bookings::team_id.eq_any(teams)))
        .order((bookings::slot_id, bookings::number))
        .select((Booking::as_select(), Slot::as_select()))
        .load(conn)?)
}

/// What somebody has booked, for themself or a team that they may have left since, with where.
pub fn booked_by(conn: &mut Conn, person: Id) -> Result<Vec<(Booking, Slot)>> {
    Ok(bookings::table
        .inner_join(mentor_slots::table)
        .filter(bookings::person_id.eq(person))
        .order((bookings::slot_id, bookings::number))
        .select((Booking::as_select(), Slot::as_select()))
        .load(conn)?)
}

/// How often somebody has booked a time since, whatever became of it.
pub fn booked_since(conn: &mut Conn, proof: &Booker, since: Instant) -> Result<i64> {
    let accounts = audit::accounts_of(conn, proof.person())?;
    Ok(audit_entries::table
        .filter(audit_entries::person_id.among(accounts))
        .filter(audit_entries::operation.eq("book_office_hours"))
        .filter(audit_entries::created_at.gt(since))
        .count()
        .get_result(conn)?)
}

/// The slots of the walks in which people have a place.
pub fn walks_of(conn: &mut Conn, people: &[Id]) -> Result<Vec<Slot>> {
    Ok(walk_places::table
        .inner_join(mentor_slots::table.on(mentor_slots::id.eq(walk_places::slot_id)))
        .filter(walk_places::person_id.among(people))
        .select(Slot::as_select())
        .load(conn)?)
}

/// Books a time.
pub fn insert_booking(conn: &mut Conn, _: &Booker, slot: &Slot, new: &Booking) -> Result<()> {
    diesel::insert_into(bookings::table).values(new).execute(conn)?;
    events::slot(slot).updated(conn)
}

/// Makes another of the team the one who has booked a time.
pub fn pass_booking(conn: &mut Conn, slot: &Slot, booking: &Booking, to: Id) -> Result<()> {
    diesel::update(bookings::table.find((booking.slot_id, booking.number)))
        .set(bookings::person_id.eq(to))
        .execute(conn)?;
    events::slot(slot).updated(conn)
}

/// Lets a time be booked by others; `people` would have come to it.
pub fn delete_booking(conn: &mut Conn, slot: &Slot, booking: &Booking, people: &[Id], now: Instant) -> Result<()> {
    revisions::booking_deleted(conn, slot, booking.number, people, now)?;
    diesel::delete(bookings::table.find((booking.slot_id, booking.number))).execute(conn)?;
    events::slot(slot).updated(conn)
}
