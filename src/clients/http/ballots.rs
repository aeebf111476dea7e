//! Products and ballots over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    clients::{
        actions::{self, ShownBallot},
        model::{BallotEnd, BallotResult, BallotStatus, ClientStatus, NewBallot, NewProduct, PitchedProduct, Ranking},
    },
    error::Result,
    primitives::{Id, Instant, Line, Page, Text, Url},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// What a client asks for, as a cohort is told of it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Product")]
pub(super) struct ProductView {
    /// The client.
    client_id: Id,
    /// What the organisation is called.
    name: Line,
    /// How far the client has come.
    status: ClientStatus,
    /// What is to be built.
    summary: Text,
    /// Slides or a film of the pitch.
    url: Option<Url>,
    /// Rises with every change.
    version: i64,
}

impl From<PitchedProduct> for ProductView {
    fn from(pitched: PitchedProduct) -> Self {
        Self {
            client_id: pitched.product.client_id,
            name: pitched.name,
            status: pitched.status,
            summary: pitched.product.summary,
            url: pitched.product.url,
            version: pitched.product.version,
        }
    }
}

/// A product that students can vote for.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BallotCandidate")]
struct CandidateView {
    /// The client whose product it is.
    client_id: Id,
    /// What the organisation is called.
    name: Line,
}

/// A cohort's secret vote on which products are built.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProductBallot")]
pub(super) struct BallotView {
    /// The ballot's id.
    id: Id,
    /// The cohort.
    cohort_id: Id,
    /// `open` as long as students vote.
    status: BallotStatus,
    /// How many products are built.
    winners: i32,
    /// The products to choose from.
    candidates: Vec<CandidateView>,
    /// How many have voted.
    voted: usize,
    /// Whether the caller has.
    has_voted: bool,
    /// The SHA-256 of `seed`, in hexadecimal digits.
    commitment: String,
    /// What decides ties; null until the ballot is closed.
    seed: Option<String>,
    /// The result with all that is needed to count again; null until the ballot is closed.
    result: Option<BallotResult>,
    /// Rises with every change.
    version: i64,
    /// When it was opened.
    created_at: Instant,
}

impl From<ShownBallot> for BallotView {
    fn from(shown: ShownBallot) -> Self {
        let candidate = |(client_id, name)| CandidateView { client_id, name };
        let ballot = shown.ballot;
        Self {
            id: ballot.id,
            cohort_id: ballot.cohort_id,
            status: ballot.status,
            winners: ballot.winners,
            candidates: shown.candidates.into_iter().map(candidate).collect(),
            voted: shown.voted,
            has_voted: shown.has_voted,
            commitment: ballot.commitment,
            seed: ballot.result.is_some().then_some(ballot.seed),
            result: ballot.result.map(|result| BallotResult::clone(&result)),
            version: ballot.version,
            created_at: ballot.created_at,
        }
    }
}

fn one(shown: ShownBallot) -> Result<Reply<BallotView>> {
    let version = shown.ballot.version;
    Ok(Reply::ok(&BallotView::from(shown))?.version(version))
}

/// `GET /v1/cohorts/{id}/products`, whole
pub async fn list_products(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<ProductView>>> {
    call.read(|conn, call| {
        let there = actions::products(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(there).map(ProductView::from))
    })
    .await
}

/// `{id}/products/{client_id}`
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub struct ByProduct {
    /// The cohort's id.
    id: Id,
    /// The id of the client whose product it is.
    client_id: Id,
}

/// `PUT /v1/cohorts/{id}/products/{client_id}`
pub async fn set_product(call: Call<ByProduct, NoQuery, Json<NewProduct>>) -> Result<Reply<ProductView>> {
    call.write(|conn, call| {
        let which = (call.path.id, call.path.client_id);
        let (new, known) = (call.body.0.clone(), call.if_match);
        let saved = actions::save_product(conn, &call.actor, which, new, known, call.now)?;
        let version = saved.product.version;
        Ok(Reply::ok(&ProductView::from(saved))?.version(version))
    })
    .await
}

/// `DELETE /v1/cohorts/{id}/products/{client_id}`
pub async fn remove_product(call: Call<ByProduct, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete_product(conn, &call.actor, (call.path.id, call.path.client_id))?;
        Ok(Reply::no_content())
    })
    .await
}

/// `POST /v1/cohorts/{id}/product-ballots`
pub async fn open_product_ballot(call: Call<ById, NoQuery, Json<NewBallot>>) -> Result<Reply<BallotView>> {
    call.write(|conn, call| {
        let opened = actions::open_for_votes(conn, &call.actor, call.path.id, call.body.0, call.now)?;
        let (id, version) = (opened.ballot.id, opened.ballot.version);
        let location = format!("/v1/product-ballots/{id}");
        Ok(Reply::created(location, &BallotView::from(opened))?.version(version))
    })
    .await
}

/// `GET /v1/cohorts/{id}/product-ballots`, the latest first, whole
pub async fn list_product_ballots(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<BallotView>>> {
    call.read(|conn, call| {
        let there = actions::ballots(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(there).map(BallotView::from))
    })
    .await
}

/// `GET /v1/product-ballots/{id}`
pub async fn get_product_ballot(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<BallotView>> {
    call.read(|conn, call| one(actions::ballot(conn, &call.actor, call.path.id)?))
        .await
}

/// `PUT /v1/product-ballots/{id}/status`
pub async fn end_product_ballot(call: Call<ById, NoQuery, Json<BallotEnd>>) -> Result<Reply<BallotView>> {
    call.write(|conn, call| {
        let (id, to) = (call.path.id, call.body.status);
        one(actions::end_ballot(conn, &call.actor, id, to, call.if_match, call.now)?)
    })
    .await
}

/// `PUT /v1/product-ballots/{id}/votes/me`
pub async fn vote_for_products(call: Call<ById, NoQuery, Json<Ranking>>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::vote(conn, &call.actor, call.path.id, &call.body)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `GET /v1/product-ballots/{id}/votes/me`
pub async fn get_own_product_vote(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Ranking>> {
    call.read(|conn, call| Reply::ok(&actions::own_vote(conn, &call.actor, call.path.id)?))
        .await
}
