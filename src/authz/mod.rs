//! Who may do what. An [`Actor`] is who asks, a [`Standing`] what they are at some place, [`permits`]
//! decides. The proofs stand with the features, each in its `proofs`: making one loads the campus or
//! cohort together with what the actor is there, and the queries that write demand one.

mod actor;
mod administrator;
mod api_token;
mod held;
mod on_staff;
mod second_factor;
mod signed_token;
mod standing;

pub use actor::{Actor, Identity, LiveApiToken, LiveSession, SignedIn, Sought};
pub use administrator::{Administrator, shows_both_factors};
pub use api_token::{API_TOKEN_PREFIX, ApiToken, Scope, Scopes};
pub use held::{Standings, held};
pub use on_staff::{CampusTerms, OnStaff, campus_must_be_open};
pub use second_factor::{RequireSecondFactor, has_second_factor, second_factor_required};
pub use signed_token::{LEEWAY, SignedToken};
pub use standing::{Action, StaffRole, Standing, permits};

use crate::error::{Code, Error};

/// What somebody may not even see does not exist: turns a `403` into `404`.
pub fn hide(error: Error) -> Error {
    match error.code() {
        Code::Forbidden => Error::not_found(),
        _ => error,
    }
}
