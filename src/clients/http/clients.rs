//! Clients and their steps over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use super::offers::OfferView;
use crate::{
    accounts::model::PersonView,
    clients::{
        actions::{self, WholeClient},
        model::{Client, ClientPatch, ClientSelection, ClientStatus, NewClient, NewStep, NewTerms, Party, Step, Terms},
        rules,
    },
    error::Result,
    primitives::{Appointment, Id, Instant, Line, Page, Several, Text, Url, list_query},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// On what terms a campus builds for organisations.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ClientTerms")]
pub(super) struct TermsView {
    /// The campus.
    campus_id: Id,
    /// Whether organisations can apply.
    open: bool,
    /// What they read before they do.
    about: Option<Text>,
    /// When nobody has taken a step for so many days, product owners are reminded, and the staff are told.
    answer_days: i32,
    /// For so many days after a brief of a client is opened, only the team that built its product sees it.
    first_refusal_days: i32,
    /// Rises with every change; 0 until the campus has set its terms.
    version: i64,
}

fn of_terms(terms: Terms) -> Result<Reply<TermsView>> {
    let view = TermsView {
        campus_id: terms.campus_id,
        open: terms.is_open,
        about: terms.about,
        answer_days: terms.answer_days,
        first_refusal_days: terms.first_refusal_days,
        version: terms.version,
    };
    Ok(Reply::ok(&view)?.version(terms.version))
}

/// A step that a client has taken.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ClientStep")]
struct StepView {
    /// What the client became.
    status: ClientStatus,
    /// Whether the staff or a product owner took it.
    taken_by: Party,
    /// Where the agreement or the research is.
    url: Option<Url>,
    /// What was said with it.
    note: Option<Text>,
    /// When.
    taken_at: Instant,
}

impl From<Step> for StepView {
    fn from(step: Step) -> Self {
        Self {
            status: step.status,
            taken_by: step.taken_by,
            url: step.url,
            note: step.note,
            taken_at: step.created_at,
        }
    }
}

/// An organisation in a list.
#[derive(Serialize, JsonSchema)]
pub(super) struct ClientSummary {
    /// Its id.
    id: Id,
    /// The campus.
    campus_id: Id,
    /// What the campus is called.
    campus_name: Line,
    /// What the organisation is called.
    name: Line,
    /// How far it has come.
    status: ClientStatus,
    /// Since when.
    status_since: Instant,
    /// Who is to take the next step: nobody while a team builds, and at the end.
    waits_for: Option<Party>,
    /// Rises with every change.
    version: i64,
}

impl From<(Client, Line)> for ClientSummary {
    fn from((client, campus_name): (Client, Line)) -> Self {
        Self {
            id: client.id,
            campus_id: client.campus_id,
            campus_name,
            name: client.name,
            status: client.status,
            status_since: client.status_since,
            waits_for: rules::waits_for(client.status),
            version: client.version,
        }
    }
}

/// An organisation for which a campus builds or may build.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Client")]
pub(super) struct ClientView {
    #[serde(flatten)]
    summary: ClientSummary,
    /// What it does, and what it would like to have built.
    about: Text,
    /// Where to read more of it.
    url: Option<Url>,
    /// Whether its product owners agree that the campus offers it to other campuses.
    may_be_passed_on: bool,
    /// The campuses to which it is offered.
    offered_to: Vec<OfferView>,
    /// Its steps so far, in order.
    steps: Vec<StepView>,
    /// Its product owners, in the order in which they became it.
    owners: Vec<PersonView>,
    /// The workshop at which it has, or had, a place.
    workshop: Option<Appointment>,
    /// When it applied.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
}

impl From<WholeClient> for ClientView {
    fn from(whole: WholeClient) -> Self {
        let client = whole.client;
        Self {
            about: client.about.clone(),
            url: client.url.clone(),
            may_be_passed_on: client.may_be_passed_on,
            offered_to: whole.offers.into_iter().map(OfferView::from).collect(),
            steps: whole.steps.into_iter().map(StepView::from).collect(),
            owners: whole.owners,
            workshop: whole
                .workshop
                .map(|workshop| workshop.meeting().shown(workshop.id, whole.zone)),
            created_at: client.created_at,
            updated_at: client.updated_at,
            summary: ClientSummary::from((client, whole.campus_name)),
        }
    }
}

pub(super) fn shown(whole: WholeClient) -> Result<Reply<ClientView>> {
    let version = whole.client.version;
    Ok(Reply::ok(&ClientView::from(whole))?.version(version))
}

/// `GET /v1/campuses/{id}/client-terms`
pub async fn get_client_terms(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<TermsView>> {
    call.read(|conn, call| of_terms(actions::terms(conn, call.path.id)?))
        .await
}

/// `PUT /v1/campuses/{id}/client-terms`
pub async fn set_client_terms(call: Call<ById, NoQuery, Json<NewTerms>>) -> Result<Reply<TermsView>> {
    call.write(|conn, call| {
        let (id, new) = (call.path.id, call.body.0.clone());
        of_terms(actions::save_terms(
            conn,
            &call.actor,
            id,
            new,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// `POST /v1/campuses/{id}/clients`
pub async fn create_client(call: Call<ById, NoQuery, Json<NewClient>>) -> Result<Reply<ClientView>> {
    call.write(|conn, call| {
        let proves_addresses = call.state.config.smtp_url.is_some();
        let new = call.body.0.clone();
        let made = actions::apply(conn, &call.actor, call.path.id, new, proves_addresses, call.now)?;
        let (id, version) = (made.client.id, made.client.version);
        Ok(Reply::created(format!("/v1/clients/{id}"), &ClientView::from(made))?.version(version))
    })
    .await
}

list_query! {
    /// Which clients.
    pub struct ClientsQuery {
        /// Filter by status.
        status: Option<Several<ClientStatus>>,
    }
}

/// `GET /v1/campuses/{id}/clients`, in the order in which they applied
pub async fn list_clients(call: Call<ById, ClientsQuery, NoBody>) -> Result<Reply<Page<ClientSummary>>> {
    call.read(|conn, call| {
        let limit = call.query.limit;
        let selection = ClientSelection {
            states: call.query.status.as_ref().map(|several| several.to_vec()),
            after: call.query.after()?,
        };
        let (campus, found) = actions::list(conn, &call.actor, call.path.id, &selection, limit.plus_one())?;
        let page = Page::of(found, limit, |one| one.id);
        call.page(page.map(|client| ClientSummary::from((client, campus.name.clone()))))
    })
    .await
}

/// `GET /v1/me/clients`, the latest first, whole
pub async fn list_own_clients(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Page<ClientSummary>>> {
    call.read(|conn, call| {
        let own = actions::list_own(conn, &call.actor)?;
        call.page(Page::whole(own).map(ClientSummary::from))
    })
    .await
}

/// `GET /v1/clients/{id}`
pub async fn get_client(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ClientView>> {
    call.read(|conn, call| shown(actions::get(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/clients/{id}`
pub async fn change_client(call: Call<ById, NoQuery, Json<ClientPatch>>) -> Result<Reply<ClientView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        shown(actions::change(conn, &call.actor, id, patch, call.if_match, call.now)?)
    })
    .await
}

/// `PUT /v1/clients/{id}/status`
pub async fn take_client_step(call: Call<ById, NoQuery, Json<NewStep>>) -> Result<Reply<ClientView>> {
    call.write(|conn, call| {
        let step = call.body.0.clone();
        let (id, known) = (call.path.id, call.if_match);
        shown(actions::take_step(conn, &call.actor, id, step, known, call.now)?)
    })
    .await
}
