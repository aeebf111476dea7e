//! Tells the worker of this process that a job waits.

use std::time::Duration;

use tokio::sync::Notify;

/// Wakes this process's worker, so that a job asked for here need not wait until it looks.
#[derive(Debug, Default)]
pub struct JobNotifier(Notify);

impl JobNotifier {
    /// A job is waiting.
    pub fn notify(&self) {
        self.0.notify_one();
    }

    /// Until the next notification, or so long: other processes fill the queue too.
    pub(super) async fn wait(&self, at_most: Duration) {
        // Running out of time is no failure.
        let _ = tokio::time::timeout(at_most, self.0.notified()).await;
    }
}
