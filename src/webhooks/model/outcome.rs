//! How a try to deliver went, and what follows.

use chrono::TimeDelta;

use super::DisabledBecause;
use crate::primitives::Instant;

/// How a try went.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The HTTP status of the answer, if there was one.
    pub status: Option<i32>,
    /// Why it failed, if it did.
    pub error: Option<String>,
    /// How long the receiver asked us to wait.
    pub retry_after: Option<TimeDelta>,
}

/// How long a webhook is left in peace.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pause {
    /// How often nothing was taken in a row by now.
    pub failures: i32,
    /// Until when nothing more is sent, if it counts as down.
    pub until: Option<Instant>,
}

/// What follows from how a try went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// It is taken.
    Delivered,
    /// It is tried again then.
    Retry(Instant),
    /// It is given up.
    GivenUp,
    /// It is given up, and so is the webhook.
    Disabled(DisabledBecause),
}
