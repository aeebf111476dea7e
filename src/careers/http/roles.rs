//! Roles at employers over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    careers::{
        actions,
        model::{NewRole, NewRoleStatus, Pay, Role, RolePatch, RoleSelection, RoleStatus},
    },
    error::Result,
    primitives::{Id, Instant, Line, Page, Several, Text, list_query},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// A role that an employer has to fill.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EmployerRole")]
pub(super) struct RoleView {
    /// Its id.
    id: Id,
    /// The campus.
    campus_id: Id,
    /// The employer.
    employer_id: Id,
    /// What the employer is called.
    employer_name: Line,
    /// What it is called.
    title: Line,
    /// What there is to do, and for whom it is.
    text: Text,
    /// Where it is.
    place: Option<Line>,
    /// Whether it can be done from elsewhere.
    remote: bool,
    /// What it pays; null if that is not said.
    pay: Option<Pay>,
    /// The last day on which it is public, at the campus.
    expires_on: NaiveDate,
    /// Whether the staff have approved it.
    status: RoleStatus,
    /// Rises with every change.
    version: i64,
    /// When it was added.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
}

impl From<(Role, Line)> for RoleView {
    fn from((role, employer_name): (Role, Line)) -> Self {
        Self {
            pay: role.pay(),
            id: role.id,
            campus_id: role.campus_id,
            employer_id: role.employer_id,
            employer_name,
            title: role.title,
            text: role.text,
            place: role.place,
            remote: role.is_remote,
            expires_on: role.expires_on,
            status: role.status,
            version: role.version,
            created_at: role.created_at,
            updated_at: role.updated_at,
        }
    }
}

fn shown(named: (Role, Line)) -> Result<Reply<RoleView>> {
    let version = named.0.version;
    Ok(Reply::ok(&RoleView::from(named))?.version(version))
}

/// `POST /v1/employers/{id}/roles`
pub async fn create_employer_role(call: Call<ById, NoQuery, Json<NewRole>>) -> Result<Reply<RoleView>> {
    call.write(|conn, call| {
        let made = actions::create_role(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let (id, version) = (made.0.id, made.0.version);
        Ok(Reply::created(format!("/v1/roles/{id}"), &RoleView::from(made))?.version(version))
    })
    .await
}

list_query! {
    /// Which roles.
    pub struct RolesQuery {
        /// Filter by status.
        status: Option<Several<RoleStatus>>,
    }
}

impl RolesQuery {
    fn selection(&self) -> Result<RoleSelection> {
        Ok(RoleSelection {
            states: self.status.as_ref().map(|several| several.to_vec()),
            after: self.after()?,
        })
    }
}

/// `GET /v1/employers/{id}/roles`, in the order in which they were added
pub async fn list_employer_roles(call: Call<ById, RolesQuery, NoBody>) -> Result<Reply<Page<RoleView>>> {
    call.read(|conn, call| {
        let (limit, selection) = (call.query.limit, call.query.selection()?);
        let found = actions::roles(conn, &call.actor, call.path.id, &selection, limit.plus_one())?;
        call.page(Page::of(found, limit, |(role, _)| role.id).map(RoleView::from))
    })
    .await
}

/// `GET /v1/campuses/{id}/roles`, in the order in which they were added
pub async fn list_public_roles(call: Call<ById, RolesQuery, NoBody>) -> Result<Reply<Page<RoleView>>> {
    call.read(|conn, call| {
        let (limit, selection) = (call.query.limit, call.query.selection()?);
        let (id, most) = (call.path.id, limit.plus_one());
        let found = actions::roles_at(conn, &call.actor, id, &selection, most, call.now)?;
        call.page(Page::of(found, limit, |(role, _)| role.id).map(RoleView::from))
    })
    .await
}

/// `GET /v1/roles/{id}`
pub async fn get_employer_role(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<RoleView>> {
    call.read(|conn, call| shown(actions::role(conn, &call.actor, call.path.id, call.now)?))
        .await
}

/// `PATCH /v1/roles/{id}`
pub async fn change_employer_role(call: Call<ById, NoQuery, Json<RolePatch>>) -> Result<Reply<RoleView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        let (known, now) = (call.if_match, call.now);
        shown(actions::change_role(conn, &call.actor, id, patch, known, now)?)
    })
    .await
}

/// `PUT /v1/roles/{id}/status`
pub async fn set_employer_role_status(call: Call<ById, NoQuery, Json<NewRoleStatus>>) -> Result<Reply<RoleView>> {
    call.write(|conn, call| {
        let (id, status) = (call.path.id, call.body.status);
        let (known, now) = (call.if_match, call.now);
        shown(actions::set_status(conn, &call.actor, id, status, known, now)?)
    })
    .await
}
