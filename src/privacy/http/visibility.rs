//! What people show of themselves, over HTTP.

use crate::{
    error::Result,
    privacy::{
        actions,
        model::{Visibility, VisibilityPatch},
    },
    web::{Call, Json, NoBody, NoPath, NoQuery, Reply},
};

fn reply(visibility: &Visibility) -> Result<Reply<Visibility>> {
    Ok(Reply::ok(visibility)?.version(visibility.version))
}

/// `GET /v1/me/visibility`
pub async fn get_visibility(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Visibility>> {
    call.read(|conn, call| reply(&actions::visibility(conn, &call.actor)?))
        .await
}

/// `PATCH /v1/me/visibility`
pub async fn change_visibility(call: Call<NoPath, NoQuery, Json<VisibilityPatch>>) -> Result<Reply<Visibility>> {
    call.write(|conn, call| {
        let patch = call.body.0.clone();
        reply(&actions::change_visibility(
            conn,
            &call.actor,
            patch,
            call.if_match,
            call.now,
        )?)
    })
    .await
}
