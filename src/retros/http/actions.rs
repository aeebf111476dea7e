//! Actions over HTTP.

use crate::{
    error::Result,
    primitives::{Id, Page, Several, list_query},
    retros::{
        actions,
        model::{ActionPatch, ActionSelection, ActionStatus, ActionView, NewAction, OwnedAction},
    },
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

list_query! {
    /// Which actions of a cohort.
    pub struct ActionQuery {
        /// Filter by status.
        status: Option<Several<ActionStatus>>,
        /// Filter by the team that is to do it.
        team_id: Option<Id>,
        /// Filter by who looks after it.
        owner_id: Option<Id>,
    }
}

/// `GET /v1/cohorts/{id}/actions`
pub async fn list_actions(call: Call<ById, ActionQuery, NoBody>) -> Result<Reply<Page<ActionView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let selection = ActionSelection {
            states: query.status.as_ref().map(|states| states.to_vec()),
            team: query.team_id,
            owner: query.owner_id,
            retro: None,
            after: query.after()?,
        };
        let found = actions::list_actions(conn, &call.actor, call.path.id, &selection, query.limit.plus_one())?;
        let page = Page::of(found, query.limit, |one| one.action.id);
        call.page(page.map(ActionView::from))
    })
    .await
}

/// `POST /v1/cohorts/{id}/actions`
pub async fn create_action(call: Call<ById, NoQuery, Json<NewAction>>) -> Result<Reply<ActionView>> {
    call.write(|conn, call| {
        let made = actions::create_action(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let id = made.action.id;
        let view = ActionView::from(made);
        Ok(Reply::created(format!("/v1/actions/{id}"), &view)?.version(view.version))
    })
    .await
}

fn reply(found: OwnedAction) -> Result<Reply<ActionView>> {
    let version = found.action.version;
    Ok(Reply::ok(&ActionView::from(found))?.version(version))
}

/// `GET /v1/actions/{id}`
pub async fn get_action(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ActionView>> {
    call.read(|conn, call| reply(actions::get_action(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/actions/{id}`
pub async fn change_action(call: Call<ById, NoQuery, Json<ActionPatch>>) -> Result<Reply<ActionView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        reply(actions::change_action(
            conn,
            &call.actor,
            id,
            patch,
            call.if_match,
            call.now,
        )?)
    })
    .await
}
