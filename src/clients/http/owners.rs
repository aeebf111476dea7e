//! Product owners and invitations over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::clients::{ClientView, shown};
use crate::{
    campuses::model::InvitationState,
    clients::{
        actions,
        model::{NewOwnerInvitation, OwnerInvitation},
    },
    error::Result,
    primitives::{Email, Id, Instant, Page},
    web::{ById, ByPerson, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// An invitation to be a product owner that was neither accepted nor taken back.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnerInvitation")]
pub(super) struct OwnerInvitationView {
    /// The invitation's id.
    id: Id,
    /// The client.
    client_id: Id,
    /// Where the code was mailed.
    email: Email,
    /// `pending` as long as it can be accepted; `expired` once its time is over, or whoever sent it looks after the client no longer
    /// and is not staff of the campus either.
    status: InvitationState,
    /// When it was sent.
    created_at: Instant,
    /// Until when it can be accepted.
    expires_at: Instant,
}

impl OwnerInvitationView {
    fn of(invitation: OwnerInvitation, status: InvitationState) -> Self {
        Self {
            status,
            id: invitation.id,
            client_id: invitation.client_id,
            email: invitation.email,
            created_at: invitation.created_at,
            expires_at: invitation.expires_at,
        }
    }
}

/// `POST /v1/clients/{id}/owner-invitations`
pub async fn invite_product_owner(
    call: Call<ById, NoQuery, Json<NewOwnerInvitation>>,
) -> Result<Reply<OwnerInvitationView>> {
    call.write(|conn, call| {
        let invitation = actions::invite(conn, &call.actor, call.path.id, &call.body.email, call.now)?;
        let location = format!("/v1/owner-invitations/{}", invitation.id);
        let invitation = OwnerInvitationView::of(invitation, InvitationState::Pending);
        Ok(Reply::created(location, &invitation)?.status(202))
    })
    .await
}

/// `GET /v1/clients/{id}/owner-invitations`, oldest first, whole
pub async fn list_owner_invitations(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<OwnerInvitationView>>> {
    call.read(|conn, call| {
        let waiting = actions::invitations(conn, &call.actor, call.path.id, call.now)?;
        call.page(Page::whole(waiting).map(|(invitation, state)| OwnerInvitationView::of(invitation, state)))
    })
    .await
}

/// `DELETE /v1/owner-invitations/{id}`
pub async fn revoke_owner_invitation(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::revoke(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// A code from an invitation to be a product owner.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"code": "fCBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4E"}))]
pub struct OwnerAcceptance {
    /// The code from the mail.
    code: String,
}

/// `POST /v1/owner-invitations/acceptances`
pub async fn accept_owner_invitation(call: Call<NoPath, NoQuery, Json<OwnerAcceptance>>) -> Result<Reply<ClientView>> {
    call.write(|conn, call| shown(actions::accept(conn, &call.actor, &call.body.code, call.now)?))
        .await
}

/// `DELETE /v1/clients/{id}/owners/{person_id}`
pub async fn remove_product_owner(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete_owner(conn, &call.actor, call.path.id, call.path.person_id)?;
        Ok(Reply::no_content())
    })
    .await
}
