//! Products that cohorts can build, ballots and votes.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    clients::{
        events::{self, ProductBallotEvent},
        model::{Ballot, ClientStatus, PitchedProduct, Product, Vote},
        proofs::ProductVoter,
    },
    cohorts::{CohortStaff, model::Cohort},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{client_products as products, clients, product_ballots as ballots, product_votes as votes},
    },
    error::Result,
    outbox,
    primitives::{Id, Instant, Line, Stored},
};

/// What a cohort can choose from, in the order in which the clients applied.
pub fn products(conn: &mut Conn, cohort: Id) -> Result<Vec<PitchedProduct>> {
    let found: Vec<(Product, Line, ClientStatus)> = products::table
        .inner_join(clients::table)
        .filter(products::cohort_id.eq(cohort))
        .order(products::client_id)
        .select((Product::as_select(), clients::name, clients::status))
        .load(conn)?;
    let pitched = |(product, name, status)| PitchedProduct { product, name, status };
    Ok(found.into_iter().map(pitched).collect())
}

/// What these clients are called, and how far they have come.
pub fn clients_by_id(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, (Line, ClientStatus)>> {
    let found: Vec<(Id, Line, ClientStatus)> = clients::table
        .filter(clients::id.among(ids.to_vec()))
        .select((clients::id, clients::name, clients::status))
        .load(conn)?;
    Ok(found
        .into_iter()
        .map(|(id, name, status)| (id, (name, status)))
        .collect())
}

/// Puts a product up, or says something else of it.
pub fn save_product(conn: &mut Conn, proof: &CohortStaff, campus: Id, product: &Product) -> Result<()> {
    debug_assert_eq!(proof.cohort(), product.cohort_id, "the proof holds elsewhere");
    let told = events::product(campus, product);
    match product.version {
        1 => {
            diesel::insert_into(products::table).values(product).execute(conn)?;
            told.created(conn)
        }
        _ => {
            let row = products::table.find((product.cohort_id, product.client_id));
            diesel::update(row).set(product).execute(conn)?;
            told.updated(conn)
        }
    }
}

/// Takes a product away.
pub fn delete_product(conn: &mut Conn, proof: &CohortStaff, campus: Id, product: &Product) -> Result<()> {
    debug_assert_eq!(proof.cohort(), product.cohort_id, "the proof holds elsewhere");
    diesel::delete(products::table.find((product.cohort_id, product.client_id))).execute(conn)?;
    events::product(campus, product).deleted(conn)
}

/// The ballots of a cohort, the latest first.
pub fn ballots(conn: &mut Conn, cohort: Id) -> Result<Vec<Ballot>> {
    Ok(ballots::table
        .filter(ballots::cohort_id.eq(cohort))
        .order(ballots::id.desc())
        .select(Ballot::as_select())
        .load(conn)?)
}

/// A ballot.
///
/// # Errors
/// `404` if there is none.
pub fn ballot(conn: &mut Conn, id: Id) -> Result<Ballot> {
    Ok(ballots::table.find(id).select(Ballot::as_select()).first(conn)?)
}

/// Opens a ballot.
pub fn insert_ballot(conn: &mut Conn, proof: &CohortStaff, of: &Cohort, ballot: &Ballot, now: Instant) -> Result<()> {
    diesel::insert_into(ballots::table).values(ballot).execute(conn)?;
    tell(conn, proof, of, ballot, now)
}

/// Notes how it ended, and forgets who voted how.
pub fn end_ballot(conn: &mut Conn, proof: &CohortStaff, of: &Cohort, ballot: &Ballot, now: Instant) -> Result<()> {
    diesel::update(ballots::table.find(ballot.id))
        .set(ballot)
        .execute(conn)?;
    let all = votes::table.filter(votes::ballot_id.eq(ballot.id));
    match ballot.result {
        Some(_) => diesel::update(all)
            .set(votes::ranked.eq(None::<String>))
            .execute(conn)?,
        None => diesel::delete(all).execute(conn)?,
    };
    tell(conn, proof, of, ballot, now)
}

fn tell(conn: &mut Conn, proof: &CohortStaff, of: &Cohort, ballot: &Ballot, now: Instant) -> Result<()> {
    debug_assert_eq!(
        (proof.cohort(), of.id),
        (ballot.cohort_id, ballot.cohort_id),
        "the proof holds elsewhere"
    );
    let event = ProductBallotEvent {
        kind: ballot.status.into(),
        ballot_id: ballot.id,
        campus_id: of.campus_id,
        cohort_id: of.id,
    };
    outbox::record(conn, &event, Some(proof.person()), now)
}

/// Who has voted, and how as long as that is known.
pub fn votes(conn: &mut Conn, ballot: Id) -> Result<Vec<Vote>> {
    Ok(votes::table
        .filter(votes::ballot_id.eq(ballot))
        .order(votes::person_id)
        .select(Vote::as_select())
        .load(conn)?)
}

/// Who has voted in these ballots.
pub fn voters(conn: &mut Conn, ballots: &[Id]) -> Result<Vec<(Id, Id)>> {
    Ok(votes::table
        .filter(votes::ballot_id.among(ballots.to_vec()))
        .select((votes::ballot_id, votes::person_id))
        .load(conn)?)
}

/// The vote of somebody.
pub fn vote_of(conn: &mut Conn, ballot: Id, person: Id) -> Result<Option<Vote>> {
    Ok(votes::table
        .find((ballot, person))
        .select(Vote::as_select())
        .first(conn)
        .optional()?)
}

/// Takes a vote, in place of an earlier one. Nothing is told of it.
pub fn save_vote(conn: &mut Conn, proof: &ProductVoter, ballot: &Ballot, ranked: &[Id]) -> Result<()> {
    debug_assert_eq!(proof.cohort(), ballot.cohort_id, "the proof holds elsewhere");
    let vote = Vote {
        ballot_id: ballot.id,
        person_id: proof.person(),
        ranked: Some(Stored::new(ranked.to_vec())?),
    };
    diesel::delete(votes::table.find((vote.ballot_id, vote.person_id))).execute(conn)?;
    diesel::insert_into(votes::table).values(&vote).execute(conn)?;
    Ok(())
}
