//! Clients of one campus for which others may build.

use diesel::prelude::*;

use super::ClientStatus;
use crate::{
    db::schema::client_offers,
    primitives::{Id, Instant, Line, Text, Url},
};

/// That a client is offered to another campus.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = client_offers)]
pub struct ClientOffer {
    pub client_id: Id,
    pub campus_id: Id,
    pub created_at: Instant,
}

/// The same with what that campus is called.
#[derive(Clone, Debug, Queryable)]
pub struct OfferedTo {
    pub campus_id: Id,
    pub campus_name: Line,
    pub offered_at: Instant,
}

/// A client that is offered to a campus, as that campus sees it: what it asks for, and nothing of how it came so far.
#[derive(Clone, Debug, Queryable)]
pub struct OfferedClient {
    pub id: Id,
    pub name: Line,
    pub about: Text,
    pub url: Option<Url>,
    pub status: ClientStatus,
    pub campus_id: Id,
    pub campus_name: Line,
    pub offered_at: Instant,
}
