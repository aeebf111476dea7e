//! The work on a product over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    clients::{
        actions,
        model::{Availability, LinkKind, LinkPatch, NewAvailability, NewLink, OwnerHours, WorkLink, WorkParty},
    },
    error::Result,
    primitives::{Id, Instant, Line, Page, Text, Url, time::TimeZone},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// How and when the product owners can be reached.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ClientAvailability")]
pub(super) struct AvailabilityView {
    /// The client.
    client_id: Id,
    /// How, in words.
    text: Option<Text>,
    /// When, in every week.
    hours: Vec<OwnerHours>,
    /// By whose clocks that is.
    time_zone: TimeZone,
    /// Rises with every change; 0 as long as the owners have said nothing.
    version: i64,
}

fn of_availability(client: Id, said: Option<Availability>, zone: TimeZone) -> Result<Reply<AvailabilityView>> {
    let view = match said {
        Some(said) => AvailabilityView {
            client_id: said.client_id,
            hours: said.hours.to_vec(),
            text: said.text,
            time_zone: said.time_zone,
            version: said.version,
        },
        None => AvailabilityView {
            client_id: client,
            text: None,
            hours: Vec::new(),
            time_zone: zone,
            version: 0,
        },
    };
    Ok(Reply::ok(&view)?.version(view.version))
}

/// `GET /v1/clients/{id}/availability`
pub async fn get_client_availability(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<AvailabilityView>> {
    call.read(|conn, call| {
        let (said, zone) = actions::availability(conn, &call.actor, call.path.id)?;
        of_availability(call.path.id, said, zone)
    })
    .await
}

/// `PUT /v1/clients/{id}/availability`
pub async fn set_client_availability(
    call: Call<ById, NoQuery, Json<NewAvailability>>,
) -> Result<Reply<AvailabilityView>> {
    call.write(|conn, call| {
        let (id, new) = (call.path.id, call.body.0.clone());
        let said = actions::save_availability(conn, &call.actor, id, new, call.if_match, call.now)?;
        let zone = said.time_zone;
        of_availability(id, Some(said), zone)
    })
    .await
}

/// A note on the work on a product, or where something of it is.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ClientLink")]
pub(super) struct LinkView {
    /// The link's id.
    id: Id,
    /// The client.
    client_id: Id,
    /// What it is about.
    kind: LinkKind,
    /// What it is called.
    title: Line,
    /// Where it is.
    url: Option<Url>,
    /// What is said of it.
    note: Option<Text>,
    /// Who added it.
    added_by: WorkParty,
    /// Rises with every change.
    version: i64,
    /// When it was added.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
}

impl From<WorkLink> for LinkView {
    fn from(link: WorkLink) -> Self {
        Self {
            id: link.id,
            client_id: link.client_id,
            kind: link.kind,
            title: link.title,
            url: link.url,
            note: link.note,
            added_by: link.added_by,
            version: link.version,
            created_at: link.created_at,
            updated_at: link.updated_at,
        }
    }
}

/// `GET /v1/clients/{id}/links`, in the order in which they were added, whole
pub async fn list_client_links(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<LinkView>>> {
    call.read(|conn, call| {
        let there = actions::links(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(there).map(LinkView::from))
    })
    .await
}

/// `POST /v1/clients/{id}/links`
pub async fn add_client_link(call: Call<ById, NoQuery, Json<NewLink>>) -> Result<Reply<LinkView>> {
    call.write(|conn, call| {
        let new = call.body.0.clone();
        let added = actions::add_link(conn, &call.actor, call.path.id, new, call.now)?;
        let (id, version) = (added.id, added.version);
        Ok(Reply::created(format!("/v1/client-links/{id}"), &LinkView::from(added))?.version(version))
    })
    .await
}

/// `PATCH /v1/client-links/{id}`
pub async fn change_client_link(call: Call<ById, NoQuery, Json<LinkPatch>>) -> Result<Reply<LinkView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        let link = actions::change_link(conn, &call.actor, id, patch, call.if_match, call.now)?;
        let version = link.version;
        Ok(Reply::ok(&LinkView::from(link))?.version(version))
    })
    .await
}

/// `DELETE /v1/client-links/{id}`
pub async fn delete_client_link(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete_link(conn, &call.actor, call.path.id)?;
        Ok(Reply::no_content())
    })
    .await
}
