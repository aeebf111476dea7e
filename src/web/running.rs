//! The requests of this process that are at work under an `Idempotency-Key`.

use std::{collections::HashSet, sync::Mutex};

/// Caller and key of each.
#[derive(Debug, Default)]
pub struct Running(Mutex<HashSet<(String, String)>>);

impl Running {
    /// `false` if there is one at work under this key already.
    pub(super) fn begin(&self, key: (String, String)) -> bool {
        self.0.lock().is_ok_and(|mut keys| keys.insert(key))
    }

    pub(super) fn end(&self, key: &(String, String)) {
        if let Ok(mut keys) = self.0.lock() {
            keys.remove(key);
        }
    }
}
