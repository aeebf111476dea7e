//! Sessions.

use diesel::prelude::*;

use crate::{
    db::schema::sessions,
    primitives::{Id, Instant},
};

/// A session: from a log-in until it ends.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    /// Names it; the `sid` of its access tokens.
    pub id: Id,
    pub person_id: Id,
    pub created_at: Instant,
    /// When it was last refreshed.
    pub last_used_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    pub ended_at: Option<Instant>,
}
