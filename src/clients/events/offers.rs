//! What happens to offers of clients to other campuses.

use serde::{Deserialize, Serialize};

use crate::{
    outbox::{Audience, event},
    primitives::{Id, text_enum},
};

text_enum! {
    /// What happened to the offer of a client to another campus.
    pub enum ClientOfferChange {
        /// Its campus offers it.
        Made = "client_offer.made",
        /// Its campus has taken the offer back.
        Withdrawn = "client_offer.withdrawn",
    }
}

/// Something that happened to the offer of a client to another campus.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClientOfferEvent {
    /// What happened.
    pub kind: ClientOfferChange,
    /// The client.
    pub client_id: Id,
    /// The campus to which it is offered.
    pub campus_id: Id,
}

event!(ClientOfferEvent, "client_offer", client_id; campus_id => |_| vec![Audience::Staff], at |event| {
    format!("/v1/campuses/{}/offered-clients", event.campus_id)
});

text_enum! {
    /// What happened to a product that cohorts could choose.
    pub enum ProductChange {
        /// Its client is offered to their campus no longer.
        Deleted = "product.deleted",
    }
}

/// Something that happened to a product that cohorts could choose.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProductEvent {
    /// What happened.
    pub kind: ProductChange,
    /// The client.
    pub client_id: Id,
    /// The campus.
    pub campus_id: Id,
    /// The cohort.
    pub cohort_id: Id,
}

event!(ProductEvent, "product", client_id; campus_id, cohort_id => |_| vec![Audience::Insiders], at |event| {
    format!("/v1/cohorts/{}/products", event.cohort_id)
});
