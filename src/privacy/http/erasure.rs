//! Erasing oneself.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::{FreshProof, proved_afresh},
    error::Result,
    primitives::Instant,
    privacy::actions,
    web::{Call, Json, NoPath, NoQuery, Reply},
};

/// What becomes of the account.
#[derive(Serialize, JsonSchema)]
pub struct Erasure {
    /// When nothing that tells who the person was is in the database any more: the time of this answer.
    completed_by: Instant,
}

/// `DELETE /v1/me`
pub async fn erase_me(call: Call<NoPath, NoQuery, Json<FreshProof>>) -> Result<Reply<Erasure>> {
    proved_afresh(&call, &call.body).await?;
    call.write(|conn, call| {
        actions::erase_me(conn, &call.actor, call.if_match, call.now)?;
        let completed_by = call.now;
        Ok(Reply::ok(&Erasure { completed_by })?.status(202))
    })
    .await
}
