//! What is read of the audit trail, and by whom.

use std::collections::BTreeSet;

use super::{
    model::{Entry, EntrySelection},
    store,
};
use crate::{
    accounts::{model::PersonCard, store as accounts},
    authz::{Actor, SignedIn},
    campuses::CampusOrganiser,
    db::Conn,
    error::Result,
    primitives::{Id, Limit, Page},
};

/// An entry, with who did it.
pub struct EntryWithPerson {
    pub entry: Entry,
    pub person: Option<PersonCard>,
}

/// What was done at a campus, for its organisers.
pub fn at_campus(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    selection: &EntrySelection,
    limit: Limit,
) -> Result<Page<EntryWithPerson>> {
    let (_, proof) = CampusOrganiser::of(conn, actor, campus)?;
    let entries = store::entries_at(conn, &proof, selection, limit.plus_one())?;
    with_people(conn, entries, limit)
}

/// What was done in the caller's name.
pub fn own(conn: &mut Conn, actor: &Actor, before: Option<Id>, limit: Limit) -> Result<Page<EntryWithPerson>> {
    let entries = store::entries_of(conn, &SignedIn::prove(actor)?, before, limit.plus_one())?;
    with_people(conn, entries, limit)
}

fn with_people(conn: &mut Conn, entries: Vec<Entry>, limit: Limit) -> Result<Page<EntryWithPerson>> {
    let page = Page::of(entries, limit, |entry| entry.id);
    let people: BTreeSet<Id> = page.data.iter().filter_map(|entry| entry.person_id).collect();
    let cards = accounts::cards(conn, &people.into_iter().collect::<Vec<Id>>())?;
    let card = |id: Id| cards.iter().find(|card| card.id == id).cloned();
    Ok(page.map(|entry| EntryWithPerson {
        person: entry.person_id.and_then(card),
        entry,
    }))
}
