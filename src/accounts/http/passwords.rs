//! New passwords over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::proof::proved_with_otp;
use crate::{
    accounts::{actions, model::Person, rules},
    error::{Error, Result},
    primitives::{Email, Instant},
    state::State,
    web::{ByPerson, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// Who has forgotten a password.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"email": "amal@example.org"}))]
pub struct Forgotten {
    /// The account's address.
    email: Email,
}

/// `POST /v1/auth/password-resets`
pub async fn request_password_reset(call: Call<NoPath, NoQuery, Json<Forgotten>>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::request_reset(conn, &call.body.email, call.now)?;
        Ok(Reply::no_content().status(202))
    })
    .await
}

/// A new password, with the code that allows to set it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"code": "fCBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4E", "password": "weaver lamp orbit"}))]
pub struct Reset {
    /// The code from the mail, or one that the staff or the operator handed out. It is good once.
    code: String,
    /// The new password, of 12 to 128 characters. Passwords that are easy to guess are refused.
    #[schemars(length(min = 12, max = 128))]
    password: String,
}

/// `POST /v1/auth/password-resets/redemptions`
pub async fn reset_password(call: Call<NoPath, NoQuery, Json<Reset>>) -> Result<Reply<()>> {
    let (code, now, origin) = (call.body.code.clone(), call.now, call.origin());
    let person = call
        .state
        .db
        .read(move |conn| actions::reset_by(conn, &code, now))
        .await?;
    let hash = hashed(&call.state, "/password", &call.body.password, &person).await?;
    call.write(move |conn, call| {
        let person = actions::reset(conn, &call.body.code, &hash, call.now)?;
        actions::note_session(conn, "password_reset", Some(person.id), None, &origin, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// The hash of a new password for an account, if it may be one.
async fn hashed(state: &State, pointer: &str, password: &str, person: &Person) -> Result<String> {
    let own = person.clone();
    let mut known = state.db.read(move |conn| actions::known_words(conn, &own)).await?;
    known.push(state.config.host());
    rules::check_password(password, &known).map_err(|why| Error::field(pointer, "invalid", why))?;
    state.hasher.hash(password.to_owned()).await
}

/// One's password, and the one that is to take its place.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"current_password": "weaver lamp orbit", "new_password": "copper fern violin"}))]
pub struct PasswordChange {
    /// The password that the account has.
    current_password: String,
    /// The new password, of 12 to 128 characters. Passwords that are easy to guess are refused.
    #[schemars(length(min = 12, max = 128))]
    new_password: String,
    /// A code of the second factor, for those who have one.
    #[serde(default)]
    otp: Option<String>,
}

/// `PUT /v1/me/password`
pub async fn change_password(call: Call<NoPath, NoQuery, Json<PasswordChange>>) -> Result<Reply<()>> {
    let PasswordChange {
        current_password,
        new_password,
        otp,
    } = &call.body.0;
    let person = proved_with_otp(&call, "/current_password", current_password, otp.clone()).await?;
    let hash = hashed(&call.state, "/new_password", new_password, &person).await?;
    call.write(move |conn, call| {
        actions::change_password(conn, &call.actor, &hash, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// A code that lets a member set a new password.
#[derive(Serialize, JsonSchema)]
pub struct GrantedReset {
    /// Hand it to the member, and to nobody else. It is shown once and is good once.
    code: String,
    /// Until when it can be used.
    expires_at: Instant,
}

/// `POST /v1/campuses/{id}/members/{person_id}/password-resets`
pub async fn grant_password_reset(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<GrantedReset>> {
    call.write(|conn, call| {
        let ByPerson { id, person_id } = call.path;
        let (code, expires_at) = actions::grant_reset(conn, &call.actor, id, person_id, call.now)?;
        Reply::created(
            "/v1/auth/password-resets/redemptions",
            &GrantedReset { code, expires_at },
        )
    })
    .await
}
