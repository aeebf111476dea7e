//! Opening accounts.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use super::Account;
use crate::{
    accounts::{
        actions::{self, Registration},
        model::Person,
        rules,
    },
    campuses::model::Campus,
    config::Config,
    error::{Error, Result},
    primitives::{Email, Instant, Language, Line},
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
    #[serde(deserialize_with = "long_enough")]
    #[schemars(with = "String", length(min = 12, max = 128))]
    password: String,
    /// The code from an invitation's mail to this address. Required where registration is closed.
    #[serde(default)]
    invitation: Option<String>,
    /// The language of their mail, beginning with the code that opens the account; `PATCH /v1/me` changes it.
    #[serde(default)]
    language: Option<Language>,
}

/// A password of the right length. It is told beside what is wrong with other fields; what is soon guessed is told once name and address
/// are known.
fn long_enough<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let password = String::deserialize(from)?;
    rules::check_password_length(&password).map_err(D::Error::custom)?;
    Ok(password)
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
        ..
    } = &call.body.0;
    let by_mail = config.smtp_url.is_some() && invitation.is_none();
    let (address, code, now) = (email.clone(), invitation.clone(), call.now);
    // Before the work of hashing: whoever may not open an account shall not cost us any.
    let campus = call
        .state
        .db
        .read(move |conn| actions::may_register(conn, open, &address, code.as_deref(), now))
        .await?;
    check(config, password, email, name, campus.as_ref())?;
    let hash = call.state.hasher.hash(password.clone()).await?;
    call.write(move |conn, call| {
        let NewAccount {
            email,
            name,
            invitation,
            language,
            ..
        } = &call.body.0;
        let new = Registration {
            email,
            name,
            password_hash: &hash,
            language: *language,
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

/// Whether an account with this address and name may have a password, where a campus may have invited whoever opens it.
fn check(config: &Config, password: &str, email: &Email, name: &Line, campus: Option<&Campus>) -> Result<()> {
    let own = [email.to_string(), name.to_string(), config.host()];
    let of_campus = campus.map(|campus| {
        [
            campus.name.to_string(),
            campus.slug.to_string(),
            campus.city.to_string(),
        ]
    });
    let known: Vec<String> = own.into_iter().chain(of_campus.into_iter().flatten()).collect();
    rules::check_password(password, &known).map_err(|why| Error::field("/password", "invalid", why))
}

fn opened(person: Person) -> Result<Reply<Account>> {
    let version = person.version;
    Ok(Reply::created("/v1/me", &Account::from(person))?.version(version))
}

/// A code that opens an account.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"code": "fCBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4E"}))]
pub struct AccountVerification {
    /// The code from the mail. It is good once.
    code: String,
    /// The password that the account is to have, in place of the one that was sent with `POST /v1/people`. Required
    /// where an account for the address was asked for more than once: the mail does not tell whose request a code
    /// belongs to.
    #[serde(default)]
    #[schemars(length(min = 12, max = 128))]
    password: Option<String>,
}

/// `POST /v1/people/verifications`
pub async fn verify_account(call: Call<NoPath, NoQuery, Json<AccountVerification>>) -> Result<Reply<Account>> {
    let hash = match &call.body.password {
        None => None,
        Some(password) => {
            let (code, now) = (call.body.code.clone(), call.now);
            let asked = call
                .state
                .db
                .read(move |conn| actions::requested_account(conn, &code, now));
            let (email, name) = asked.await?;
            check(&call.state.config, password, &email, &name, None)?;
            Some(call.state.hasher.hash(password.clone()).await?)
        }
    };
    call.write(move |conn, call| {
        opened(actions::open_requested(
            conn,
            &call.body.code,
            hash.as_deref(),
            call.now,
        )?)
    })
    .await
}
