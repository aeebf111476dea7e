//! Second factors.

use diesel::prelude::*;

use crate::{
    db::schema::second_factors,
    primitives::{Id, Instant},
};

/// The secret that somebody's authenticator app has (RFC 6238).
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = second_factors)]
pub struct SecondFactor {
    pub person_id: Id,
    /// Encrypted; see `Vault`.
    pub secret: String,
    pub created_at: Instant,
    /// When a code showed that the app has the secret; before, nothing asks for codes.
    pub confirmed_at: Option<Instant>,
    /// The time step of the last code that was taken.
    pub last_step: i64,
    /// Wrong codes since the last right one.
    pub wrong_codes: i32,
    /// When the last of them came.
    pub wrong_at: Option<Instant>,
}
