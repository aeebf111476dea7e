//! What a page has to know before anybody is logged in.

use schemars::JsonSchema;
use serde::Serialize;

use super::sign_ons::{ProviderView, providers};
use crate::{
    error::Result,
    primitives::{Language, text_enum},
    web::{Call, NoBody, NoPath, NoQuery, Reply},
    webauthn::RelyingParty,
};

text_enum! {
    /// Who may open an account.
    pub enum RegistrationMode {
        /// Anybody.
        Open = "open",
        /// Whoever has the code of an invitation from an approved campus.
        Closed = "closed",
    }
}

/// How people come into accounts here, beside an address and a password.
#[derive(Serialize, JsonSchema)]
pub struct AuthMethods {
    /// Whether the service sends mail. If so, `POST /v1/people` mails a code that opens the account, and a forgotten
    /// password is replaced by mail; if not, accounts are opened at once, and new passwords come from the staff.
    mail: bool,
    /// Who may open an account.
    registration: RegistrationMode,
    /// The identity providers that people can log in with, as `GET /v1/auth/providers` lists them.
    sign_on: Vec<ProviderView>,
    /// Whether people can log in with passkeys: not where the service's public URL is none that browsers take.
    passkeys: bool,
    /// The languages that mail is written in, to choose from as `language`.
    languages: Vec<Language>,
}

/// `GET /v1/auth/methods`
pub async fn get_auth_methods(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<AuthMethods>> {
    let config = &call.state.config;
    Reply::ok(&AuthMethods {
        mail: config.smtp_url.is_some(),
        registration: match config.open_registration {
            true => RegistrationMode::Open,
            false => RegistrationMode::Closed,
        },
        sign_on: providers(&call.state.providers),
        passkeys: RelyingParty::at(&config.public_url).is_ok(),
        languages: Language::ALL.into(),
    })
}
