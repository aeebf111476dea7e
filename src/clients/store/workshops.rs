//! Workshops, and the places of clients at them.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    campuses::CampusStaff,
    clients::{
        events::{self, WorkshopBookingChange, WorkshopBookingEvent},
        model::{Attendee, Client, ClientStatus, Workshop},
        proofs::ClientKeeper,
    },
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{client_workshop_bookings as bookings, client_workshops as workshops, clients},
    },
    error::Result,
    outbox,
    primitives::{Id, Instant, Line, LocalTime},
};

/// A workshop.
///
/// # Errors
/// `404` if there is none.
pub fn workshop(conn: &mut Conn, id: Id) -> Result<Workshop> {
    Ok(workshops::table.find(id).select(Workshop::as_select()).first(conn)?)
}

/// A workshop, if it is of this campus.
pub fn workshop_at(conn: &mut Conn, campus: Id, id: Id) -> Result<Option<Workshop>> {
    Ok(workshops::table
        .find(id)
        .filter(workshops::campus_id.eq(campus))
        .select(Workshop::as_select())
        .first(conn)
        .optional()?)
}

/// Up to `limit` of a campus that were made before this one, the latest first.
pub fn workshops(conn: &mut Conn, proof: &CampusStaff, before: Option<Id>, limit: i64) -> Result<Vec<Workshop>> {
    let mut query = workshops::table
        .filter(workshops::campus_id.eq(proof.campus()))
        .order(workshops::id.desc())
        .limit(limit)
        .select(Workshop::as_select())
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(workshops::id.lt(before));
    }
    Ok(query.load(conn)?)
}

/// Those of a campus that begin after this time, by its clocks, as they come.
pub fn workshops_after(conn: &mut Conn, campus: Id, now: LocalTime) -> Result<Vec<Workshop>> {
    Ok(workshops::table
        .filter(workshops::campus_id.eq(campus))
        .filter(workshops::starts_local.gt(now))
        .order((workshops::starts_local, workshops::id))
        .select(Workshop::as_select())
        .load(conn)?)
}

/// The clients that have a place at each of these workshops, in the order in which they applied.
pub fn attendees(conn: &mut Conn, of: &[Id]) -> Result<HashMap<Id, Vec<Attendee>>> {
    let booked: Vec<(Id, Id, Line, ClientStatus)> = bookings::table
        .inner_join(clients::table)
        .filter(bookings::workshop_id.among(of.to_vec()))
        .order(clients::id)
        .select((bookings::workshop_id, clients::id, clients::name, clients::status))
        .load(conn)?;
    let mut all: HashMap<Id, Vec<Attendee>> = HashMap::new();
    for (workshop, client_id, name, status) in booked {
        all.entry(workshop).or_default().push(Attendee {
            client_id,
            name,
            status,
        });
    }
    Ok(all)
}

/// The workshop at which a client has a place.
pub fn workshop_of(conn: &mut Conn, client: Id) -> Result<Option<Workshop>> {
    Ok(bookings::table
        .inner_join(workshops::table)
        .filter(bookings::client_id.eq(client))
        .select(Workshop::as_select())
        .first(conn)
        .optional()?)
}

/// Offers one.
pub fn insert_workshop(conn: &mut Conn, proof: &CampusStaff, new: &Workshop) -> Result<()> {
    debug_assert_eq!(proof.campus(), new.campus_id, "the proof holds elsewhere");
    diesel::insert_into(workshops::table).values(new).execute(conn)?;
    events::workshop(new).created(conn)
}

/// Changes one.
pub fn update_workshop(conn: &mut Conn, proof: &CampusStaff, workshop: &Workshop) -> Result<()> {
    debug_assert_eq!(proof.campus(), workshop.campus_id, "the proof holds elsewhere");
    diesel::update(workshops::table.find(workshop.id))
        .set(workshop)
        .execute(conn)?;
    events::workshop(workshop).updated(conn)
}

/// Tells these clients that their workshop is at another time or place.
pub fn tell_moved(conn: &mut Conn, proof: &CampusStaff, of: &[Attendee], now: Instant) -> Result<()> {
    let owners = super::owners_at(conn, proof.campus())?;
    let event = |attendee: &Attendee| WorkshopBookingEvent {
        kind: WorkshopBookingChange::Moved,
        client_id: attendee.client_id,
        campus_id: proof.campus(),
        owners: owners.get(&attendee.client_id).cloned().unwrap_or_default(),
    };
    outbox::record_all(
        conn,
        &of.iter().map(event).collect::<Vec<_>>(),
        Some(proof.person()),
        now,
    )
}

/// Takes one away, with all its places.
pub fn delete_workshop(conn: &mut Conn, proof: &CampusStaff, workshop: &Workshop) -> Result<()> {
    debug_assert_eq!(proof.campus(), workshop.campus_id, "the proof holds elsewhere");
    diesel::delete(workshops::table.find(workshop.id)).execute(conn)?;
    events::workshop(workshop).deleted(conn)
}

/// Gives a client a place.
pub fn insert_booking(conn: &mut Conn, proof: &ClientKeeper, of: &Client, workshop: Id, now: Instant) -> Result<()> {
    debug_assert_eq!(proof.client(), of.id, "the proof holds elsewhere");
    diesel::insert_into(bookings::table)
        .values((
            bookings::client_id.eq(of.id),
            bookings::workshop_id.eq(workshop),
            bookings::created_at.eq(now),
        ))
        .execute(conn)?;
    let owners = super::owner_ids(conn, of.id)?;
    events::client(of, &owners).updated(conn)
}

/// Sets the place of a client free, if it has one.
pub fn delete_booking(conn: &mut Conn, proof: &ClientKeeper) -> Result<()> {
    diesel::delete(bookings::table.find(proof.client())).execute(conn)?;
    Ok(())
}
