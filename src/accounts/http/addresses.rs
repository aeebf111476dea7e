//! One's address over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    MailedCode,
    me::{Me, me_reply},
    proof::proved_with_otp,
};
use crate::{
    accounts::actions::{self, AddressChange},
    error::Result,
    primitives::Email,
    web::{Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// `POST /v1/me/verifications`
pub async fn request_verification(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::request_verification(conn, &call.actor, call.now)?;
        Ok(Reply::no_content().status(202))
    })
    .await
}

/// `POST /v1/me/verifications/redemptions`
pub async fn verify_email(call: Call<NoPath, NoQuery, Json<MailedCode>>) -> Result<Reply<Me>> {
    call.write(|conn, call| {
        actions::verify(conn, &call.actor, call.body.code(), call.now)?;
        me_reply(actions::me(conn, &call.actor, call.now)?)
    })
    .await
}

/// Another address for one's account.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"email": "amal.haddad@example.org", "password": "weaver lamp orbit"}))]
pub struct NewAddress {
    /// The address to log in with and to get mail at from then on.
    email: Email,
    /// The account's password.
    password: String,
    /// A code of the second factor, for those who have one.
    #[serde(default)]
    otp: Option<String>,
}

/// How far a change of address has come.
#[derive(Serialize, JsonSchema)]
pub struct EmailChange {
    /// The new address.
    email: Email,
    /// Whether the code that was mailed to the new address is still to be sent back.
    waits_for_new: bool,
    /// The same for the address that the account has. Only a verified one has to agree.
    waits_for_current: bool,
}

impl From<AddressChange> for EmailChange {
    fn from(change: AddressChange) -> Self {
        Self {
            email: change.email,
            waits_for_new: change.waits_for_new,
            waits_for_current: change.waits_for_current,
        }
    }
}

fn reply(change: AddressChange) -> Result<Reply<EmailChange>> {
    let status = match change.waits_for_new || change.waits_for_current {
        true => 202,
        false => 200,
    };
    Ok(Reply::ok(&EmailChange::from(change))?.status(status))
}

/// `POST /v1/me/email-changes`
pub async fn request_email_change(call: Call<NoPath, NoQuery, Json<NewAddress>>) -> Result<Reply<EmailChange>> {
    proved_with_otp(&call, "/password", &call.body.password, call.body.otp.clone()).await?;
    let can_mail = call.state.config.smtp_url.is_some();
    call.write(move |conn, call| {
        let change = actions::request_change(conn, &call.actor, &call.body.email, can_mail, call.now)?;
        reply(change)
    })
    .await
}

/// `POST /v1/me/email-changes/redemptions`
pub async fn confirm_email_change(call: Call<NoPath, NoQuery, Json<MailedCode>>) -> Result<Reply<EmailChange>> {
    call.write(|conn, call| reply(actions::confirm_change(conn, &call.actor, call.body.code(), call.now)?))
        .await
}
