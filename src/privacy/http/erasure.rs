//! Erasing oneself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::proved_with_otp,
    error::Result,
    primitives::Instant,
    privacy::actions,
    web::{Call, Json, NoPath, NoQuery, Reply},
};

/// Proof that it is the account's owner who asks.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ErasureRequest", example = serde_json::json!({"password": "weaver lamp orbit"}))]
pub struct Proof {
    /// The account's password.
    password: String,
    /// A code of the second factor, for an account that has one: from the app, or a recovery code.
    #[serde(default)]
    otp: Option<String>,
}

/// What becomes of the account.
#[derive(Serialize, JsonSchema)]
pub struct Erasure {
    /// When nothing that tells who the person was is in the database any more: the time of this answer.
    completed_by: Instant,
}

/// `DELETE /v1/me`
pub async fn erase_me(call: Call<NoPath, NoQuery, Json<Proof>>) -> Result<Reply<Erasure>> {
    let Proof { password, otp } = &call.body.0;
    proved_with_otp(&call, "/password", password, otp.clone()).await?;
    call.write(|conn, call| {
        actions::erase_me(conn, &call.actor, call.now)?;
        let completed_by = call.now;
        Ok(Reply::ok(&Erasure { completed_by })?.status(202))
    })
    .await
}
