//! Wakes a task of this process when there is something to do.

use std::time::Duration;

use tokio::sync::Notify;

/// Wakes a task that otherwise looks for work now and then.
#[derive(Debug, Default)]
pub struct Notifier(Notify);

impl Notifier {
    /// There may be something to do.
    pub fn notify(&self) {
        self.0.notify_one();
    }

    /// Until the next notification, or so long: other processes make work too.
    pub async fn wait(&self, at_most: Duration) {
        // Running out of time is no failure.
        let _ = tokio::time::timeout(at_most, self.0.notified()).await;
    }
}
