//! Making one account of two, over HTTP.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    me::{Me, me_reply},
    proof,
};
use crate::{
    accounts::{
        actions::{self, Tried},
        rules,
    },
    error::Result,
    primitives::Email,
    web::{Call, Json, NoPath, NoQuery, Reply},
};

/// Another account of the caller's.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"email": "amal.haddad@example.org", "password": "copper fern violin"}))]
pub struct OtherAccount {
    /// The other account's address.
    email: Email,
    /// The other account's password.
    password: String,
    /// A code of the other account's second factor, if it has one.
    #[serde(default)]
    otp: Option<String>,
}

/// `POST /v1/me/merges`
pub async fn merge_accounts(call: Call<NoPath, NoQuery, Json<OtherAccount>>) -> Result<Reply<Me>> {
    let (state, now, email) = (call.state.clone(), call.now, call.body.email.clone());
    let OtherAccount { password, otp, .. } = &call.body.0;
    let (password, otp) = (password.clone(), otp.clone());
    let tried = Tried::of(email.as_str(), call.address.into());
    let found = state.db.read(move |conn| actions::with_address(conn, &email)).await?;
    let known = found.filter(|person| person.disabled_at.is_none());
    let verified = proof::verified(&state, &tried, known.as_ref(), password, now).await?;
    let Some(other) = known.filter(|_| verified.fits) else {
        return Err(rules::no_such_account());
    };
    let vault = state.clone();
    let asked = state
        .db
        .write(move |conn| actions::ask_second_factor(conn, other.id, &vault.vault, otp.as_deref(), now));
    asked.await?.check()?;
    call.write(move |conn, call| me_reply(actions::merge(conn, &call.actor, other.id, call.now)?))
        .await
}
