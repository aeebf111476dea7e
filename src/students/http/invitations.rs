//! Invitations over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::view::{EnrolmentView, location, tagged, view};
use crate::{
    campuses::model::InvitationState,
    error::{Error, Result},
    primitives::{Date, Email, Filter, Id, Instant, Line, Page, Several, list_query},
    students::{actions, model::Invitation},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// An invitation as the staff see it; its token is only in the mail.
#[derive(Clone, Serialize, JsonSchema)]
pub struct InvitationView {
    /// The invitation's id.
    id: Id,
    /// What has become of it.
    status: InvitationState,
    /// Where it was sent.
    email: Email,
    /// How it addresses them.
    name: Line,
    /// The student without an account whose place it is for; once somebody has taken it, who did.
    person_id: Option<Id>,
    /// When it was sent.
    created_at: Instant,
    /// Until when it can be accepted.
    expires_at: Instant,
}

impl InvitationView {
    pub(super) fn of(invitation: Invitation, status: InvitationState) -> Self {
        Self {
            status,
            id: invitation.id,
            email: invitation.email,
            name: invitation.name,
            person_id: invitation.place_id,
            created_at: invitation.created_at,
            expires_at: invitation.expires_at,
        }
    }
}

list_query! {
    /// Which invitations.
    pub struct InvitationQuery {
        /// Filter by status.
        #[serde(default)]
        status: Option<Several<InvitationState>>,
        /// Only invitations that were made on this day or later, in UTC.
        #[serde(default)]
        from: Option<Date>,
        /// Only invitations that were made on this day or earlier, in UTC.
        #[serde(default)]
        to: Option<Date>,
    }
}

/// `GET /v1/cohorts/{id}/invitations`
pub async fn list_invitations(call: Call<ById, InvitationQuery, NoBody>) -> Result<Reply<Page<InvitationView>>> {
    call.read(|conn, call| {
        let after = call.query.after()?;
        let filter = Filter::of(call.query.status.as_ref(), call.query.from, call.query.to)?;
        let found = actions::invitations_with_state(conn, &call.actor, call.path.id, &filter, after, call.now)?;
        let views = found
            .into_iter()
            .map(|(invitation, state)| InvitationView::of(invitation, state));
        let page = Page::of(views.collect(), call.query.limit, |view| view.id);
        call.page(page)
    })
    .await
}

/// `DELETE /v1/invitations/{id}`
pub async fn revoke_invitation(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::revoke_invitation(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// The code from an invitation's mail.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"code": "mYh0xVvZ5kq1rHn9pQe2sWc7uTb4aLd8fGj3iKo6zXw"}))]
pub struct Acceptance {
    /// The code from the invitation's mail. Required, unless it is sent as `token`.
    #[serde(default)]
    code: Option<String>,
    /// The same under its first name. Send `code` instead.
    #[serde(default)]
    token: Option<String>,
}

impl Acceptance {
    fn code(&self) -> Result<&str> {
        match (&self.code, &self.token) {
            (Some(code), None) | (None, Some(code)) => Ok(code),
            (None, None) => Err(Error::field(
                "/code",
                "required",
                "must be the code from the invitation's mail",
            )),
            (Some(_), Some(_)) => Err(Error::field(
                "/token",
                "invalid",
                "is another name of `code`: send one of them",
            )),
        }
    }
}

/// `POST /v1/invitations/acceptances`
pub async fn accept_invitation(call: Call<NoPath, NoQuery, Json<Acceptance>>) -> Result<Reply<EnrolmentView>> {
    call.write(|conn, call| {
        let is_mailed = call.state.config.smtp_url.is_some();
        let (cohort, seen) = actions::accept_invitation(conn, &call.actor, call.body.code()?, is_mailed, call.now)?;
        let location = location(cohort.id, seen.person.id);
        let view = view(seen)?;
        Ok(tagged(Reply::created(location, &view)?, &view))
    })
    .await
}
