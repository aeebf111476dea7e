//! Answers kept as bytes, as long as they cannot have changed.

use std::sync::Arc;

use prometheus::{IntCounter, core::Collector};
use quick_cache::{Weighter, sync::Cache};

use super::raw::Raw;
use crate::{
    db::{Changes, Moment},
    metrics::counter,
    primitives::{Id, Instant},
};

/// What all kept answers take up at most, in bytes.
const CAPACITY: u64 = 16 << 20;
/// Midnight, in every time zone, is at the end of one of these.
const QUARTER_HOUR: i64 = 15 * 60;

/// What callers were answered, by who asked for what.
pub struct KeptAnswers {
    cache: Cache<String, Arc<Kept>, ByBytes>,
    given: IntCounter,
    made: IntCounter,
}

struct Kept {
    raw: Arc<Raw>,
    /// When its read began.
    since: Moment,
    quarter_hour: i64,
    rests_on: Vec<Id>,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<String, Arc<Kept>> for ByBytes {
    fn weight(&self, asked: &String, kept: &Arc<Kept>) -> u64 {
        let bytes = asked.len() + kept.raw.body.len() + size_of::<Kept>() + 128;
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

impl KeptAnswers {
    /// None yet.
    ///
    /// # Errors
    /// A sentence, if a name of the metrics is wrong.
    pub fn new() -> Result<Self, String> {
        Ok(Self {
            cache: Cache::with_weighter(8192, CAPACITY, ByBytes),
            given: counter("kept_answers_given_total", "Answers given from memory.")?,
            made: counter("kept_answers_made_total", "Answers read from the database and kept.")?,
        })
    }

    /// What it counts.
    pub fn counted(&self) -> Vec<Box<dyn Collector>> {
        vec![Box::new(self.given.clone()), Box::new(self.made.clone())]
    }

    /// The answer, if it is still what a read would give.
    pub(super) fn get(&self, changes: &Changes, question: &str, now: Instant) -> Option<Arc<Raw>> {
        let kept = self.cache.get(question)?;
        let holds = kept.quarter_hour == quarter_hour(now) && changes.unchanged(kept.since, &kept.rests_on);
        holds.then(|| {
            self.given.inc();
            kept.raw.clone()
        })
    }

    /// Keeps an answer whose read began at `since`.
    pub(super) fn keep(
        &self,
        question: String,
        raw: Raw,
        (since, now): (Moment, Instant),
        rests_on: Vec<Id>,
    ) -> Arc<Raw> {
        let raw = Arc::new(raw);
        let kept = Kept {
            raw: raw.clone(),
            since,
            quarter_hour: quarter_hour(now),
            rests_on,
        };
        self.made.inc();
        self.cache.insert(question, Arc::new(kept));
        raw
    }
}

fn quarter_hour(now: Instant) -> i64 {
    now.unix_seconds().div_euclid(QUARTER_HOUR)
}
