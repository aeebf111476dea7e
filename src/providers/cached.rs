//! What a provider publishes, kept for a while.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::failure::Failure;

/// Something that is fetched when it is first asked for, and again when it is old.
pub struct Cached<T>(Mutex<Option<(Instant, Arc<T>)>>);

impl<T> Default for Cached<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Cached<T> {
    /// What is kept if it is not older than this, or else what `fetch` fetches. Several may fetch at once: one that hangs
    /// holds up nobody else.
    pub fn get(&self, age: Duration, fetch: impl FnOnce() -> Result<T, Failure>) -> Result<Arc<T>, Failure> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, kept)) = kept.filter(|(since, _)| since.elapsed() < age) {
            return Ok(kept);
        }
        let fetched = Arc::new(fetch()?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), fetched.clone()));
        Ok(fetched)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fresh_is_not_fetched_and_a_failure_is_not_kept() {
        let (cached, day) = (Cached::default(), Duration::from_secs(86_400));
        assert!(cached.get(day, || Err(Failure::Refused)).is_err());
        assert_eq!(*cached.get(day, || Ok(1)).unwrap(), 1);
        assert_eq!(*cached.get(day, || Ok(2)).unwrap(), 1);
        assert_eq!(*cached.get(Duration::ZERO, || Ok(3)).unwrap(), 3);
    }
}
