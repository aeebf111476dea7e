//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Rate, Tag, Who, get, patch, post},
};

static TAG: Tag = Tag {
    name: "accounts",
    about: "Accounts, sessions and what somebody is to whom.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        post("/v1/people", "open_account", super::register)
            .summary("Open an account")
            .who(Who::ByBody)
            .rate(Rate::Credentials)
            .problems(&[Code::EmailTaken, Code::RegistrationClosed]),
        post("/v1/auth/login", "log_in", super::log_in)
            .summary("Begin a session")
            .who(Who::ByBody)
            .rate(Rate::Credentials)
            .answers(&[200])
            .not_kept()
            .no_store()
            .problems(&[Code::InvalidCredentials]),
        post("/v1/auth/refresh", "refresh_session", super::refresh)
            .summary("Exchange a refresh token for the next pair of tokens")
            .who(Who::ByBody)
            .rate(Rate::Credentials)
            .answers(&[200])
            .not_kept()
            .no_store()
            .problems(&[Code::InvalidRefreshToken]),
        post("/v1/auth/logout", "log_out", super::log_out)
            .summary("End the session at once")
            .answers(&[204])
            .not_kept()
            .no_store(),
        get("/v1/me", "get_me", super::me)
            .summary("The caller and their roles")
            .no_store(),
        patch("/v1/me", "change_me", super::change_me)
            .summary("Change one's own account")
            .no_store(),
    ])
}
