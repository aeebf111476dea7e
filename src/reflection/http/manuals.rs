//! Manuals over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    error::Result,
    primitives::{Id, Instant, Text},
    reflection::{
        actions,
        model::{Manual, ManualTexts},
    },
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// How somebody works and likes to be worked with.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Manual")]
pub struct ManualView {
    /// Whose it is.
    person_id: Id,
    /// How they work best.
    how_i_work: Option<Text>,
    /// How they like to get feedback.
    how_i_like_feedback: Option<Text>,
    /// How and when to reach them.
    how_to_reach_me: Option<Text>,
    /// What else is good to know.
    good_to_know: Option<Text>,
    /// When it was last changed; null if it was never written.
    updated_at: Option<Instant>,
    /// Rises with every change, from 0; the `ETag` begins with it.
    version: i64,
}

fn reply(manual: Manual) -> Result<Reply<ManualView>> {
    let Manual {
        person_id,
        texts,
        version,
        updated_at,
    } = manual;
    let view = ManualView {
        person_id,
        how_i_work: texts.how_i_work,
        how_i_like_feedback: texts.how_i_like_feedback,
        how_to_reach_me: texts.how_to_reach_me,
        good_to_know: texts.good_to_know,
        updated_at: (version > 0).then_some(updated_at),
        version,
    };
    Ok(Reply::ok(&view)?.version(version))
}

/// `GET /v1/me/manual`
pub async fn get_my_manual(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<ManualView>> {
    call.read(|conn, call| reply(actions::get_own_manual(conn, &call.actor, call.now)?))
        .await
}

/// `PUT /v1/me/manual`
pub async fn set_my_manual(call: Call<NoPath, NoQuery, Json<ManualTexts>>) -> Result<Reply<ManualView>> {
    call.write(|conn, call| {
        let texts = call.body.0.clone();
        reply(actions::set_manual(conn, &call.actor, texts, call.if_match, call.now)?)
    })
    .await
}

/// `GET /v1/people/{id}/manual`
pub async fn get_manual(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ManualView>> {
    call.read(|conn, call| reply(actions::get_manual(conn, &call.actor, call.path.id)?))
        .await
}
