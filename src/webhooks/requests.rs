//! The requests of this process, which are counted until they end whatever becomes of their webhooks.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{
    model::Webhook,
    rules::{SoFar, UnderWay},
};
use crate::primitives::Instant;

/// What this process sends and has sent.
#[derive(Clone, Default)]
pub struct Requests(Arc<Mutex<SoFar>>);

/// A request that is under way until this is dropped.
pub struct Request {
    requests: Requests,
    one: UnderWay,
}

impl Requests {
    fn lock(&self) -> MutexGuard<'_, SoFar> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What it sends and has sent until now.
    pub fn so_far(&self) -> SoFar {
        self.lock().clone()
    }

    /// A webhook is sent something from now on.
    pub fn begin(&self, webhook: &Webhook, now: Instant) -> Request {
        let one = UnderWay::of(webhook);
        self.lock().begin(one, now);
        Request {
            requests: self.clone(),
            one,
        }
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.requests.lock().end(self.one);
    }
}
