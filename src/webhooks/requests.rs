//! The requests of this process, which are counted until they end whatever becomes of their webhooks.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    model::{Due, Webhook},
    rules::{Share, Tries, UnderWay},
};
use crate::primitives::{Id, Instant};

#[derive(Default)]
struct Inner {
    /// By the delivery that is sent.
    under_way: BTreeMap<Id, UnderWay>,
    tried: Tries,
}

/// What this process sends and has sent.
#[derive(Clone, Default)]
pub struct Requests(Arc<Mutex<Inner>>);

/// A request that is under way until this is dropped.
pub struct Request {
    requests: Requests,
    delivery: Id,
}

impl Requests {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is under way by all processes, and by this one also for webhooks that were deleted meanwhile. `claimed` are the
    /// deliveries that are stored as being sent.
    pub fn under_way(&self, claimed: &[(Id, Webhook)]) -> Vec<UnderWay> {
        let stored: BTreeSet<Id> = claimed.iter().map(|(delivery, _)| *delivery).collect();
        let mut all: Vec<UnderWay> = claimed.iter().map(|(_, webhook)| UnderWay::of(webhook)).collect();
        let inner = self.lock();
        let own = inner.under_way.iter();
        all.extend(
            own.filter(|(delivery, _)| !stored.contains(delivery))
                .map(|(_, one)| *one),
        );
        all
    }

    /// When the webhooks of each campus were last sent something.
    pub fn tried(&self) -> Tries {
        self.lock().tried.clone()
    }

    /// A delivery is sent from now on.
    pub fn begin(&self, due: &Due, now: Instant) -> Request {
        let mut inner = self.lock();
        inner.under_way.insert(due.delivery.id, UnderWay::of(&due.webhook));
        inner.tried.insert(Share::of(&due.webhook), now);
        Request {
            requests: self.clone(),
            delivery: due.delivery.id,
        }
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.requests.lock().under_way.remove(&self.delivery);
    }
}
