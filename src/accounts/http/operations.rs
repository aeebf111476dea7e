//! The operations of this feature.

use super::{me, registration, sessions, sign_on_operations};
use crate::{
    error::Code,
    web::{Operation, Rate, Tag, Who, get, patch, post},
};

static TAG: Tag = Tag {
    name: "accounts",
    about: "Accounts and sessions.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let mut all = TAG.operations([
        post("/v1/people", "open_account", registration::open_account)
            .summary("Open an account")
            .about(
                "\
                Opens an account for the address, in which the person can then log in. Where registration is \
                closed, `invitation` must hold the code of an invitation to that address from a campus that an \
                administrator has approved; accepting the invitation is a separate step. An access token sent along is ignored.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::Credentials)
            .problems(&[Code::EmailTaken, Code::RegistrationClosed]),
        post("/v1/auth/login", "log_in", sessions::log_in)
            .summary("Log in")
            .about(
                "\
                Begins a session and answers with an access token, good for 15 minutes, and a refresh token. An \
                unknown address and a wrong password are answered alike. `Idempotency-Key` is ignored, because \
                tokens are not kept: a log-in that is sent twice makes two sessions.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::Credentials)
            .answers(&[200])
            .without_replay()
            .no_store()
            .problems(&[Code::InvalidCredentials]),
        post("/v1/auth/refresh", "refresh_session", sessions::refresh_session)
            .summary("Refresh a session")
            .about(
                "\
                Exchanges a refresh token for the next pair of tokens. If the answer is lost, or two tabs refresh \
                at once, the same token gives the same successor for 30 seconds, or for as long as the operator \
                has set. After that, or once the successor has been used, a token that comes again counts as \
                stolen and the whole session ends. `Idempotency-Key` is ignored.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::Refreshes)
            .answers(&[200])
            .without_replay()
            .no_store()
            .problems(&[Code::InvalidRefreshToken]),
        post("/v1/auth/logout", "log_out", sessions::log_out)
            .summary("Log out")
            .about(
                "\
                Ends the session of the access token at once. Its access tokens and its refresh token stop \
                working.",
            )
            .answers(&[204])
            .without_replay()
            .no_store(),
        get("/v1/me", "get_me", me::get_me)
            .summary("Show my account")
            .about(
                "\
                The caller's own account, with what they are at which campus or in which cohort.",
            )
            .no_store(),
        patch("/v1/me", "change_me", me::change_me)
            .summary("Change my account")
            .about(
                "\
                Changes the caller's name or GitHub user name. Others see both wherever the caller is named.",
            )
            .no_store(),
    ]);
    all.extend(TAG.operations(sign_on_operations::operations()));
    all
}
