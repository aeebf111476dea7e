//! One's own second factor.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fresh_proof::{FreshProof, proved_by_any_code};
use crate::{
    accounts::{actions, rules},
    error::{Code, Result},
    web::{ByPerson, Call, Json, NoBody, NoPath, NoQuery, Operation, Rate, Reply, delete, post},
};

/// The operations on one's own second factor.
pub fn operations() -> [Operation; 3] {
    [
        post("/v1/me/totp", "begin_totp", begin_totp)
            .summary("Set up a second factor")
            .about(
                "\
                Makes a secret for an authenticator app (TOTP, RFC 6238), in the place of one that was not confirmed. \
                Nothing changes until a code of the app was sent to `POST /v1/me/totp/confirmation`; from then on log-ins \
                want `otp` as well as the password. Takes a log-in of the last hour. `Idempotency-Key` is ignored, because secrets are not kept.",
            )
            .without_replay()
            .no_store()
            .problems(&[Code::Conflict, Code::FreshLogInRequired]),
        post("/v1/me/totp/confirmation", "confirm_totp", confirm_totp)
            .summary("Switch the second factor on")
            .about(
                "\
                Takes the first code of the app and answers with ten recovery codes, which are shown this once. Each of \
                them is good once in the place of a code, for whoever has lost the app. `Idempotency-Key` is ignored.",
            )
            .answers(&[200])
            .without_replay()
            .no_store()
            .problems(&[Code::Conflict]),
        delete("/v1/me/totp", "remove_totp", remove_totp)
            .summary("Remove the second factor")
            .about(
                "\
                Log-ins want the password alone again. The recovery codes are gone too. Takes the password and, once the \
                second factor was confirmed, a code as `otp`; an account without a password sends the \
                code alone, or a sign-on as `DELETE /v1/me` takes it.",
            )
            .rate(Rate::Credentials)
            .no_store()
            .problems(&[
                Code::OtpRequired,
                Code::InvalidOtp,
                Code::InvalidSignOn,
                Code::ProviderFailed,
                Code::ProviderUnavailable,
                Code::NotFound,
            ]),
    ]
}

/// A secret for an authenticator app.
#[derive(Serialize, JsonSchema)]
pub struct TotpSecret {
    /// The secret in base 32, to be typed into the app.
    secret: String,
    /// The same for the app to read, usually as a QR code.
    otpauth_url: String,
}

/// `POST /v1/me/totp`
pub async fn begin_totp(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<TotpSecret>> {
    call.write(|conn, call| {
        let (person, secret) = actions::begin_totp(conn, &call.actor, &call.state.vault, call.now)?;
        let body = TotpSecret {
            otpauth_url: rules::otpauth_url(&secret, &call.state.config.host(), &person.email),
            secret: rules::base32(&secret),
        };
        Reply::created("/v1/me/totp", &body)
    })
    .await
}

/// The first code of the app.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"code": "123456"}))]
pub struct TotpConfirmation {
    /// The six digits that the app shows now.
    code: String,
}

/// The recovery codes of a second factor.
#[derive(Serialize, JsonSchema)]
pub struct RecoveryCodes {
    /// Ten codes, each good once. They are not shown again.
    recovery_codes: Vec<String>,
}

/// `POST /v1/me/totp/confirmation`
pub async fn confirm_totp(call: Call<NoPath, NoQuery, Json<TotpConfirmation>>) -> Result<Reply<RecoveryCodes>> {
    call.write(|conn, call| {
        let codes = actions::confirm_totp(conn, &call.actor, &call.state.vault, &call.body.code, call.now)?;
        Reply::ok(&RecoveryCodes { recovery_codes: codes })
    })
    .await
}

/// `DELETE /v1/me/totp`
pub async fn remove_totp(call: Call<NoPath, NoQuery, Json<FreshProof>>) -> Result<Reply<()>> {
    proved_by_any_code(&call, &call.body).await?;
    call.write(|conn, call| {
        actions::remove_totp(conn, &call.actor, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/campuses/{id}/members/{person_id}/second-factor`
pub async fn remove_member_second_factor(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByPerson { id, person_id } = call.path;
        actions::remove_member_second_factor(conn, &call.actor, id, person_id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
