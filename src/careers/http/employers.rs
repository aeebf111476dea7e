//! Employers and their contacts over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::PersonView,
    careers::{
        actions::{self, WholeEmployer},
        model::{Agreement, Employer, EmployerPatch, NewEmployer},
    },
    error::Result,
    primitives::{Id, Instant, Line, Page, PageQuery, Text, Url},
    web::{ById, ByPerson, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// An employer in a list.
#[derive(Serialize, JsonSchema)]
pub(super) struct EmployerSummary {
    /// Its id.
    id: Id,
    /// The campus.
    campus_id: Id,
    /// What the campus is called.
    campus_name: Line,
    /// What it is called.
    name: Line,
    /// What was agreed with it, as far as anything was.
    agreement: Agreement,
    /// Rises with every change.
    version: i64,
}

impl From<(Employer, Line)> for EmployerSummary {
    fn from((employer, campus_name): (Employer, Line)) -> Self {
        Self {
            id: employer.id,
            campus_id: employer.campus_id,
            campus_name,
            name: employer.name,
            agreement: employer.agreement,
            version: employer.version,
        }
    }
}

/// An employer of a campus.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Employer")]
pub(super) struct EmployerView {
    #[serde(flatten)]
    summary: EmployerSummary,
    /// What it does.
    about: Option<Text>,
    /// Where to read more of it.
    url: Option<Url>,
    /// Who acts for it, in the order in which they came to.
    contacts: Vec<PersonView>,
    /// When it was added.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
}

impl From<WholeEmployer> for EmployerView {
    fn from(whole: WholeEmployer) -> Self {
        let employer = whole.employer;
        Self {
            about: employer.about.clone(),
            url: employer.url.clone(),
            contacts: whole.contacts,
            created_at: employer.created_at,
            updated_at: employer.updated_at,
            summary: EmployerSummary::from((employer, whole.campus_name)),
        }
    }
}

fn shown(whole: WholeEmployer) -> Result<Reply<EmployerView>> {
    let version = whole.employer.version;
    Ok(Reply::ok(&EmployerView::from(whole))?.version(version))
}

/// `POST /v1/campuses/{id}/employers`
pub async fn create_employer(call: Call<ById, NoQuery, Json<NewEmployer>>) -> Result<Reply<EmployerView>> {
    call.write(|conn, call| {
        let made = actions::create_employer(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let (id, version) = (made.employer.id, made.employer.version);
        Ok(Reply::created(format!("/v1/employers/{id}"), &EmployerView::from(made))?.version(version))
    })
    .await
}

/// `GET /v1/campuses/{id}/employers`, in the order in which they were added
pub async fn list_employers(call: Call<ById, PageQuery, NoBody>) -> Result<Reply<Page<EmployerSummary>>> {
    call.read(|conn, call| {
        let limit = call.query.limit;
        let after = call.query.after()?;
        let (campus, found) = actions::employers(conn, &call.actor, call.path.id, after, limit.plus_one())?;
        let page = Page::of(found, limit, |one| one.id);
        call.page(page.map(|employer| EmployerSummary::from((employer, campus.name.clone()))))
    })
    .await
}

/// `GET /v1/me/employers`, the latest first, whole
pub async fn list_own_employers(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Page<EmployerSummary>>> {
    call.read(|conn, call| {
        let own = actions::own_employers(conn, &call.actor)?;
        call.page(Page::whole(own).map(EmployerSummary::from))
    })
    .await
}

/// `GET /v1/employers/{id}`
pub async fn get_employer(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<EmployerView>> {
    call.read(|conn, call| shown(actions::employer(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/employers/{id}`
pub async fn change_employer(call: Call<ById, NoQuery, Json<EmployerPatch>>) -> Result<Reply<EmployerView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        let (known, now) = (call.if_match, call.now);
        shown(actions::change_employer(conn, &call.actor, id, patch, known, now)?)
    })
    .await
}

/// `PUT /v1/employers/{id}/contacts/{person_id}`
pub async fn add_employer_contact(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let proves_addresses = call.state.config.smtp_url.is_some();
        let ByPerson { id, person_id } = call.path;
        actions::add_contact(conn, &call.actor, id, person_id, proves_addresses, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/employers/{id}/contacts/{person_id}`
pub async fn remove_employer_contact(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::remove_contact(conn, &call.actor, call.path.id, call.path.person_id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
