//! Checklists over HTTP.

mod operations;
mod views;

pub use operations::operations;
pub use views::{ChecklistView, ItemView, TemplateView};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    actions,
    model::{NewChecklists, NewTemplate, Template, TemplateFork, TemplatePatch},
};
use crate::{
    error::Result,
    primitives::Page,
    web::{ById, Call, Json, NoBody, NoQuery, Number, Reply},
};

/// `GET /v1/campuses/{id}/checklist-templates`, by their names, whole
pub async fn list_checklist_templates(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<TemplateView>>> {
    call.read(|conn, call| {
        let templates = actions::list_templates(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(templates).map(TemplateView::from))
    })
    .await
}

/// `GET /v1/programmes/{id}/checklist-templates`, by their names, whole
pub async fn list_programme_checklist_templates(
    call: Call<ById, NoQuery, NoBody>,
) -> Result<Reply<Page<TemplateView>>> {
    call.read(|conn, call| {
        let templates = actions::list_programme_templates(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(templates).map(TemplateView::from))
    })
    .await
}

/// `POST /v1/programmes/{id}/checklist-templates`
pub async fn create_programme_checklist_template(
    call: Call<ById, NoQuery, Json<NewTemplate>>,
) -> Result<Reply<TemplateView>> {
    call.write(|conn, call| {
        let (id, new) = (call.path.id, call.body.0.clone());
        let made = actions::create_programme_template(conn, &call.actor, id, new, call.now)?;
        created(made)
    })
    .await
}

fn created(template: Template) -> Result<Reply<TemplateView>> {
    let (location, version) = (format!("/v1/checklist-templates/{}", template.id), template.version);
    Ok(Reply::created(location, &TemplateView::from(template))?.version(version))
}

fn shown(template: Template) -> Result<Reply<TemplateView>> {
    let version = template.version;
    Ok(Reply::ok(&TemplateView::from(template))?.version(version))
}

/// `POST /v1/campuses/{id}/checklist-templates`
pub async fn create_checklist_template(call: Call<ById, NoQuery, Json<NewTemplate>>) -> Result<Reply<TemplateView>> {
    call.write(|conn, call| {
        let new = call.body.0.clone();
        created(actions::create_template(
            conn,
            &call.actor,
            call.path.id,
            new,
            call.now,
        )?)
    })
    .await
}

/// `GET /v1/checklist-templates/{id}`
pub async fn get_checklist_template(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<TemplateView>> {
    call.read(|conn, call| shown(actions::get_template(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/checklist-templates/{id}`
pub async fn change_checklist_template(call: Call<ById, NoQuery, Json<TemplatePatch>>) -> Result<Reply<TemplateView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        let changed = actions::change_template(conn, &call.actor, id, patch, call.if_match, call.now)?;
        shown(changed)
    })
    .await
}

/// `DELETE /v1/checklist-templates/{id}`
pub async fn delete_checklist_template(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete_template(conn, &call.actor, call.path.id, call.if_match)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `POST /v1/checklist-templates/{id}/forks`
pub async fn fork_checklist_template(call: Call<ById, NoQuery, Json<TemplateFork>>) -> Result<Reply<TemplateView>> {
    call.write(|conn, call| {
        let fork = call.body.0.clone();
        created(actions::fork_template(conn, &call.actor, call.path.id, fork, call.now)?)
    })
    .await
}

/// Which checklists of a cohort.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChecklistsQuery {
    /// Only those of this week.
    week: Option<Number>,
}

/// `GET /v1/cohorts/{id}/checklists`, the cohort's own first, then by week, whole
pub async fn list_checklists(call: Call<ById, ChecklistsQuery, NoBody>) -> Result<Reply<Page<ChecklistView>>> {
    call.read(|conn, call| {
        let week = call.query.week.map(|Number(week)| week);
        let all = actions::list(conn, &call.actor, call.path.id, week)?;
        call.page(Page::whole(all).map(ChecklistView::from))
    })
    .await
}

/// `POST /v1/cohorts/{id}/checklists`
pub async fn create_checklists(call: Call<ById, NoQuery, Json<NewChecklists>>) -> Result<Reply<Page<ChecklistView>>> {
    call.write(|conn, call| {
        let (made, all) = actions::create(conn, &call.actor, call.path.id, call.body.0, call.now)?;
        let page = Page::whole(all).map(ChecklistView::from);
        match made {
            0 => Reply::ok(&page),
            _ => Reply::created(format!("/v1/cohorts/{}/checklists", call.path.id), &page),
        }
    })
    .await
}

/// `DELETE /v1/checklists/{id}`
pub async fn delete_checklist(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete(conn, &call.actor, call.path.id)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `PUT /v1/checklist-items/{id}/done`
pub async fn tick_checklist_item(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::tick(conn, &call.actor, call.path.id, true, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/checklist-items/{id}/done`
pub async fn untick_checklist_item(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::tick(conn, &call.actor, call.path.id, false, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
