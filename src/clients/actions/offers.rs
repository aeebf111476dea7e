//! Offering clients to other campuses of the network, whose cohorts can then build for them.

use crate::{
    audit,
    authz::Actor,
    campuses::{CampusStaff, store as campuses},
    clients::{
        model::{ClientOffer, OfferedClient},
        proofs::SeenClient,
        rules, store,
    },
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, Instant},
};

/// Offers a client to another campus that is open, if its owners agree. Repeating it changes nothing.
pub fn offer_client(conn: &mut Conn, actor: &Actor, (client, campus): (Id, Id), now: Instant) -> Result<()> {
    let seen = SeenClient::of(conn, actor, client)?;
    let keeper = seen.staff()?;
    if campus == seen.campus.id {
        let detail = "The client is at this campus already. Offer it to another one.";
        return Err(Error::new(Code::Conflict, detail));
    }
    let there = campuses::campuses_among(conn, &[campus])?;
    if there.iter().all(|campus| campus.closed_at.is_some()) {
        return Err(Error::not_found());
    }
    let offers = store::offers(conn, client)?;
    if offers.iter().any(|offer| offer.campus_id == campus) {
        return Ok(());
    }
    rules::may_be_offered(&seen.client)?;
    rules::OFFERS.check_room(offers.len())?;
    audit::touched("client_offer");
    let offer = ClientOffer {
        client_id: client,
        campus_id: campus,
        created_at: now,
    };
    store::insert_offer(conn, &keeper, &seen.client, &offer)
}

/// Takes an offer back, unless a team of that campus builds for the client.
pub fn withdraw_offer(conn: &mut Conn, actor: &Actor, (client, campus): (Id, Id), now: Instant) -> Result<()> {
    let seen = SeenClient::of(conn, actor, client)?;
    let keeper = seen.staff()?;
    if !store::is_offered(conn, client, campus)? {
        return Err(Error::not_found());
    }
    rules::may_be_taken_back(store::has_team_at(conn, client, campus)?)?;
    audit::touched("client_offer");
    store::delete_offer(conn, &keeper, &seen.client, campus, now)
}

/// Up to `limit` clients behind another that are offered to a campus, for its staff.
pub fn offered_clients(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<OfferedClient>> {
    let (_, staff) = CampusStaff::of(conn, actor, campus)?;
    store::offered(conn, &staff, after, limit)
}
