//! One's own account.

use schemars::JsonSchema;
use serde::Serialize;

use super::Account;
use crate::{
    accounts::{
        actions::{self, OwnAccount},
        model::{AccountPatch, Represented, Role},
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
    /// The organisations whose product owner the caller is, in the order in which they applied.
    clients: Vec<Represented>,
    /// The employers for which the caller acts, in the order in which they were added.
    employers: Vec<Represented>,
    /// Whether logging in takes a code of an authenticator app as well as the password.
    second_factor: bool,
    /// How many of the recovery codes are left; null without a second factor.
    recovery_codes_left: Option<i64>,
}

pub(super) fn me_reply(own: OwnAccount) -> Result<Reply<Me>> {
    let version = own.person.version;
    Ok(Reply::ok(&Me {
        account: own.person.into(),
        roles: own.roles,
        clients: own.clients,
        employers: own.employers,
        second_factor: own.second_factor,
        recovery_codes_left: own.recovery_codes_left,
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
