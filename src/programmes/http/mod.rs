//! Programmes over HTTP.

mod operations;

pub use operations::operations;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    actions::{self, CountedProgramme, ProgrammeWithWeeks},
    model::{Programme, ProgrammeSelection, RoleName, WeekOutline},
};
use crate::{
    error::Result,
    primitives::{Cursor, Field, Id, Instant, Limit, Line, Page, Slug, Text},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// A new programme.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "campus_id": "0ds8x2v4fmg00", "slug": "short-course", "name": "Short course", "roles": ["ux_lead", "qa"],
    "weeks": [
        {"number": 1, "phase": "core", "topic": "Testing", "project": {
            "title": "To-do list", "brief": "Build a to-do list, tests first.", "outcomes": ["Write a failing test first"],
        }},
        {"number": 2, "phase": "reading", "topic": "Reading week", "project": null},
    ],
}))]
pub struct NewProgramme {
    /// The campus it belongs to, whose staff may change it.
    campus_id: Id,
    /// Short name for URLs, unique at its campus.
    slug: Slug,
    /// Name to show.
    name: Line,
    /// What it teaches and to whom, in Markdown.
    description: Option<Text>,
    /// The roles that rotate in teams, in order; up to 10.
    #[schemars(length(max = 10))]
    roles: Vec<RoleName>,
    /// Its weeks, numbered from 1.
    #[schemars(length(min = 1, max = 52))]
    weeks: Vec<WeekOutline>,
}

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
    call.write(|conn, call| {
        let body = &call.body;
        let new = actions::NewProgramme {
            campus: body.campus_id,
            slug: body.slug.clone(),
            name: body.name.clone(),
            description: body.description.clone(),
            roles: body.roles.clone(),
            weeks: body.weeks.clone(),
        };
        created(actions::make(conn, &call.actor, new, call.now)?)
    })
    .await
}

/// Which programmes.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeQuery {
    /// Filter by campus.
    campus_id: Option<Id>,
    /// Filter by slug, which is unique only within a campus.
    slug: Option<Slug>,
    /// `true`: only programmes of the library; `false`: only those of campuses.
    library: Option<bool>,
    /// How many items a page has; 20 if left out.
    #[serde(default)]
    limit: Option<Limit>,
    /// `page.next_cursor` of the previous page; the first page if left out.
    #[serde(default)]
    cursor: Option<Cursor>,
}

/// `GET /v1/programmes`, oldest first, without their weeks
pub async fn list_programmes(call: Call<NoPath, ProgrammeQuery, NoBody>) -> Result<Reply<Page<ProgrammeSummary>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let selection = ProgrammeSelection {
            campus: query.campus_id,
            slug: query.slug.clone(),
            library: query.library,
            after: query.cursor.as_ref().map(Cursor::key).transpose()?,
        };
        let Page { data, page } = actions::list(conn, &selection, query.limit.unwrap_or_default())?;
        let data = data.into_iter().map(ProgrammeSummary::of).collect::<Result<_>>()?;
        call.page(Page { data, page })
    })
    .await
}

/// `GET /v1/programmes/{id}`
pub async fn get_programme(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ProgrammeView>> {
    call.read(|conn, call| reply(actions::whole(conn, call.path.id)?)).await
}

/// What of a programme can be changed. Cohorts keep the weeks they were made with.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"roles": ["scrum_facilitator", "ux_lead", "qa", "devops"]}))]
pub struct ProgrammePatch {
    /// Short name for URLs, unique at its campus.
    #[serde(default)]
    slug: Field<Slug>,
    /// Name to show.
    #[serde(default)]
    name: Field<Line>,
    /// What it teaches and to whom; `null` clears it.
    #[serde(default)]
    description: Field<Option<Text>>,
    /// The roles that rotate in teams; replaces the whole list.
    #[serde(default)]
    #[schemars(length(max = 10))]
    roles: Field<Vec<RoleName>>,
    /// Its weeks; replaces the whole list.
    #[serde(default)]
    #[schemars(length(min = 1, max = 52))]
    weeks: Field<Vec<WeekOutline>>,
}

/// `PATCH /v1/programmes/{id}`
pub async fn change_programme(call: Call<ById, NoQuery, Json<ProgrammePatch>>) -> Result<Reply<ProgrammeView>> {
    call.write(|conn, call| {
        let body = &call.body;
        let changes = actions::Changes {
            slug: body.slug.clone(),
            name: body.name.clone(),
            description: body.description.clone(),
            roles: body.roles.clone(),
            weeks: body.weeks.clone(),
        };
        reply(actions::change(
            conn,
            &call.actor,
            call.path.id,
            changes,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// Where a copy of a programme goes.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"campus_id": "0ds8x2v4fmg00", "slug": "our-2022"}))]
pub struct NewFork {
    /// The campus that gets the copy.
    campus_id: Id,
    /// Short name of the copy for URLs, unique at its campus.
    slug: Slug,
    /// Name of the copy; that of the original if left out.
    name: Option<Line>,
}

/// `POST /v1/programmes/{id}/forks`
pub async fn fork_programme(call: Call<ById, NoQuery, Json<NewFork>>) -> Result<Reply<ProgrammeView>> {
    call.write(|conn, call| {
        let fork = actions::Fork {
            campus: call.body.campus_id,
            slug: call.body.slug.clone(),
            name: call.body.name.clone(),
        };
        created(actions::fork(conn, &call.actor, call.path.id, fork, call.now)?)
    })
    .await
}
