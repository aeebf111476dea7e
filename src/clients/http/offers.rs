//! Offers of clients to other campuses over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    clients::{
        actions,
        model::{ClientStatus, OfferedClient, OfferedTo},
    },
    error::Result,
    primitives::{Id, Instant, Line, Page, PageQuery, Text, Url},
    web::{ById, Call, NoBody, NoQuery, Reply},
};

/// A campus to which a client is offered.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ClientOffer")]
pub(super) struct OfferView {
    /// The campus.
    campus_id: Id,
    /// What it is called.
    campus_name: Line,
    /// Since when.
    offered_at: Instant,
}

impl From<OfferedTo> for OfferView {
    fn from(offer: OfferedTo) -> Self {
        Self {
            campus_id: offer.campus_id,
            campus_name: offer.campus_name,
            offered_at: offer.offered_at,
        }
    }
}

/// A client that another campus offers.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OfferedClient")]
pub(super) struct OfferedClientView {
    /// The client's id.
    id: Id,
    /// What the organisation is called.
    name: Line,
    /// What it does, and what it would like to have built.
    about: Text,
    /// Where to read more of it.
    url: Option<Url>,
    /// How far it has come: its product can be put up from `research_received` on.
    status: ClientStatus,
    /// Its campus.
    campus_id: Id,
    /// What that campus is called.
    campus_name: Line,
    /// Since when it is offered.
    offered_at: Instant,
}

impl From<OfferedClient> for OfferedClientView {
    fn from(offered: OfferedClient) -> Self {
        Self {
            id: offered.id,
            name: offered.name,
            about: offered.about,
            url: offered.url,
            status: offered.status,
            campus_id: offered.campus_id,
            campus_name: offered.campus_name,
            offered_at: offered.offered_at,
        }
    }
}

/// `{id}/campuses/{campus_id}`
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub struct ByOffer {
    /// The client's id.
    id: Id,
    /// The id of the campus to which it is offered.
    campus_id: Id,
}

/// `PUT /v1/clients/{id}/campuses/{campus_id}`
pub async fn offer_client(call: Call<ByOffer, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByOffer { id, campus_id } = call.path;
        actions::offer_client(conn, &call.actor, (id, campus_id), call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/clients/{id}/campuses/{campus_id}`
pub async fn withdraw_client_offer(call: Call<ByOffer, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByOffer { id, campus_id } = call.path;
        actions::withdraw_offer(conn, &call.actor, (id, campus_id), call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `GET /v1/campuses/{id}/offered-clients`, in the order in which they applied
pub async fn list_offered_clients(call: Call<ById, PageQuery, NoBody>) -> Result<Reply<Page<OfferedClientView>>> {
    call.read(|conn, call| {
        let limit = call.query.limit;
        let (after, most) = (call.query.after()?, limit.plus_one());
        let found = actions::offered_clients(conn, &call.actor, call.path.id, after, most)?;
        call.page(Page::of(found, limit, |one| one.id).map(OfferedClientView::from))
    })
    .await
}
