//! The weeks of a cohort and their projects over HTTP.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    cohorts::{
        actions::{self, WeekWithProject},
        model::{ProjectInWeek, ProjectPatch, ProjectView, WeekPatch, WeekView},
    },
    error::Result,
    primitives::{Date, Page, Period},
    programmes::model::WeekOutline,
    web::{ById, ByWeek, Call, Json, NoBody, NoQuery, Reply},
};

fn view(WeekWithProject { week, project, zone }: WeekWithProject) -> Result<WeekView> {
    WeekView::of(week, project, zone)
}

fn reply(week: WeekWithProject) -> Result<Reply<WeekView>> {
    let version = week.week.version;
    Ok(Reply::ok(&view(week)?)?.version(version))
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
        let weeks = weeks.into_iter().map(view).collect::<Result<_>>()?;
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
        Ok(Reply::created(location, &view(inserted)?)?.version(version))
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
