//! Product owners.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    accounts::model::PersonCard,
    authz::SignedIn,
    clients::{events, model::Client, proofs::ClientKeeper},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{clients, people, product_owners as owners},
    },
    error::{Error, Result},
    primitives::{Id, Instant},
};

/// The owners of a client, in the order in which they became it.
pub fn owners(conn: &mut Conn, client: Id) -> Result<Vec<PersonCard>> {
    Ok(owners::table
        .inner_join(people::table)
        .filter(owners::client_id.eq(client))
        .order((owners::created_at, people::id))
        .select(PersonCard::as_select())
        .load(conn)?)
}

/// Who they are.
pub fn owner_ids(conn: &mut Conn, client: Id) -> Result<Vec<Id>> {
    Ok(owners::table
        .filter(owners::client_id.eq(client))
        .order(owners::person_id)
        .select(owners::person_id)
        .load(conn)?)
}

/// Who they are of each client of a campus.
pub fn owners_at(conn: &mut Conn, campus: Id) -> Result<HashMap<Id, Vec<Id>>> {
    let pairs = owners::table
        .inner_join(clients::table)
        .filter(clients::campus_id.eq(campus))
        .order((owners::client_id, owners::person_id))
        .select((owners::client_id, owners::person_id))
        .load(conn)?;
    Ok(by_client(pairs))
}

/// Who they are of each of these clients.
pub fn owners_of(conn: &mut Conn, of: &[Id]) -> Result<HashMap<Id, Vec<Id>>> {
    let pairs = owners::table
        .filter(owners::client_id.among(of.to_vec()))
        .order((owners::client_id, owners::person_id))
        .select((owners::client_id, owners::person_id))
        .load(conn)?;
    Ok(by_client(pairs))
}

fn by_client(pairs: Vec<(Id, Id)>) -> HashMap<Id, Vec<Id>> {
    let mut all: HashMap<Id, Vec<Id>> = HashMap::new();
    for (client, person) in pairs {
        all.entry(client).or_default().push(person);
    }
    all
}

/// The clients of somebody, at one campus if it is named.
pub fn of_owner(conn: &mut Conn, person: Id, campus: Option<Id>) -> Result<Vec<Client>> {
    let mut query = owners::table
        .inner_join(clients::table)
        .filter(owners::person_id.eq(person))
        .order(clients::id)
        .select(Client::as_select())
        .into_boxed();
    if let Some(campus) = campus {
        query = query.filter(clients::campus_id.eq(campus));
    }
    Ok(query.load(conn)?)
}

/// Makes whoever accepts an invitation an owner, if they are not.
pub(super) fn insert_owner(conn: &mut Conn, proof: &SignedIn, client: &Client, now: Instant) -> Result<()> {
    let person = proof.person();
    let mut all = owner_ids(conn, client.id)?;
    if all.contains(&person) {
        return Ok(());
    }
    diesel::insert_into(owners::table)
        .values((
            owners::client_id.eq(client.id),
            owners::person_id.eq(person),
            owners::created_at.eq(now),
        ))
        .execute(conn)?;
    all.push(person);
    events::owner(client, person, &all).created(conn)
}

/// Somebody is an owner no longer.
///
/// # Errors
/// `404` if they were not.
pub fn delete_owner(conn: &mut Conn, proof: &ClientKeeper, client: &Client, person: Id) -> Result<()> {
    debug_assert_eq!(proof.client(), client.id, "the proof holds elsewhere");
    if diesel::delete(owners::table.find((client.id, person))).execute(conn)? == 0 {
        return Err(Error::not_found());
    }
    let all = owner_ids(conn, client.id)?;
    events::owner(client, person, &all).deleted(conn)
}
