//! Proof that it is the owner of an account who asks now, in whatever way they have.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    proof::{proved, second_factor_shown},
    sign_ons::{LinkRedemption, returned},
};
use crate::{
    accounts::actions,
    error::{Error, Result},
    web::Call,
};

/// Proof that it is the account's owner who asks: the password; or a sign-on, of an account that has no password; or else a
/// code of the second factor.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"password": "weaver lamp orbit"}))]
pub struct FreshProof {
    /// The account's password. An account that has one is proved by nothing else.
    #[serde(default)]
    password: Option<String>,
    /// What the browser brought back from a provider, for a sign-on that began with `POST /v1/me/sign-ons`. The account
    /// there must have been linked for a day, or have opened this one.
    #[serde(default)]
    sign_on: Option<LinkRedemption>,
    /// A code of the second factor, for an account that has one: from the app, or a recovery code. Without a password or a
    /// sign-on it erases an account only if the second factor has been there for a day.
    #[serde(default)]
    otp: Option<String>,
}

/// Looks at the proof of the caller. A second factor that is new proves nothing by itself.
///
/// # Errors
/// `422` naming what is missing or wrong, `401` for the second factor or an unknown sign-on, `429` after too many tries.
pub(crate) async fn proved_afresh<P, Q, B>(call: &Call<P, Q, B>, proof: &FreshProof) -> Result<()> {
    if proof.password.is_none() && proof.sign_on.is_none() && proof.otp.is_some() {
        let (actor, now) = (call.actor, call.now);
        call.state
            .db
            .read(move |conn| actions::prove_by_code_alone(conn, &actor, now))
            .await?;
    }
    proved_by_any_code(call, proof).await
}

/// The same where it is the second factor itself that goes: whoever has just set it up may take it away with its own code.
///
/// # Errors
/// As [`proved_afresh`].
pub(super) async fn proved_by_any_code<P, Q, B>(call: &Call<P, Q, B>, proof: &FreshProof) -> Result<()> {
    let actor = call.actor;
    let now = call.now;
    let own = call.state.db.read(move |conn| actions::me(conn, &actor, now)).await?;
    match &proof.password {
        Some(password) => {
            proved(call, "/password", password).await?;
        }
        None if own.person.password_hash.is_some() => {
            return Err(Error::field(
                "/password",
                "required",
                "must be sent: the account has one",
            ));
        }
        None if proof.sign_on.is_none() && (proof.otp.is_none() || !own.second_factor) => {
            let detail = "must be sent: the account has no password. Begin to sign on with your identity provider and send here what the \
                          browser brings back; or send a code of the second factor as `otp`, if the account has one";
            return Err(Error::field("/sign_on", "required", detail));
        }
        None => {}
    }
    second_factor_shown(call, own.person.id, proof.otp.clone()).await?;
    let Some(sign_on) = proof.sign_on.clone().filter(|_| proof.password.is_none()) else {
        return Ok(());
    };
    let (provider, identity) = returned(call, sign_on).await?;
    let shown = call
        .state
        .db
        .read(move |conn| actions::prove_by_sign_on(conn, &actor, &provider, &identity, now));
    shown.await
}
