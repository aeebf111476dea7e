//! Invitations to the staff, over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::staff::Staff;
use crate::{
    accounts::model::{Audience, Viewer},
    authz::StaffRole,
    campuses::{
        actions,
        model::{InvitationState, StaffInvitation},
    },
    error::Result,
    primitives::{Email, Id, Instant, Page},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// Who is to be invited to the staff.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"email": "sami@example.org", "role": "facilitator"}))]
pub struct NewStaffInvitation {
    /// Where the code is mailed. Only an account with this address can accept.
    email: Email,
    /// What they become.
    role: StaffRole,
}

/// An invitation to the staff that was neither accepted nor taken back.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StaffInvitation")]
pub struct StaffInvitationView {
    /// The invitation's id.
    id: Id,
    /// Where the code was mailed.
    email: Email,
    /// What they become.
    role: StaffRole,
    /// `pending` as long as it can be accepted; `expired` once its time is over, or whoever sent it organises the campus no longer.
    status: InvitationState,
    /// When it was sent.
    created_at: Instant,
    /// Until when it can be accepted.
    expires_at: Instant,
}

impl StaffInvitationView {
    fn of(invitation: StaffInvitation, status: InvitationState) -> Self {
        Self {
            status,
            id: invitation.id,
            email: invitation.email,
            role: invitation.role,
            created_at: invitation.created_at,
            expires_at: invitation.expires_at,
        }
    }
}

/// `POST /v1/campuses/{id}/staff-invitations`
pub async fn invite_staff(call: Call<ById, NoQuery, Json<NewStaffInvitation>>) -> Result<Reply<StaffInvitationView>> {
    call.write(|conn, call| {
        let NewStaffInvitation { email, role } = &call.body.0;
        let invitation = actions::invite_staff(conn, &call.actor, call.path.id, email, *role, call.now)?;
        let location = format!("/v1/staff-invitations/{}", invitation.id);
        let invitation = StaffInvitationView::of(invitation, InvitationState::Pending);
        Ok(Reply::created(location, &invitation)?.status(202))
    })
    .await
}

/// `GET /v1/campuses/{id}/staff-invitations`, those that wait, oldest first, whole
pub async fn list_staff_invitations(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<StaffInvitationView>>> {
    call.read(|conn, call| {
        let waiting = actions::staff_invitations(conn, &call.actor, call.path.id, call.now)?;
        call.page(Page::whole(waiting).map(|(invitation, state)| StaffInvitationView::of(invitation, state)))
    })
    .await
}

/// `DELETE /v1/staff-invitations/{id}`
pub async fn revoke_staff_invitation(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::revoke_staff_invitation(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// A code from an invitation to the staff.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"code": "fCBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4E"}))]
pub struct StaffAcceptance {
    /// The code from the mail.
    code: String,
}

/// `POST /v1/staff-invitations/acceptances`
pub async fn accept_staff_invitation(call: Call<NoPath, NoQuery, Json<StaffAcceptance>>) -> Result<Reply<Staff>> {
    call.write(|conn, call| {
        let appointed = actions::accept_staff_invitation(conn, &call.actor, &call.body.code, call.now)?;
        let viewer = Viewer::standing(call.actor.person(), Audience::Network);
        Reply::ok(&Staff::seen(appointed, &viewer))
    })
    .await
}
