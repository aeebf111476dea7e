//! What needs the staff, over HTTP.

use crate::{
    board::{model::AttentionItem, reads},
    error::Result,
    primitives::Page,
    web::{ById, Call, NoBody, NoQuery, Reply},
};

/// `GET /v1/cohorts/{id}/attention`
pub async fn list_attention(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<AttentionItem>>> {
    call.read(|conn, call| {
        let items = reads::attention(conn, &call.actor, call.path.id, call.now)?;
        call.page(Page::whole(items))
    })
    .await
}
