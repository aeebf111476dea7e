//! The weeks of a cohort and their projects over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    cohorts::{
        actions::{self, WholeProject, WholeWeek},
        model::{Phase, Project},
    },
    error::{Error, Result},
    primitives::{Date, Field, Id, Instant, Line, Page, Period, Text},
    programmes::model::{Outline, ProjectOutline},
    web::{ById, ByWeek, Call, Json, NoBody, NoQuery, Reply},
};

/// What a week builds.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Project")]
pub struct ProjectView {
    /// The project's id.
    id: Id,
    /// The cohort it belongs to.
    cohort_id: Id,
    /// The week it belongs to.
    week_number: i32,
    /// Name to show.
    title: Line,
    /// What to build and how, in Markdown.
    brief: Text,
    /// What students can do afterwards.
    outcomes: Vec<Line>,
    /// Pattern for the names of the teams' repositories; `{cohort}`, `{week}` and `{team}` are placeholders.
    repository_name: Option<Line>,
    /// When it is due; null if it has no due time.
    due_at: Option<Instant>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl ProjectView {
    fn of(project: Project, week_number: i32) -> Result<Self> {
        Ok(Self {
            id: project.id,
            cohort_id: project.cohort_id,
            week_number,
            title: project.title,
            brief: project.brief,
            outcomes: serde_json::from_str(&project.outcomes).map_err(Error::internal)?,
            repository_name: project.repository_name,
            due_at: project.due_at,
            version: project.version,
        })
    }
}

/// A week of a cohort.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Week")]
pub struct WeekView {
    /// The week's id; it stays when a week is inserted before it.
    id: Id,
    /// Its number in the cohort, from 1.
    number: i32,
    /// What the week is for.
    phase: Phase,
    /// What it is about.
    topic: Line,
    /// First working day.
    starts_on: NaiveDate,
    /// Last working day.
    ends_on: NaiveDate,
    /// What the teams build; null if they build nothing.
    project: Option<ProjectView>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl WeekView {
    fn of((week, project): WholeWeek) -> Result<Self> {
        let project = project.map(|project| ProjectView::of(project, week.number));
        Ok(Self {
            id: week.id,
            number: week.number,
            phase: week.phase,
            topic: week.topic,
            starts_on: week.starts_on,
            ends_on: week.ends_on,
            project: project.transpose()?,
            version: week.version,
        })
    }
}

fn reply(week: WholeWeek) -> Result<Reply<WeekView>> {
    let version = week.0.version;
    Ok(Reply::ok(&WeekView::of(week)?)?.version(version))
}

/// Which weeks.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeeksQuery {
    /// Only those that end on this day or later.
    from: Option<Date>,
    /// Only those that begin on this day or earlier.
    to: Option<Date>,
}

/// `GET /v1/cohorts/{id}/weeks`, in order, whole
pub async fn weeks(call: Call<ById, WeeksQuery, NoBody>) -> Result<Reply<Page<WeekView>>> {
    call.read(|conn, call| {
        let period = Period::of(call.query.from, call.query.to)?;
        let mut weeks = actions::weeks(conn, call.path.id)?;
        weeks.retain(|(week, _)| period.overlaps(week.starts_on, week.ends_on));
        let weeks = weeks.into_iter().map(WeekView::of).collect::<Result<_>>()?;
        call.page(Page::whole(weeks))
    })
    .await
}

/// `GET /v1/cohorts/{id}/weeks/{number}`
pub async fn show_week(call: Call<ByWeek, NoQuery, NoBody>) -> Result<Reply<WeekView>> {
    call.read(|conn, call| reply(actions::week(conn, call.path.id, call.path.number.0)?))
        .await
}

/// `POST /v1/cohorts/{id}/weeks`
pub async fn insert_week(call: Call<ById, NoQuery, Json<Outline>>) -> Result<Reply<WeekView>> {
    call.write(|conn, call| {
        let (week, project) = actions::insert_week(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let (location, version) = (
            format!("/v1/cohorts/{}/weeks/{}", call.path.id, week.number),
            week.version,
        );
        Ok(Reply::created(location, &WeekView::of((week, project))?)?.version(version))
    })
    .await
}

/// What of a week can be changed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"topic": "Testing, from units to journeys"}))]
pub struct WeekPatch {
    /// What the week is for.
    #[serde(default)]
    phase: Field<Phase>,
    /// What it is about.
    #[serde(default)]
    topic: Field<Line>,
    /// Adds a project, due at the end of the week, to a week without one; `null` removes the project. To change a
    /// project, use `PATCH /v1/projects/{id}`.
    #[serde(default)]
    project: Field<Option<ProjectOutline>>,
    /// Its first day, behind the last day of the week before it.
    #[serde(default)]
    starts_on: Field<NaiveDate>,
    /// Its last day, before the first day of the next week and at most 14 days long with it.
    #[serde(default)]
    ends_on: Field<NaiveDate>,
    /// For a reading week: the number it is to have. The weeks between move up by one; numbers and dates stay where
    /// they are.
    #[serde(default)]
    #[schemars(range(min = 1))]
    move_to: Field<i32>,
}

/// `PATCH /v1/cohorts/{id}/weeks/{number}`: the week at its new place, if it has moved
pub async fn change_week(call: Call<ByWeek, NoQuery, Json<WeekPatch>>) -> Result<Reply<WeekView>> {
    call.write(|conn, call| {
        let changes = actions::WeekChanges {
            phase: call.body.phase,
            topic: call.body.topic.clone(),
            project: call.body.project.clone(),
            starts_on: call.body.starts_on,
            ends_on: call.body.ends_on,
            move_to: call.body.move_to,
        };
        let week = (call.path.id, call.path.number.0);
        reply(actions::change_week(
            conn,
            &call.actor,
            week,
            changes,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

fn project_reply((project, number): WholeProject) -> Result<Reply<ProjectView>> {
    let version = project.version;
    Ok(Reply::ok(&ProjectView::of(project, number)?)?.version(version))
}

/// `GET /v1/projects/{id}`
pub async fn show_project(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ProjectView>> {
    call.read(|conn, call| project_reply(actions::project(conn, call.path.id)?))
        .await
}

/// What of a project can be changed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"due_at": "2026-03-06T17:00:00Z", "repository_name": "{cohort}-week{week}-{team}"}))]
pub struct ProjectPatch {
    /// Name to show.
    #[serde(default)]
    title: Field<Line>,
    /// What to build and how, in Markdown.
    #[serde(default)]
    brief: Field<Text>,
    /// What students can do afterwards; replaces the whole list.
    #[serde(default)]
    #[schemars(length(max = 20))]
    outcomes: Field<Vec<Line>>,
    /// Letters, digits, `-`, `_`, `.` and the placeholders `{cohort}`, `{week}` and `{team}`; `null` clears it.
    #[serde(default)]
    repository_name: Field<Option<Line>>,
    /// When it is due; `null` clears it.
    #[serde(default)]
    due_at: Field<Option<Instant>>,
}

/// `PATCH /v1/projects/{id}`
pub async fn change_project(call: Call<ById, NoQuery, Json<ProjectPatch>>) -> Result<Reply<ProjectView>> {
    call.write(|conn, call| {
        let body = &call.body;
        let changes = actions::ProjectChanges {
            title: body.title.clone(),
            brief: body.brief.clone(),
            outcomes: body.outcomes.clone(),
            repository_name: body.repository_name.clone(),
            due_at: body.due_at,
        };
        let changed = actions::change_project(conn, &call.actor, call.path.id, changes, call.if_match, call.now)?;
        project_reply(changed)
    })
    .await
}
