//! Offers of clients to other campuses.

use std::collections::HashMap;

use diesel::{dsl::exists, prelude::*};

use crate::{
    campuses::CampusStaff,
    clients::{
        events::{self, ClientOfferChange, ClientOfferEvent, ProductChange, ProductEvent},
        model::{Client, ClientOffer, ClientStatus, OfferedClient, OfferedTo},
        proofs::ClientKeeper,
    },
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            campuses, client_offers as offers, client_products as products, clients, cohorts,
            product_ballots as ballots, product_team_members as members,
        },
    },
    error::Result,
    outbox,
    primitives::{Id, Instant, Line},
};

/// `clients_for!(campus)`: the clients for which cohorts of a campus can build: its own, and those that other campuses that are open
/// offer to it.
macro_rules! clients_for {
    ($campus:expr) => {{
        let offered = offers::table
            .filter(offers::campus_id.eq($campus))
            .select(offers::client_id);
        let is_offered = campuses::closed_at.is_null().and(clients::id.eq_any(offered));
        clients::table
            .inner_join(campuses::table)
            .filter(clients::campus_id.eq($campus).or(is_offered))
    }};
}

/// A client, if cohorts of this campus can build for it.
pub fn client_for(conn: &mut Conn, campus: Id, id: Id) -> Result<Option<Client>> {
    Ok(clients_for!(campus)
        .filter(clients::id.eq(id))
        .select(Client::as_select())
        .first(conn)
        .optional()?)
}

/// What those of these clients are called for which cohorts of a campus can build, and how far they have come.
pub fn clients_for(conn: &mut Conn, campus: Id, ids: &[Id]) -> Result<HashMap<Id, (Line, ClientStatus)>> {
    let found: Vec<(Id, Line, ClientStatus)> = clients_for!(campus)
        .filter(clients::id.among(ids.to_vec()))
        .select((clients::id, clients::name, clients::status))
        .load(conn)?;
    let named = found.into_iter().map(|(id, name, status)| (id, (name, status)));
    Ok(named.collect())
}

/// The campuses to which a client is offered, in the order in which it was.
pub fn offers(conn: &mut Conn, client: Id) -> Result<Vec<OfferedTo>> {
    Ok(offers::table
        .inner_join(campuses::table)
        .filter(offers::client_id.eq(client))
        .order((offers::created_at, offers::campus_id))
        .select((offers::campus_id, campuses::name, offers::created_at))
        .load(conn)?)
}

/// Whether a client is offered to a campus.
pub fn is_offered(conn: &mut Conn, client: Id, campus: Id) -> Result<bool> {
    Ok(diesel::select(exists(offers::table.find((client, campus)))).get_result(conn)?)
}

/// Up to `limit` clients behind another that campuses that are open offer to this one, in the order in which they applied.
pub fn offered(conn: &mut Conn, proof: &CampusStaff, after: Option<Id>, limit: i64) -> Result<Vec<OfferedClient>> {
    let mut query = offers::table
        .inner_join(clients::table.inner_join(campuses::table))
        .filter(offers::campus_id.eq(proof.campus()))
        .filter(campuses::closed_at.is_null())
        .order(clients::id)
        .limit(limit)
        .select((
            clients::id,
            clients::name,
            clients::about,
            clients::url,
            clients::status,
            campuses::id,
            campuses::name,
            offers::created_at,
        ))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(clients::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// Whether a team of a campus builds, or has built, for a client.
pub fn has_team_at(conn: &mut Conn, client: Id, campus: Id) -> Result<bool> {
    let team = members::table
        .inner_join(ballots::table.inner_join(cohorts::table))
        .filter(members::client_id.eq(client))
        .filter(cohorts::campus_id.eq(campus));
    Ok(diesel::select(exists(team)).get_result(conn)?)
}

/// Offers a client to a campus.
pub fn insert_offer(conn: &mut Conn, proof: &ClientKeeper, of: &Client, offer: &ClientOffer) -> Result<()> {
    debug_assert_eq!(
        (proof.client(), offer.client_id),
        (of.id, of.id),
        "the proof holds elsewhere"
    );
    diesel::insert_into(offers::table).values(offer).execute(conn)?;
    tell(
        conn,
        proof,
        of,
        (ClientOfferChange::Made, offer.campus_id),
        offer.created_at,
    )
}

/// Takes an offer back, and what cohorts of the campus could choose because of it.
pub fn delete_offer(conn: &mut Conn, proof: &ClientKeeper, of: &Client, campus: Id, now: Instant) -> Result<()> {
    debug_assert_eq!(proof.client(), of.id, "the proof holds elsewhere");
    diesel::delete(offers::table.find((of.id, campus))).execute(conn)?;
    let there: Vec<Id> = products::table
        .inner_join(cohorts::table)
        .filter(products::client_id.eq(of.id))
        .filter(cohorts::campus_id.eq(campus))
        .order(cohorts::id)
        .select(cohorts::id)
        .load(conn)?;
    let put_up = products::table
        .filter(products::client_id.eq(of.id))
        .filter(products::cohort_id.among(there.clone()));
    diesel::delete(put_up).execute(conn)?;
    let gone = |cohort: Id| ProductEvent {
        kind: ProductChange::Deleted,
        client_id: of.id,
        campus_id: campus,
        cohort_id: cohort,
    };
    let gone: Vec<ProductEvent> = there.into_iter().map(gone).collect();
    outbox::record_all(conn, &gone, proof.person(), now)?;
    tell(conn, proof, of, (ClientOfferChange::Withdrawn, campus), now)
}

fn tell(
    conn: &mut Conn,
    proof: &ClientKeeper,
    of: &Client,
    (kind, campus_id): (ClientOfferChange, Id),
    now: Instant,
) -> Result<()> {
    let event = ClientOfferEvent {
        kind,
        client_id: of.id,
        campus_id,
    };
    outbox::record(conn, &event, proof.person(), now)?;
    let owners = super::owner_ids(conn, of.id)?;
    events::client(of, &owners).updated(conn)
}
