//! Products that a cohort can build, and its vote on which.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ClientStatus;
use crate::{
    audit::audited,
    db::schema::{client_products, product_ballots, product_votes},
    primitives::{Id, Instant, Line, Stored, Text, Url, text_enum},
};

/// What a client asks for, as a cohort is told of it.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = client_products, primary_key(cohort_id, client_id), treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Product {
    pub cohort_id: Id,
    pub client_id: Id,
    pub summary: Text,
    /// Slides or a film of the pitch.
    pub url: Option<Url>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Product { ; summary, url });

/// A product with its client.
#[derive(Clone, Debug)]
pub struct PitchedProduct {
    pub product: Product,
    pub name: Line,
    pub status: ClientStatus,
}

/// A product for a cohort.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "summary": "Volunteers sign up for shifts on their phones.", "url": "https://example.org/pitch",
}))]
pub struct NewProduct {
    /// What is to be built.
    #[schemars(length(min = 1, max = 10_000))]
    pub summary: Text,
    /// Slides or a film of the pitch.
    #[serde(default)]
    pub url: Option<Url>,
}

text_enum! {
    /// How far a ballot has come.
    pub enum BallotStatus {
        /// Students vote.
        Open = "open",
        /// The votes are counted.
        Closed = "closed",
        /// There is no result, and the votes are gone.
        Cancelled = "cancelled",
    }
}

/// A cohort's secret vote on which products are built.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = product_ballots, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Ballot {
    pub id: Id,
    pub cohort_id: Id,
    pub status: BallotStatus,
    /// How many products are built.
    pub winners: i32,
    /// The products that there are to choose from.
    pub candidates: Stored<Vec<Id>>,
    /// What decides ties.
    pub seed: String,
    /// Its hash, which is published when the ballot opens.
    pub commitment: String,
    /// What came of it.
    pub result: Option<Stored<BallotResult>>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Ballot { status, winners });

/// That somebody has voted; until the votes are counted, how.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = product_votes, treat_none_as_default_value = false)]
pub struct Vote {
    pub ballot_id: Id,
    pub person_id: Id,
    /// The products, the best first.
    pub ranked: Option<Stored<Vec<Id>>>,
}

/// A ballot that is opened.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"winners": 4}))]
pub struct NewBallot {
    /// How many products are built.
    #[schemars(range(min = 1, max = 10))]
    pub winners: i32,
}

/// How a ballot ends.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "closed"}))]
pub struct BallotEnd {
    /// `closed` counts the votes, `cancelled` deletes them.
    pub status: BallotStatus,
}

/// Products in the order in which somebody would like to build them.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"ranked": ["1v1730py00001", "1v1730py00002"]}))]
pub struct Ranking {
    /// The clients whose products they are, the best first; any number of them.
    #[schemars(length(min = 1, max = 50))]
    pub ranked: Vec<Id>,
}

/// A round of the count, after which one product is out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "BallotRound")]
pub struct CountedRound {
    /// How many votes rank each remaining product highest.
    pub counts: Vec<ProductCount>,
    /// The one that is out.
    pub dropped: Id,
    /// Whether others had as few, so that the seed decided.
    pub by_lot: bool,
}

/// The votes for a product.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProductCount {
    /// The client whose product it is.
    pub client_id: Id,
    /// How many.
    pub votes: usize,
}

/// What came of a ballot, with all that is needed to count again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BallotResult {
    /// The products that are built.
    pub chosen: Vec<Id>,
    /// Those that could not be built any more when the votes were counted; they are struck off all votes.
    pub left_out: Vec<Id>,
    /// The count, round by round.
    pub rounds: Vec<CountedRound>,
    /// All votes as they were given, sorted, without who gave them.
    pub votes: Vec<Vec<Id>>,
}
