//! The weeks of a cohort and their projects over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    cohorts::{
        actions::{self, WeekWithProject},
        model::{Phase, ProjectInWeek, ProjectPatch, ProjectView, WeekPatch},
    },
    error::Result,
    primitives::{Date, Id, Line, Page, Period},
    programmes::model::WeekOutline,
    web::{ById, ByWeek, Call, Json, NoBody, NoQuery, Reply},
};

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
    fn of(WeekWithProject { week, project, zone }: WeekWithProject) -> Result<Self> {
        let project = project.map(|project| ProjectView::of(project, week.number, zone));
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

fn reply(week: WeekWithProject) -> Result<Reply<WeekView>> {
    let version = week.week.version;
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
pub async fn list_weeks(call: Call<ById, WeeksQuery, NoBody>) -> Result<Reply<Page<WeekView>>> {
    call.read(|conn, call| {
        let period = Period::of(call.query.from, call.query.to)?;
        let mut weeks = actions::weeks(conn, call.path.id)?;
        weeks.retain(|WeekWithProject { week, .. }| period.overlaps(week.starts_on, week.ends_on));
        let weeks = weeks.into_iter().map(WeekView::of).collect::<Result<_>>()?;
        call.page(Page::whole(weeks))
    })
    .await
}

/// `GET /v1/cohorts/{id}/weeks/{number}`
pub async fn get_week(call: Call<ByWeek, NoQuery, NoBody>) -> Result<Reply<WeekView>> {
    call.read(|conn, call| reply(actions::week(conn, call.path.id, call.path.number.0)?))
        .await
}

/// `POST /v1/cohorts/{id}/weeks`
pub async fn insert_week(call: Call<ById, NoQuery, Json<WeekOutline>>) -> Result<Reply<WeekView>> {
    call.write(|conn, call| {
        let inserted = actions::insert_week(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let (location, version) = (
            format!("/v1/cohorts/{}/weeks/{}", call.path.id, inserted.week.number),
            inserted.week.version,
        );
        Ok(Reply::created(location, &WeekView::of(inserted)?)?.version(version))
    })
    .await
}

/// `PATCH /v1/cohorts/{id}/weeks/{number}`: the week at its new place, if it has moved
pub async fn change_week(call: Call<ByWeek, NoQuery, Json<WeekPatch>>) -> Result<Reply<WeekView>> {
    call.write(|conn, call| {
        let (cohort, number, seen) = (call.path.id, call.path.number.0, call.if_match);
        let changed = actions::change_week(conn, &call.actor, cohort, number, &call.body, seen, call.now)?;
        reply(changed)
    })
    .await
}

fn project_reply(found: ProjectInWeek) -> Result<Reply<ProjectView>> {
    let version = found.project.version;
    Ok(Reply::ok(&ProjectView::of(found.project, found.week_number, found.zone)?)?.version(version))
}

/// `GET /v1/projects/{id}`
pub async fn get_project(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ProjectView>> {
    call.read(|conn, call| project_reply(actions::project(conn, call.path.id)?))
        .await
}

/// `PATCH /v1/projects/{id}`
pub async fn change_project(call: Call<ById, NoQuery, Json<ProjectPatch>>) -> Result<Reply<ProjectView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, &call.body);
        let changed = actions::change_project(conn, &call.actor, id, patch, call.if_match, call.now)?;
        project_reply(changed)
    })
    .await
}
