//! Opening accounts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Account, MailedCode};
use crate::{
    accounts::{
        actions::{self, Registration},
        model::Person,
        rules,
    },
    error::{Error, Result},
    primitives::{Email, Instant, Line},
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
    /// 12 to 128 characters. What is soon guessed is refused: common passwords, names, dates, rows of keys, and one's own
    /// name or address.
    #[schemars(length(min = 12, max = 128))]
    password: String,
    /// The code from an invitation's mail to this address. Required where registration is closed.
    #[serde(default)]
    invitation: Option<String>,
}

/// An account that is to be opened.
#[derive(Serialize, JsonSchema)]
pub struct PendingAccount {
    /// The address that a code was mailed to.
    email: Email,
    /// Until when the code can be used.
    expires_at: Instant,
}

/// `POST /v1/people`: `201` with the account, or `202` where a mailed code is to prove the address first
pub async fn open_account(call: Call<NoPath, NoQuery, Json<NewAccount>>) -> Result<Reply<Account>> {
    let config = &call.state.config;
    let open = config.open_registration;
    let NewAccount {
        email,
        name,
        password,
        invitation,
    } = &call.body.0;
    let by_mail = config.smtp_url.is_some() && invitation.is_none();
    let (address, code, now) = (email.clone(), invitation.clone(), call.now);
    // Before the work of hashing: whoever may not open an account shall not cost us any.
    call.state
        .db
        .read(move |conn| actions::may_register(conn, open, &address, code.as_deref(), now))
        .await?;
    rules::check_password(password, email, name).map_err(|why| Error::field("/password", "invalid", why))?;
    let hash = call.state.hasher.hash(password.clone()).await?;
    call.write(move |conn, call| {
        let NewAccount {
            email,
            name,
            invitation,
            ..
        } = &call.body.0;
        let new = Registration {
            email,
            name,
            password_hash: &hash,
        };
        if by_mail {
            let expires_at = actions::request_account(conn, &new, call.now)?;
            let email = email.clone();
            return Reply::accepted("/v1/me", &PendingAccount { email, expires_at });
        }
        opened(actions::register(conn, &new, invitation.is_some(), call.now)?)
    })
    .await
}

fn opened(person: Person) -> Result<Reply<Account>> {
    let version = person.version;
    Ok(Reply::created("/v1/me", &Account::from(person))?.version(version))
}

/// `POST /v1/people/verifications`
pub async fn verify_account(call: Call<NoPath, NoQuery, Json<MailedCode>>) -> Result<Reply<Account>> {
    call.write(|conn, call| opened(actions::open_requested(conn, call.body.code(), call.now)?))
        .await
}
