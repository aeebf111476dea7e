//! The operations of single sign-on.

use super::sign_ons;
use crate::{
    error::Code,
    web::{Operation, Rate, Who, delete, get, post},
};

/// Each declared once.
pub fn operations() -> [Operation; 7] {
    [
        get("/v1/auth/providers", "list_sign_on_providers", sign_ons::list_sign_on_providers)
            .summary("List identity providers")
            .about(
                "\
                The identity providers that people can log in with here, beside a password. Show a button for each.",
            )
            .who(Who::Anyone)
            .no_store(),
        post("/v1/auth/sign-ons", "begin_sign_on", sign_ons::begin_sign_on)
            .summary("Begin a sign-on")
            .about(
                "\
                Says where to send the browser for logging in with an identity provider, which sends it back to your \
                page `return_to` with a `code`. Redeem that within ten minutes. `Idempotency-Key` and an access token \
                sent along are ignored.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::SignOns)
            .without_replay()
            .no_store()
            .problems(&[Code::ProviderFailed, Code::ProviderUnavailable]),
        post("/v1/auth/sign-ons/redemptions", "redeem_sign_on", sign_ons::redeem_sign_on)
            .summary("Log in with a sign-on")
            .about(
                "\
                Begins a session for whoever came back from an identity provider, and answers as a log-in does. They \
                come into the account that is linked to theirs at the provider, or else into the one with the address \
                that the provider has verified, or else into a new one. An account whose address nobody had shown to be \
                theirs becomes theirs: its password and its sessions end. With `transport` `cookie` the tokens are in cookies. A sign-on is redeemed once, also if that fails; \
                only after `otp_required` or a wrong `otp` the same is sent again with the right one. Whoever has shown the \
                provider more than one factor (`amr` has `mfa`) is not asked for another.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::SignOns)
            .answers(&[200])
            .uses_cookies()
            .without_replay()
            .no_store()
            .problems(&[
                Code::InvalidSignOn,
                Code::OtpRequired,
                Code::InvalidOtp,
                Code::EmailNotVerified,
                Code::AccountDisabled,
                Code::RegistrationClosed,
                Code::AddressBanned,
                Code::EmailTaken,
                Code::ProviderFailed,
                Code::ProviderUnavailable,
            ]),
        get("/v1/me/sign-ons", "list_my_sign_ons", sign_ons::list_my_sign_ons)
            .summary("List my sign-ons")
            .about(
                "\
                The accounts at identity providers that the caller can log in with, the oldest first.",
            )
            .no_store(),
        post("/v1/me/sign-ons", "begin_sign_on_link", sign_ons::begin_sign_on_link)
            .summary("Begin to link a sign-on")
            .about(
                "\
                As `POST /v1/auth/sign-ons`, to link an account at an identity provider to the caller's. Takes a log-in of \
                the last hour. \
                `Idempotency-Key` is ignored.",
            )
            .without_replay()
            .no_store()
            .problems(&[Code::FreshLogInRequired, Code::ProviderFailed, Code::ProviderUnavailable]),
        post("/v1/me/sign-ons/redemptions", "redeem_sign_on_link", sign_ons::redeem_sign_on_link)
            .summary("Link a sign-on")
            .about(
                "\
                Lets the caller log in with the account at the provider from now on, whatever its address. If the \
                provider has verified the address of the caller's account, that is proved too.",
            )
            .no_store()
            .problems(&[
                Code::InvalidSignOn,
                Code::SignOnTaken,
                Code::ProviderFailed,
                Code::ProviderUnavailable,
            ]),
        delete("/v1/me/sign-ons/{id}", "delete_my_sign_on", sign_ons::delete_my_sign_on)
            .summary("Remove a sign-on")
            .about(
                "\
                The caller can no longer log in with it. The last way into an account stays: choose a password or link \
                another provider first.",
            )
            .no_store()
            .problems(&[Code::LastWayIn]),
    ]
}
