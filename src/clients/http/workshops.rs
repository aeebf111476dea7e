//! Workshops over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::clients::{ClientView, shown};
use crate::{
    clients::{
        actions::{self, ShownWorkshop},
        model::{Attendee, ClientStatus, NewWorkshop, NewWorkshopAttendance, WorkshopChoice, WorkshopPatch},
    },
    error::Result,
    primitives::{Appointment, Id, Line, Page, PageQuery},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// A workshop that a client can book or has booked.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OfferedWorkshop")]
pub(super) struct OfferedWorkshopView {
    #[serde(flatten)]
    workshop: Appointment,
    /// For how many clients there is room.
    places: i32,
    /// How many places are left.
    places_left: usize,
}

impl From<ShownWorkshop> for OfferedWorkshopView {
    fn from(shown: ShownWorkshop) -> Self {
        let places = shown.workshop.places;
        Self {
            places,
            places_left: usize::try_from(places).unwrap_or(0).saturating_sub(shown.clients.len()),
            workshop: shown.workshop.meeting().shown(shown.workshop.id, shown.zone),
        }
    }
}

/// A client that has a place at a workshop.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WorkshopClient")]
struct AttendeeView {
    /// The client's id.
    id: Id,
    /// What the organisation is called.
    name: Line,
    /// How far it has come: `attended` or further if it was there.
    status: ClientStatus,
}

impl From<Attendee> for AttendeeView {
    fn from(attendee: Attendee) -> Self {
        Self {
            id: attendee.client_id,
            name: attendee.name,
            status: attendee.status,
        }
    }
}

/// A workshop with who has a place at it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ClientWorkshop")]
pub(super) struct WorkshopView {
    #[serde(flatten)]
    offered: OfferedWorkshopView,
    /// The campus.
    campus_id: Id,
    /// The clients that have a place, in the order in which they applied.
    clients: Vec<AttendeeView>,
    /// Rises with every change of the workshop itself.
    version: i64,
}

impl From<ShownWorkshop> for WorkshopView {
    fn from(shown: ShownWorkshop) -> Self {
        Self {
            campus_id: shown.workshop.campus_id,
            version: shown.workshop.version,
            clients: shown.clients.iter().cloned().map(AttendeeView::from).collect(),
            offered: OfferedWorkshopView::from(shown),
        }
    }
}

fn one(shown: ShownWorkshop) -> Result<Reply<WorkshopView>> {
    let version = shown.workshop.version;
    Ok(Reply::ok(&WorkshopView::from(shown))?.version(version))
}

/// `POST /v1/campuses/{id}/client-workshops`
pub async fn create_client_workshop(call: Call<ById, NoQuery, Json<NewWorkshop>>) -> Result<Reply<WorkshopView>> {
    call.write(|conn, call| {
        let made = actions::offer(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let (id, version) = (made.workshop.id, made.workshop.version);
        let location = format!("/v1/client-workshops/{id}");
        Ok(Reply::created(location, &WorkshopView::from(made))?.version(version))
    })
    .await
}

/// `GET /v1/campuses/{id}/client-workshops`, the latest made first
pub async fn list_client_workshops(call: Call<ById, PageQuery, NoBody>) -> Result<Reply<Page<WorkshopView>>> {
    call.read(|conn, call| {
        let limit = call.query.limit;
        let before = call.query.after()?;
        let found = actions::list_at(conn, &call.actor, call.path.id, before, limit.plus_one())?;
        call.page(Page::of(found, limit, |one| one.workshop.id).map(WorkshopView::from))
    })
    .await
}

/// `GET /v1/client-workshops/{id}`
pub async fn get_client_workshop(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<WorkshopView>> {
    call.read(|conn, call| one(actions::get_workshop(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/client-workshops/{id}`
pub async fn change_client_workshop(call: Call<ById, NoQuery, Json<WorkshopPatch>>) -> Result<Reply<WorkshopView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        let known = call.if_match;
        one(actions::change_workshop(conn, &call.actor, id, patch, known, call.now)?)
    })
    .await
}

/// `DELETE /v1/client-workshops/{id}`
pub async fn cancel_client_workshop(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::cancel_workshop(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `{id}/attendances/{client_id}`
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub struct ByClient {
    /// The workshop's id.
    id: Id,
    /// The client's id.
    client_id: Id,
}

/// `PUT /v1/client-workshops/{id}/attendances/{client_id}`
pub async fn set_workshop_attendance(
    call: Call<ByClient, NoQuery, Json<NewWorkshopAttendance>>,
) -> Result<Reply<WorkshopView>> {
    call.write(|conn, call| {
        let whose = (call.path.id, call.path.client_id);
        let attended = call.body.attended;
        one(actions::note_attendance(conn, &call.actor, whose, attended, call.now)?)
    })
    .await
}

/// `GET /v1/clients/{id}/workshops`, as they come, whole
pub async fn list_workshops_of_client(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<OfferedWorkshopView>>> {
    call.read(|conn, call| {
        let found = actions::list_for(conn, &call.actor, call.path.id, call.now)?;
        call.page(Page::whole(found).map(OfferedWorkshopView::from))
    })
    .await
}

/// `PUT /v1/clients/{id}/workshop`
pub async fn book_client_workshop(call: Call<ById, NoQuery, Json<WorkshopChoice>>) -> Result<Reply<ClientView>> {
    call.write(|conn, call| {
        let (client, workshop) = (call.path.id, call.body.workshop_id);
        let known = call.if_match;
        shown(actions::book(conn, &call.actor, client, workshop, known, call.now)?)
    })
    .await
}

/// `DELETE /v1/clients/{id}/workshop`
pub async fn give_up_client_workshop(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::give_up(conn, &call.actor, call.path.id, call.if_match, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
