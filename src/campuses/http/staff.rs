//! The staff of a campus, over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::model::{PersonView, Viewer},
    authz::StaffRole,
    campuses::{actions, model::Appointment},
    error::Result,
    primitives::{Instant, Page},
    web::{ById, ByPerson, Call, Json, NoBody, NoQuery, Reply},
};

/// Somebody on the staff of a campus.
#[derive(Serialize, JsonSchema)]
pub struct Staff {
    /// Who it is.
    person: PersonView,
    /// Their role on the staff.
    role: StaffRole,
    /// When they were given this role.
    appointed_at: Instant,
}

impl Staff {
    pub(super) fn seen(appointment: Appointment, viewer: &Viewer) -> Self {
        Self {
            person: viewer.view(appointment.person),
            role: appointment.role,
            appointed_at: appointment.created_at,
        }
    }
}

/// `GET /v1/campuses/{id}/staff`, organisers first, whole
pub async fn list_staff(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<Staff>>> {
    call.read(|conn, call| {
        let (staff, viewer) = actions::staff(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(staff).map(|one| Staff::seen(one, &viewer)))
    })
    .await
}

/// What somebody is to be.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"role": "facilitator"}))]
pub struct NewRole {
    /// The role to give them.
    role: StaffRole,
}

/// `PUT /v1/campuses/{id}/staff/{person_id}`
pub async fn appoint_staff(call: Call<ByPerson, NoQuery, Json<NewRole>>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByPerson { id, person_id } = call.path;
        actions::appoint(conn, &call.actor, id, person_id, call.body.role, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/campuses/{id}/staff/{person_id}`
pub async fn dismiss_staff(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::dismiss(conn, &call.actor, call.path.id, call.path.person_id)?;
        Ok(Reply::no_content())
    })
    .await
}
