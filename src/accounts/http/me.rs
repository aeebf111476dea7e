//! One's own account.

use schemars::JsonSchema;
use serde::Serialize;

use super::Account;
use crate::{
    accounts::{
        actions,
        model::{AccountPatch, Person, Role},
    },
    error::Result,
    web::{Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// The caller.
#[derive(Serialize, JsonSchema)]
pub struct Me {
    #[serde(flatten)]
    account: Account,
    /// What the caller is, and where.
    roles: Vec<Role>,
}

pub(super) fn me_reply((person, roles): (Person, Vec<Role>)) -> Result<Reply<Me>> {
    let version = person.version;
    Ok(Reply::ok(&Me {
        account: person.into(),
        roles,
    })?
    .version(version))
}

/// `GET /v1/me`
pub async fn get_me(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Me>> {
    call.read(|conn, call| me_reply(actions::me(conn, &call.actor, call.now)?))
        .await
}

/// `PATCH /v1/me`
pub async fn change_me(call: Call<NoPath, NoQuery, Json<AccountPatch>>) -> Result<Reply<Me>> {
    call.write(|conn, call| {
        me_reply(actions::change_me(
            conn,
            &call.actor,
            call.body.0.clone(),
            call.if_match,
            call.now,
        )?)
    })
    .await
}
