//! What is written in retros, and votes, over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    error::Result,
    primitives::{Id, Line},
    retros::{
        actions::{self, SeenItem},
        model::{ItemKind, ItemPatch, NewItem},
    },
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// Something that somebody wrote in a retro. Who did is told to nobody else.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RetroItem")]
pub struct ItemView {
    /// The item's id, which does not tell when it was written.
    id: Id,
    /// The retro.
    retro_id: Id,
    /// Whether it is to stop, to begin or to go on.
    kind: ItemKind,
    /// What.
    text: Line,
    /// Whether the caller wrote it; null once the retro is closed, when nobody knows any more.
    mine: Option<bool>,
    /// Whether the caller votes for it; null once the retro is closed.
    voted: Option<bool>,
    /// How many voted for it; null until the retro is closed.
    votes: Option<i32>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl From<SeenItem> for ItemView {
    fn from(SeenItem { item, is_own, is_voted }: SeenItem) -> Self {
        Self {
            id: item.id,
            retro_id: item.retro_id,
            kind: item.kind,
            text: item.text,
            mine: is_own,
            voted: is_voted,
            votes: item.votes,
            version: item.version,
        }
    }
}

/// `POST /v1/retros/{id}/items`
pub async fn write_retro_item(call: Call<ById, NoQuery, Json<NewItem>>) -> Result<Reply<ItemView>> {
    call.write(|conn, call| {
        let written = actions::write(conn, &call.actor, call.path.id, call.body.0.clone())?;
        let item = ItemView::from(written);
        Ok(Reply::created(format!("/v1/retro-items/{}", item.id), &item)?.version(item.version))
    })
    .await
}

fn reply(found: SeenItem) -> Result<Reply<ItemView>> {
    let version = found.item.version;
    Ok(Reply::ok(&ItemView::from(found))?.version(version))
}

/// `GET /v1/retro-items/{id}`
pub async fn get_retro_item(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ItemView>> {
    call.read(|conn, call| reply(actions::get_item(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/retro-items/{id}`
pub async fn change_retro_item(call: Call<ById, NoQuery, Json<ItemPatch>>) -> Result<Reply<ItemView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        reply(actions::change_item(conn, &call.actor, id, patch, call.if_match)?)
    })
    .await
}

/// `DELETE /v1/retro-items/{id}`
pub async fn delete_retro_item(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete_item(conn, &call.actor, call.path.id, call.if_match)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `PUT /v1/retro-items/{id}/votes/me`
pub async fn vote_for_retro_item(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::vote(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/retro-items/{id}/votes/me`
pub async fn withdraw_retro_vote(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::unvote(conn, &call.actor, call.path.id)?;
        Ok(Reply::no_content())
    })
    .await
}
