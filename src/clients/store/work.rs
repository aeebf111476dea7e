//! How product owners are reached, and what belongs to the work on a product.

use diesel::prelude::*;

use crate::{
    clients::{
        builders::builders,
        events,
        model::{Availability, Client, WorkLink},
        proofs::{ClientKeeper, WorkKeeper},
    },
    db::{
        Conn,
        schema::{client_availabilities as availabilities, client_links as links},
    },
    error::Result,
    primitives::Id,
};

/// Who is told of the work for a client, besides the staff: its owners, and who builds, or has built, for it.
pub fn work_readers(conn: &mut Conn, client: Id) -> Result<Vec<Id>> {
    let mut readers = super::owner_ids(conn, client)?;
    readers.extend(builders(conn, client)?);
    readers.sort();
    readers.dedup();
    Ok(readers)
}

/// How the owners of a client can be reached, if they have said so.
pub fn availability(conn: &mut Conn, client: Id) -> Result<Option<Availability>> {
    Ok(availabilities::table
        .find(client)
        .select(Availability::as_select())
        .first(conn)
        .optional()?)
}

/// Says how they can be reached.
pub fn save_availability(conn: &mut Conn, proof: &WorkKeeper, of: &Client, new: &Availability) -> Result<()> {
    debug_assert_eq!(
        (proof.client(), proof.person()),
        (new.client_id, new.said_by),
        "the proof holds elsewhere"
    );
    match new.version {
        1 => diesel::insert_into(availabilities::table).values(new).execute(conn)?,
        _ => diesel::update(availabilities::table.find(new.client_id))
            .set(new)
            .execute(conn)?,
    };
    let readers = work_readers(conn, of.id)?;
    events::availability(of, &readers).updated(conn)
}

/// Forgets how they can be reached, if this one of them said it.
pub fn delete_availability_of(conn: &mut Conn, proof: &ClientKeeper, of: &Client, person: Id) -> Result<()> {
    debug_assert_eq!(proof.client(), of.id, "the proof holds elsewhere");
    let said = availabilities::table
        .find(of.id)
        .filter(availabilities::said_by.eq(person));
    if diesel::delete(said).execute(conn)? == 0 {
        return Ok(());
    }
    let readers = work_readers(conn, of.id)?;
    events::availability(of, &readers).deleted(conn)
}

/// The links of a client, in the order in which they were added.
pub fn links(conn: &mut Conn, client: Id) -> Result<Vec<WorkLink>> {
    Ok(links::table
        .filter(links::client_id.eq(client))
        .order(links::id)
        .select(WorkLink::as_select())
        .load(conn)?)
}

/// A link.
///
/// # Errors
/// `404` if there is none.
pub fn link(conn: &mut Conn, id: Id) -> Result<WorkLink> {
    Ok(links::table.find(id).select(WorkLink::as_select()).first(conn)?)
}

/// Adds one.
pub fn insert_link(conn: &mut Conn, proof: &WorkKeeper, of: &Client, new: &WorkLink) -> Result<()> {
    debug_assert_eq!(proof.client(), new.client_id, "the proof holds elsewhere");
    diesel::insert_into(links::table).values(new).execute(conn)?;
    let readers = work_readers(conn, of.id)?;
    events::link(of, new.id, &readers).created(conn)
}

/// Changes one.
pub fn update_link(conn: &mut Conn, proof: &WorkKeeper, of: &Client, link: &WorkLink) -> Result<()> {
    debug_assert_eq!(proof.client(), link.client_id, "the proof holds elsewhere");
    diesel::update(links::table.find(link.id)).set(link).execute(conn)?;
    let readers = work_readers(conn, of.id)?;
    events::link(of, link.id, &readers).updated(conn)
}

/// Deletes one.
pub fn delete_link(conn: &mut Conn, proof: &WorkKeeper, of: &Client, link: &WorkLink) -> Result<()> {
    debug_assert_eq!(proof.client(), link.client_id, "the proof holds elsewhere");
    diesel::delete(links::table.find(link.id)).execute(conn)?;
    let readers = work_readers(conn, of.id)?;
    events::link(of, link.id, &readers).deleted(conn)
}
