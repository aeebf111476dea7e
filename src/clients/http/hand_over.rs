//! Handing a product over, over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    clients::{
        actions,
        model::{HandOverItem, HandOverParty, NewTick, TickedItem},
    },
    error::Result,
    primitives::{Id, Instant},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// Something that belongs to handing a product over.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "HandOverItemState")]
struct ItemView {
    /// What it is.
    item: HandOverItem,
    /// Whether it is done.
    done: bool,
    /// Who ticked it off; null if it is not done.
    ticked_by: Option<HandOverParty>,
    /// When; null if it is not done.
    ticked_at: Option<Instant>,
}

/// What belongs to handing a product over, and what of it is done.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProductHandOver")]
pub(super) struct HandOverView {
    /// The client.
    client_id: Id,
    /// Whether all is done.
    complete: bool,
    /// All that belongs to it, in order.
    items: Vec<ItemView>,
}

fn view(client: Id, ticked: &[TickedItem]) -> Result<Reply<HandOverView>> {
    let state = |item: HandOverItem| {
        let done = ticked.iter().find(|done| done.item == item);
        ItemView {
            item,
            done: done.is_some(),
            ticked_by: done.map(|done| done.ticked_by),
            ticked_at: done.map(|done| done.created_at),
        }
    };
    let items: Vec<ItemView> = HandOverItem::ALL.into_iter().map(state).collect();
    Reply::ok(&HandOverView {
        client_id: client,
        complete: items.iter().all(|item| item.done),
        items,
    })
}

/// `GET /v1/clients/{id}/hand-over`
pub async fn get_product_hand_over(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<HandOverView>> {
    call.read(|conn, call| {
        let ticked = actions::hand_over(conn, &call.actor, call.path.id)?;
        view(call.path.id, &ticked)
    })
    .await
}

/// `{id}/hand-over/{item}`
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub struct ByItem {
    /// The client's id.
    id: Id,
    /// What is done or not.
    item: HandOverItem,
}

/// `PUT /v1/clients/{id}/hand-over/{item}`
pub async fn tick_product_hand_over(call: Call<ByItem, NoQuery, Json<NewTick>>) -> Result<Reply<HandOverView>> {
    call.write(|conn, call| {
        let ByItem { id, item } = call.path;
        let ticked = actions::tick(conn, &call.actor, id, (item, call.body.done), call.now)?;
        view(id, &ticked)
    })
    .await
}
