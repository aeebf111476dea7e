//! Demo days over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    clients::{
        actions::{self, ShownDemoDay},
        model::{DemoDayAnswer, DemoDayPatch, InvitedClient, NewDemoDay},
    },
    error::Result,
    primitives::{Appointment, Id, Line, Page},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// A client whose product owners are invited to a demo day.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DemoDayClient")]
struct InvitedView {
    /// The client's id.
    id: Id,
    /// What the organisation is called.
    name: Line,
    /// Whether they come; null until they have answered.
    coming: Option<bool>,
}

impl From<InvitedClient> for InvitedView {
    fn from(invited: InvitedClient) -> Self {
        Self {
            id: invited.invitation.client_id,
            name: invited.name,
            coming: invited.invitation.coming,
        }
    }
}

/// A day on which a cohort shows what it has built.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DemoDay")]
pub(super) struct DemoDayView {
    #[serde(flatten)]
    appointment: Appointment,
    /// The cohort.
    cohort_id: Id,
    /// The clients that are invited, in the order in which they applied; for a product owner their own alone.
    clients: Vec<InvitedView>,
    /// Rises with every change of the demo day itself.
    version: i64,
}

impl From<ShownDemoDay> for DemoDayView {
    fn from(shown: ShownDemoDay) -> Self {
        Self {
            appointment: shown.day.meeting().shown(shown.day.id, shown.zone),
            cohort_id: shown.day.cohort_id,
            clients: shown.clients.into_iter().map(InvitedView::from).collect(),
            version: shown.day.version,
        }
    }
}

fn one(shown: ShownDemoDay) -> Result<Reply<DemoDayView>> {
    let version = shown.day.version;
    Ok(Reply::ok(&DemoDayView::from(shown))?.version(version))
}

/// `POST /v1/cohorts/{id}/demo-days`
pub async fn create_demo_day(call: Call<ById, NoQuery, Json<NewDemoDay>>) -> Result<Reply<DemoDayView>> {
    call.write(|conn, call| {
        let made = actions::plan_demo_day(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let (id, version) = (made.day.id, made.day.version);
        Ok(Reply::created(format!("/v1/demo-days/{id}"), &DemoDayView::from(made))?.version(version))
    })
    .await
}

/// `GET /v1/cohorts/{id}/demo-days`, as they come, whole
pub async fn list_demo_days(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<DemoDayView>>> {
    call.read(|conn, call| {
        let there = actions::demo_days(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(there).map(DemoDayView::from))
    })
    .await
}

/// `GET /v1/clients/{id}/demo-days`, as they come, whole
pub async fn list_demo_days_of_client(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<DemoDayView>>> {
    call.read(|conn, call| {
        let there = actions::demo_days_of_client(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(there).map(DemoDayView::from))
    })
    .await
}

/// `GET /v1/demo-days/{id}`
pub async fn get_demo_day(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<DemoDayView>> {
    call.read(|conn, call| one(actions::demo_day(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/demo-days/{id}`
pub async fn change_demo_day(call: Call<ById, NoQuery, Json<DemoDayPatch>>) -> Result<Reply<DemoDayView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        one(actions::change_demo_day(
            conn,
            &call.actor,
            id,
            patch,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// `DELETE /v1/demo-days/{id}`
pub async fn cancel_demo_day(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::cancel_demo_day(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `{id}` and `{client_id}`
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub struct ByInvited {
    /// The demo day's id.
    id: Id,
    /// The client's id.
    client_id: Id,
}

/// `PUT /v1/demo-days/{id}/clients/{client_id}`
pub async fn invite_to_demo_day(call: Call<ByInvited, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByInvited { id, client_id } = call.path;
        actions::invite_to_demo_day(conn, &call.actor, (id, client_id), call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `PUT /v1/demo-days/{id}/answers/{client_id}`
pub async fn answer_demo_day(call: Call<ByInvited, NoQuery, Json<DemoDayAnswer>>) -> Result<Reply<DemoDayView>> {
    call.write(|conn, call| {
        let ByInvited { id, client_id } = call.path;
        let coming = call.body.coming;
        one(actions::answer_demo_day(
            conn,
            &call.actor,
            (id, client_id),
            coming,
            call.now,
        )?)
    })
    .await
}
