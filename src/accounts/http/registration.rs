//! Opening accounts.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Account;
use crate::{
    accounts::{actions, rules},
    error::{Error, Result},
    primitives::{Email, Line},
    web::{Call, Json, NoPath, NoQuery, Reply},
};

/// A new account.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"}))]
pub struct NewAccount {
    /// The address to log in with and to get mail at. Stored in lower case.
    email: Email,
    /// What others call them.
    name: Line,
    /// 12 to 128 characters. Common passwords and one's own name or address are refused.
    #[schemars(length(min = 12, max = 128))]
    password: String,
    /// The code from an invitation's mail to this address. Required where registration is closed.
    #[serde(default)]
    invitation: Option<String>,
}

/// `POST /v1/people`
pub async fn open_account(call: Call<NoPath, NoQuery, Json<NewAccount>>) -> Result<Reply<Account>> {
    let open = call.state.config.open_registration;
    let NewAccount {
        email,
        name,
        password,
        invitation,
    } = &call.body.0;
    let (address, code, now) = (email.clone(), invitation.clone(), call.now);
    // Before the work of hashing: whoever may not open an account shall not cost us any.
    call.state
        .db
        .read(move |conn| actions::may_register(conn, open, &address, code.as_deref(), now))
        .await?;
    rules::check_password(password, email, name).map_err(|why| Error::field("/password", "invalid", why))?;
    let hash = call.state.hasher.hash(password.clone()).await?;
    call.write(move |conn, call| {
        let person = actions::register(conn, &call.body.email, &call.body.name, &hash, call.now)?;
        let version = person.version;
        Ok(Reply::created("/v1/me", &Account::from(person))?.version(version))
    })
    .await
}
