//! What an access token says.

use crate::primitives::{Id, Instant};

/// How far the clocks of two servers may be apart, in seconds.
pub const LEEWAY: i64 = 5;

/// What an access token with a good signature says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignedToken {
    /// Who holds it.
    pub person: Id,
    /// The session it belongs to.
    pub session: Id,
    /// From when it is good, in seconds since 1970.
    pub begins: i64,
    /// Until when.
    pub ends: i64,
}

impl SignedToken {
    /// Whether it is good now, as far as the clocks of servers agree.
    pub fn is_timely(&self, now: Instant) -> bool {
        let seconds = now.unix_seconds();
        self.begins <= seconds + LEEWAY && seconds - LEEWAY < self.ends
    }
}
