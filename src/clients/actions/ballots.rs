//! Products that a cohort can build, and its secret vote on which.

use std::collections::{BTreeSet, HashMap};

use crate::{
    audit,
    authz::Actor,
    clients::{
        model::{Ballot, BallotStatus, ClientStatus, NewBallot, NewProduct, PitchedProduct, Product, Ranking},
        proofs::ProductVoter,
        rules, store,
    },
    cohorts::{CohortInsider, CohortStaff, model::Cohort},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant, Line, Secret, Stored},
};

/// A ballot as whoever sees inside the cohort sees it.
pub struct ShownBallot {
    pub ballot: Ballot,
    /// The products to choose from.
    pub candidates: Vec<(Id, Line)>,
    /// How many have voted.
    pub voted: usize,
    /// Whether the caller has.
    pub has_voted: bool,
}

/// The staff of a cohort. Whoever else sees inside it sees what the staff make here, and is refused.
pub(super) fn staff_of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, CohortStaff)> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let staff = insider.staff()?;
    Ok((cohort, staff))
}

/// What a cohort can choose from, for whoever sees inside it.
pub fn products(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<PitchedProduct>> {
    let (cohort, _) = CohortInsider::of(conn, actor, cohort)?;
    store::products(conn, cohort.id)
}

/// Puts a client up as a product, or says something else of it.
pub fn save_product(
    conn: &mut Conn,
    actor: &Actor,
    (cohort, client): (Id, Id),
    new: NewProduct,
    known: IfMatch,
    now: Instant,
) -> Result<PitchedProduct> {
    let (cohort, staff) = staff_of(conn, actor, cohort)?;
    let client = store::client_for(conn, cohort.campus_id, client)?.ok_or_else(Error::not_found)?;
    rules::check_summary(&new.summary)?;
    let there = store::products(conn, cohort.id)?;
    let before = there
        .iter()
        .map(|one| &one.product)
        .find(|one| one.client_id == client.id);
    known.check(before.map_or(0, |before| before.version))?;
    let after = Product {
        cohort_id: cohort.id,
        client_id: client.id,
        summary: new.summary,
        url: new.url,
        version: before.map_or(0, |before| before.version) + 1,
        created_at: before.map_or(now, |before| before.created_at),
        updated_at: now,
    };
    let pitched = |product| PitchedProduct {
        product,
        name: client.name.clone(),
        status: client.status,
    };
    match before {
        Some(before) if (&before.summary, &before.url) == (&after.summary, &after.url) => {
            return Ok(pitched(before.clone()));
        }
        Some(before) => audit::changed(before, &after),
        None => {
            rules::must_be_ready(client.status)?;
            rules::PRODUCTS.check_room(there.len())?;
            audit::touched("product");
        }
    }
    store::save_product(conn, &staff, cohort.campus_id, &after)?;
    Ok(pitched(after))
}

/// Takes a product away, unless it is being voted on.
pub fn delete_product(conn: &mut Conn, actor: &Actor, (cohort, client): (Id, Id)) -> Result<()> {
    let (cohort, staff) = staff_of(conn, actor, cohort)?;
    let there = store::products(conn, cohort.id)?;
    let found = there
        .into_iter()
        .map(|one| one.product)
        .find(|one| one.client_id == client);
    let product = found.ok_or_else(Error::not_found)?;
    if open_ballot(conn, cohort.id)?.is_some() {
        let detail = "Students are voting on the products. Close or cancel the ballot first.";
        return Err(Error::new(Code::Conflict, detail));
    }
    audit::touched("product");
    store::delete_product(conn, &staff, cohort.campus_id, &product)
}

fn open_ballot(conn: &mut Conn, cohort: Id) -> Result<Option<Ballot>> {
    let mut there = store::ballots(conn, cohort)?.into_iter();
    Ok(there.find(|ballot| ballot.status == BallotStatus::Open))
}

/// Opens a ballot on the products that there are. What decides ties is committed to from now on.
pub fn open_for_votes(conn: &mut Conn, actor: &Actor, cohort: Id, new: NewBallot, now: Instant) -> Result<ShownBallot> {
    let (cohort, staff) = staff_of(conn, actor, cohort)?;
    let there = store::ballots(conn, cohort.id)?;
    if let Some(open) = there.iter().find(|ballot| ballot.status == BallotStatus::Open) {
        let detail = "Another ballot is open. Close or cancel that first.";
        return Err(Error::new(Code::Conflict, detail).with("ballot_id", open.id));
    }
    rules::BALLOTS.check_room(there.len())?;
    let mut candidates = store::products(conn, cohort.id)?;
    candidates.retain(|one| rules::can_be_built(one.status));
    let candidates: Vec<Id> = candidates.iter().map(|one| one.product.client_id).collect();
    rules::check_winners(new.winners, candidates.len())?;
    let seed = Secret::new();
    let ballot = Ballot {
        id: Id::new(),
        cohort_id: cohort.id,
        status: BallotStatus::Open,
        winners: new.winners,
        candidates: Stored::new(candidates)?,
        seed: seed.text,
        commitment: seed.hash,
        result: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    audit::became("status", None::<BallotStatus>, ballot.status);
    store::insert_ballot(conn, &staff, &cohort, &ballot, now)?;
    shown(conn, ballot, staff.person())
}

fn shown(conn: &mut Conn, ballot: Ballot, person: Id) -> Result<ShownBallot> {
    all_shown(conn, vec![ballot], person)?
        .pop()
        .ok_or_else(Error::not_found)
}

fn all_shown(conn: &mut Conn, ballots: Vec<Ballot>, person: Id) -> Result<Vec<ShownBallot>> {
    let candidates: BTreeSet<Id> = ballots
        .iter()
        .flat_map(|ballot| ballot.candidates.iter().copied())
        .collect();
    let names = store::clients_by_id(conn, &Vec::from_iter(candidates))?;
    let ids: Vec<Id> = ballots.iter().map(|ballot| ballot.id).collect();
    let mut voters: HashMap<Id, Vec<Id>> = HashMap::new();
    for (ballot, voter) in store::voters(conn, &ids)? {
        voters.entry(ballot).or_default().push(voter);
    }
    let shown = |ballot: Ballot| {
        let named = |id: &Id| names.get(id).map(|(name, _)| (*id, name.clone()));
        let voters = voters.remove(&ballot.id).unwrap_or_default();
        ShownBallot {
            candidates: ballot.candidates.iter().filter_map(named).collect(),
            voted: voters.len(),
            has_voted: voters.contains(&person),
            ballot,
        }
    };
    Ok(ballots.into_iter().map(shown).collect())
}

/// The ballots of a cohort, the latest first.
pub fn ballots(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<ShownBallot>> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let there = store::ballots(conn, cohort.id)?;
    all_shown(conn, there, insider.person())
}

/// One of them.
pub fn ballot(conn: &mut Conn, actor: &Actor, id: Id) -> Result<ShownBallot> {
    let ballot = store::ballot(conn, id)?;
    let (_, insider) = CohortInsider::of(conn, actor, ballot.cohort_id)?;
    shown(conn, ballot, insider.person())
}

/// Counts the votes of a ballot, or cancels it. From then on nobody knows who voted how. Repeating it changes nothing.
pub fn end_ballot(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    to: BallotStatus,
    known: IfMatch,
    now: Instant,
) -> Result<ShownBallot> {
    let before = store::ballot(conn, id)?;
    let (cohort, staff) = staff_of(conn, actor, before.cohort_id)?;
    known.check(before.version)?;
    let votes = store::votes(conn, id)?;
    if !rules::ends(before.status, to, votes.len())? {
        return shown(conn, before, staff.person());
    }
    let result = match to {
        BallotStatus::Closed => {
            let known = store::clients_for(conn, cohort.campus_id, &before.candidates)?;
            let ranked = votes.iter().filter_map(|vote| vote.ranked.as_ref());
            let counted = rules::count(
                &before.candidates,
                left_out(&before.candidates, &known),
                ranked.map(|ranked| ranked.to_vec()).collect(),
                usize::try_from(before.winners).unwrap_or(0),
                &before.seed,
            );
            Some(Stored::new(counted)?)
        }
        BallotStatus::Open | BallotStatus::Cancelled => None,
    };
    let after = Ballot {
        status: to,
        result,
        version: before.version + 1,
        updated_at: now,
        ..before.clone()
    };
    audit::changed(&before, &after);
    store::end_ballot(conn, &staff, &cohort, &after, now)?;
    shown(conn, after, staff.person())
}

/// Those that cannot be built any more.
fn left_out(candidates: &[Id], known: &HashMap<Id, (Line, ClientStatus)>) -> Vec<Id> {
    let is_out = |id: &Id| !known.get(id).is_some_and(|(_, status)| rules::can_be_built(*status));
    candidates.iter().copied().filter(is_out).collect()
}

/// Takes the caller's vote, in place of an earlier one.
pub fn vote(conn: &mut Conn, actor: &Actor, id: Id, ranking: &Ranking) -> Result<()> {
    let ballot = store::ballot(conn, id)?;
    let (_, voter) = ProductVoter::of(conn, actor, ballot.cohort_id)?;
    rules::must_be_open_to_votes(ballot.status)?;
    rules::check_ranking(&ranking.ranked, &ballot.candidates)?;
    store::save_vote(conn, &voter, &ballot, &ranking.ranked)
}

/// The caller's vote, until the ballot ends.
///
/// # Errors
/// `404` if they have not voted, or it is not known any more how.
pub fn own_vote(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Ranking> {
    let ballot = store::ballot(conn, id)?;
    let (_, voter) = ProductVoter::of(conn, actor, ballot.cohort_id)?;
    let vote = store::vote_of(conn, id, voter.person())?;
    let ranked = vote.and_then(|vote| vote.ranked).ok_or_else(Error::not_found)?;
    Ok(Ranking {
        ranked: ranked.to_vec(),
    })
}
