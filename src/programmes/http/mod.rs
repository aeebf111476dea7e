//! Programmes over HTTP.

mod operations;

pub use operations::operations;

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    actions::{self, CountedProgramme, ProgrammeWithWeeks},
    model::{NewFork, NewProgramme, Programme, ProgrammePatch, ProgrammeSelection, RoleName, WeekOutline},
};
use crate::{
    error::Result,
    primitives::{Id, Instant, Line, Page, Slug, Text, list_query},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// A programme without its weeks.
#[derive(Serialize, JsonSchema)]
pub struct ProgrammeSummary {
    /// The programme's id.
    id: Id,
    /// The campus it belongs to; null for a programme of the library.
    campus_id: Option<Id>,
    /// Short name for URLs, unique at its campus.
    slug: Slug,
    /// Name to show.
    name: Line,
    /// What it teaches and to whom.
    description: Option<Text>,
    /// The roles that rotate in teams, in order.
    roles: Vec<RoleName>,
    /// The programme it was copied from, if any.
    forked_from: Option<Id>,
    /// Number of its weeks.
    week_count: i64,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// When it was created.
    created_at: Instant,
}

impl ProgrammeSummary {
    fn of(CountedProgramme { programme, week_count }: CountedProgramme) -> Result<Self> {
        Ok(Self {
            roles: programme.role_names()?,
            id: programme.id,
            campus_id: programme.campus_id,
            slug: programme.slug,
            name: programme.name,
            description: programme.description,
            forked_from: programme.forked_from,
            week_count,
            version: programme.version,
            created_at: programme.created_at,
        })
    }
}

/// A programme.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Programme")]
pub struct ProgrammeView {
    #[serde(flatten)]
    summary: ProgrammeSummary,
    /// Its weeks, in order.
    weeks: Vec<WeekOutline>,
}

impl ProgrammeView {
    fn of(ProgrammeWithWeeks { programme, weeks }: ProgrammeWithWeeks) -> Result<Self> {
        let week_count = i64::try_from(weeks.len()).unwrap_or(i64::MAX);
        let summary = ProgrammeSummary::of(CountedProgramme { programme, week_count })?;
        Ok(Self { summary, weeks })
    }
}

fn created(whole: ProgrammeWithWeeks) -> Result<Reply<ProgrammeView>> {
    let Programme { id, version, .. } = whole.programme;
    let view = ProgrammeView::of(whole)?;
    Ok(Reply::created(format!("/v1/programmes/{id}"), &view)?.version(version))
}

fn reply(whole: ProgrammeWithWeeks) -> Result<Reply<ProgrammeView>> {
    let version = whole.programme.version;
    Ok(Reply::ok(&ProgrammeView::of(whole)?)?.version(version))
}

/// `POST /v1/programmes`
pub async fn make_programme(call: Call<NoPath, NoQuery, Json<NewProgramme>>) -> Result<Reply<ProgrammeView>> {
    call.write(|conn, call| created(actions::make(conn, &call.actor, call.body.0.clone(), call.now)?))
        .await
}

list_query! {
    /// Which programmes.
    pub struct ProgrammeQuery {
        /// Filter by campus.
        campus_id: Option<Id>,
        /// Filter by slug, which is unique only within a campus.
        slug: Option<Slug>,
        /// `true`: only programmes of the library; `false`: only those of campuses.
        library: Option<bool>,
    }
}

/// `GET /v1/programmes`, oldest first, without their weeks
pub async fn list_programmes(call: Call<NoPath, ProgrammeQuery, NoBody>) -> Result<Reply<Page<ProgrammeSummary>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let selection = ProgrammeSelection {
            campus: query.campus_id,
            slug: query.slug.clone(),
            library: query.library,
            after: query.after()?,
        };
        let Page { data, page } = actions::list(conn, &selection, query.limit)?;
        let data = data.into_iter().map(ProgrammeSummary::of).collect::<Result<_>>()?;
        call.page(Page { data, page })
    })
    .await
}

/// `GET /v1/programmes/{id}`
pub async fn get_programme(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ProgrammeView>> {
    call.read(|conn, call| reply(actions::whole(conn, call.path.id)?)).await
}

/// `PATCH /v1/programmes/{id}`
pub async fn change_programme(call: Call<ById, NoQuery, Json<ProgrammePatch>>) -> Result<Reply<ProgrammeView>> {
    call.write(|conn, call| {
        reply(actions::change(
            conn,
            &call.actor,
            call.path.id,
            call.body.0.clone(),
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// `POST /v1/programmes/{id}/forks`
pub async fn fork_programme(call: Call<ById, NoQuery, Json<NewFork>>) -> Result<Reply<ProgrammeView>> {
    call.write(|conn, call| {
        created(actions::fork(
            conn,
            &call.actor,
            call.path.id,
            call.body.0.clone(),
            call.now,
        )?)
    })
    .await
}
