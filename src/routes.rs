//! The table of operations: each declared once. Routing, the OpenAPI document, the authorisation
//! matrix, rate limits and metric labels all follow from it.

use std::sync::Arc;

use crate::{
    accounts::http as accounts,
    error::Code,
    web::{Operation, Rate, get, patch, post},
};

/// Every operation of the API.
pub fn operations() -> Vec<Arc<Operation>> {
    let features = [people()];
    features.into_iter().flatten().map(Arc::new).collect()
}

fn people() -> Vec<Operation> {
    vec![
        post("/v1/people", "open_account", accounts::register)
            .summary("Open an account")
            .public()
            .rate(Rate::Credentials)
            .problems(&[Code::EmailTaken, Code::RegistrationClosed]),
        post("/v1/auth/login", "log_in", accounts::log_in)
            .summary("Begin a session")
            .public()
            .rate(Rate::Credentials)
            .answers(&[200])
            .not_kept()
            .problems(&[Code::InvalidCredentials]),
        post("/v1/auth/refresh", "refresh_session", accounts::refresh)
            .summary("Exchange a refresh token for the next pair of tokens")
            .public()
            .rate(Rate::Credentials)
            .answers(&[200])
            .not_kept()
            .problems(&[Code::InvalidRefreshToken]),
        post("/v1/auth/logout", "log_out", accounts::log_out)
            .summary("End the session at once")
            .answers(&[204])
            .not_kept(),
        get("/v1/me", "get_me", accounts::me).summary("The caller and their roles"),
        patch("/v1/me", "change_me", accounts::change_me).summary("Change one's own account"),
    ]
}
