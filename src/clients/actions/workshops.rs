//! Workshops: staff offer them, clients book a place, and staff note who came.

use super::clients::{WholeClient, move_on, take_step_of, whole_of_seen};
use crate::{
    audit,
    authz::{Actor, hide},
    campuses::{CampusStaff, model::Campus},
    clients::{
        model::{Attendee, ClientStatus, NewStep, NewWorkshop, Party, Workshop, WorkshopPatch},
        proofs::{ClientKeeper, SeenClient},
        rules, store,
    },
    db::Conn,
    error::{Error, Result},
    primitives::{Id, IfMatch, Instant, LocalTime, time::TimeZone},
};

/// A workshop with who has a place at it.
pub struct ShownWorkshop {
    pub workshop: Workshop,
    pub zone: TimeZone,
    pub clients: Vec<Attendee>,
}

/// Offers a workshop.
pub fn offer(conn: &mut Conn, actor: &Actor, campus: Id, new: NewWorkshop, now: Instant) -> Result<ShownWorkshop> {
    let (campus, staff) = CampusStaff::of(conn, actor, campus)?;
    let zone = campus.time_zone;
    let workshop = Workshop {
        id: Id::new(),
        campus_id: campus.id,
        starts_local: new.starts_at.local(zone),
        ends_local: new.ends_at.local(zone),
        place: new.place,
        url: new.url,
        places: new.places,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    rules::check_workshop(&workshop, 0, zone, now)?;
    let there = store::workshops_after(conn, campus.id, LocalTime::of(now, zone))?.len();
    rules::WORKSHOPS.check_room(there)?;
    store::insert_workshop(conn, &staff, &workshop)?;
    Ok(ShownWorkshop {
        workshop,
        zone,
        clients: Vec::new(),
    })
}

/// Up to `limit` workshops of a campus, for its staff, the latest made first.
pub fn list_at(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<ShownWorkshop>> {
    let (campus, staff) = CampusStaff::of(conn, actor, campus)?;
    let found = store::workshops(conn, &staff, before, limit)?;
    shown(conn, found, campus.time_zone)
}

fn shown(conn: &mut Conn, workshops: Vec<Workshop>, zone: TimeZone) -> Result<Vec<ShownWorkshop>> {
    let ids: Vec<Id> = workshops.iter().map(|workshop| workshop.id).collect();
    let mut attendees = store::attendees(conn, &ids)?;
    let one = |workshop: Workshop| ShownWorkshop {
        clients: attendees.remove(&workshop.id).unwrap_or_default(),
        workshop,
        zone,
    };
    Ok(workshops.into_iter().map(one).collect())
}

/// A workshop, for the staff of its campus.
fn of_staff(conn: &mut Conn, actor: &Actor, id: Id) -> Result<(ShownWorkshop, Campus, CampusStaff)> {
    let workshop = store::workshop(conn, id)?;
    let (campus, staff) = CampusStaff::of(conn, actor, workshop.campus_id).map_err(hide)?;
    let clients = store::attendees(conn, &[id])?.remove(&id).unwrap_or_default();
    let zone = campus.time_zone;
    let shown = ShownWorkshop {
        workshop,
        zone,
        clients,
    };
    Ok((shown, campus, staff))
}

/// One of them.
pub fn get_workshop(conn: &mut Conn, actor: &Actor, id: Id) -> Result<ShownWorkshop> {
    Ok(of_staff(conn, actor, id)?.0)
}

/// Changes a workshop that is still to come. Whoever has booked it is told of another time or place.
pub fn change_workshop(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: WorkshopPatch,
    known: IfMatch,
    now: Instant,
) -> Result<ShownWorkshop> {
    let (mut shown, _, staff) = of_staff(conn, actor, id)?;
    let (before, zone) = (&shown.workshop, shown.zone);
    known.check(before.version)?;
    let mut meeting = before.meeting().at((patch.starts_at, patch.ends_at), zone);
    meeting.place = patch.place.or(meeting.place);
    meeting.url = patch.url.or(meeting.url);
    let after = Workshop {
        places: patch.places.or(before.places),
        ..before.clone().moved(meeting)
    };
    if after == *before {
        return Ok(shown);
    }
    rules::must_be_to_come(before, zone, now)?;
    rules::check_workshop(&after, shown.clients.len(), zone, now)?;
    let after = Workshop {
        version: before.version + 1,
        updated_at: now,
        ..after
    };
    audit::changed(before, &after);
    store::update_workshop(conn, &staff, &after)?;
    if after.meeting() != before.meeting() {
        store::tell_moved(conn, &staff, &shown.clients, now)?;
    }
    shown.workshop = after;
    Ok(shown)
}

/// Cancels a workshop that is still to come. Clients that had a place are invited again, and told.
pub fn cancel_workshop(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let (shown, _, staff) = of_staff(conn, actor, id)?;
    rules::must_be_to_come(&shown.workshop, shown.zone, now)?;
    for attendee in shown.clients.iter().filter(|one| rules::is_to_attend(one.status)) {
        let (client, keeper) = ClientKeeper::of_staff(conn, &staff, attendee.client_id)?;
        let step = NewStep::to(ClientStatus::Invited);
        move_on(conn, &keeper, &client, step, Party::Staff, now)?;
    }
    audit::touched("workshop");
    store::delete_workshop(conn, &staff, &shown.workshop)
}

/// Notes whether a client that had a place was there: it goes on, or is invited again.
pub fn note_attendance(
    conn: &mut Conn,
    actor: &Actor,
    (id, client): (Id, Id),
    attended: bool,
    now: Instant,
) -> Result<ShownWorkshop> {
    let (shown, ..) = of_staff(conn, actor, id)?;
    if shown.clients.iter().all(|one| one.client_id != client) {
        return Err(Error::not_found());
    }
    rules::must_have_begun(&shown.workshop, shown.zone, now)?;
    let mut seen = SeenClient::of(conn, actor, client)?;
    let step = NewStep::to(match attended {
        true => ClientStatus::Attended,
        false => ClientStatus::Invited,
    });
    take_step_of(conn, &mut seen, step, now)?;
    get_workshop(conn, actor, id)
}

/// The workshops that a client can book, as they come, and the one that it has booked.
pub fn list_for(conn: &mut Conn, actor: &Actor, client: Id, now: Instant) -> Result<Vec<ShownWorkshop>> {
    let seen = SeenClient::of(conn, actor, client)?;
    let zone = seen.campus.time_zone;
    let mut found = store::workshop_of(conn, client)?.into_iter().collect::<Vec<_>>();
    if found.is_empty() && rules::can_be_given_a_place(seen.client.status) {
        found = store::workshops_after(conn, seen.campus.id, LocalTime::of(now, zone))?;
        found.retain(|workshop| !workshop.meeting().has_begun(zone, now));
    }
    shown(conn, found, zone)
}

/// Books a place for a client. Repeating it changes nothing.
pub fn book(
    conn: &mut Conn,
    actor: &Actor,
    client: Id,
    workshop: Id,
    known: IfMatch,
    now: Instant,
) -> Result<WholeClient> {
    let mut seen = SeenClient::of(conn, actor, client)?;
    let keeper = seen.keeper()?;
    known.check(seen.client.version)?;
    let unknown = || Error::field("/workshop_id", "not_found", "must be a workshop of the campus");
    let chosen = store::workshop_at(conn, seen.campus.id, workshop)?.ok_or_else(unknown)?;
    let booked = store::workshop_of(conn, client)?;
    if booked.as_ref().is_some_and(|booked| booked.id == workshop) {
        return whole_of_seen(conn, seen);
    }
    rules::must_be_to_come(&chosen, seen.campus.time_zone, now)?;
    let taken = store::attendees(conn, &[workshop])?
        .remove(&workshop)
        .map_or(0, |all| all.len());
    rules::can_book(&chosen, taken, booked.as_ref())?;
    // The letter about the step says when and where, also where it had been taken without a place.
    store::insert_booking(conn, &keeper, &seen.client, workshop, now)?;
    let step = NewStep::to(ClientStatus::WorkshopBooked);
    match (seen.client.status, seen.parties().first().copied()) {
        (ClientStatus::WorkshopBooked, Some(by)) => {
            rules::STEPS.check_room(store::count_steps(conn, client)?)?;
            seen.client = move_on(conn, &keeper, &seen.client, step, by, now)?;
        }
        _ => take_step_of(conn, &mut seen, step, now)?,
    }
    whole_of_seen(conn, seen)
}

/// Gives the place of a client up: it is invited again.
pub fn give_up(conn: &mut Conn, actor: &Actor, client: Id, known: IfMatch, now: Instant) -> Result<()> {
    let mut seen = SeenClient::of(conn, actor, client)?;
    seen.keeper()?;
    known.check(seen.client.version)?;
    let Some(workshop) = store::workshop_of(conn, client)? else {
        return Err(Error::not_found());
    };
    rules::must_be_to_come(&workshop, seen.campus.time_zone, now)?;
    take_step_of(conn, &mut seen, NewStep::to(ClientStatus::Invited), now)
}
