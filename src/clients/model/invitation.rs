//! Invitations to be a product owner.

use diesel::prelude::*;

use crate::{
    campuses::model::InvitationStatus,
    db::schema::product_owner_invitations,
    primitives::{Email, Id, Instant},
};

/// An invitation to be a product owner of a client.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = product_owner_invitations)]
pub struct OwnerInvitation {
    pub id: Id,
    pub client_id: Id,
    /// Where it was sent; whoever accepts it has an account with this address.
    pub email: Email,
    pub token_hash: String,
    pub status: InvitationStatus,
    pub invited_by: Option<Id>,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub accepted_by: Option<Id>,
}
