//! The requests of this process: when each campus had its turn, also for webhooks that are gone.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{
    model::Webhook,
    rules::{Share, Tries},
};
use crate::primitives::Instant;

/// What this process has sent.
#[derive(Default)]
pub struct Requests {
    tried: Mutex<Tries>,
}

impl Requests {
    fn lock(&self) -> MutexGuard<'_, Tries> {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When the webhooks of each campus were last sent something.
    pub fn tried(&self) -> Tries {
        self.lock().clone()
    }

    /// A webhook is sent something.
    pub fn begin(&self, webhook: &Webhook, now: Instant) {
        self.lock().insert(Share::of(webhook), now);
    }
}
