//! Where teams are formed: on a few threads off those that answer, one run of a cohort at once, each
//! under a time limit and given up when nobody waits for it any more.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use tokio::sync::Semaphore;

use crate::{
    error::{Code, Error, Result},
    primitives::Id,
};

/// How long one run may take.
const LIMIT: Duration = Duration::from_secs(20);
/// How long a run may wait for a thread.
const PATIENCE: Duration = Duration::from_secs(20);

/// Keeps runs of the team former apart.
pub struct Desk {
    running: Arc<Mutex<HashSet<Id>>>,
    threads: Arc<Semaphore>,
}

impl Default for Desk {
    /// Half of the processor's cores form teams, the others go on answering.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            running: Arc::default(),
            threads: Arc::new(Semaphore::new(cores.div_ceil(2))),
        }
    }
}

impl Desk {
    /// Runs `work` for a cohort. It is handed a question to ask now and then: whether it may go on.
    ///
    /// # Errors
    /// `409` while another run of the cohort is under way, `503` if no thread becomes free.
    pub async fn run<T, F>(&self, cohort: Id, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Fn() -> bool) -> T + Send + 'static,
    {
        let place = Place::take(&self.running, cohort)?;
        let thread = tokio::time::timeout(PATIENCE, self.threads.clone().acquire_owned()).await;
        let thread = thread.map_err(|_| Error::unavailable("all threads that form teams are busy", 10))?;
        // The caller's future holds one end: when the caller goes away, it is dropped.
        let waits = Arc::new(());
        let caller = Arc::downgrade(&waits);
        let run = tokio::task::spawn_blocking(move || {
            let _held = (place, thread);
            let begun = Instant::now();
            work(&|| caller.strong_count() > 0 && begun.elapsed() < LIMIT)
        });
        let result = run.await.map_err(Error::internal);
        drop(waits);
        result
    }
}

/// A cohort's place at the desk, free again when dropped.
struct Place {
    running: Arc<Mutex<HashSet<Id>>>,
    cohort: Id,
}

impl Place {
    fn take(running: &Arc<Mutex<HashSet<Id>>>, cohort: Id) -> Result<Self> {
        let free = running.lock().is_ok_and(|mut running| running.insert(cohort));
        if !free {
            let detail = "Teams of this cohort are being formed right now. Wait for that plan, or ask again.";
            return Err(Error::new(Code::Conflict, detail).retry_after(1));
        }
        Ok(Self {
            running: running.clone(),
            cohort,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Ok(mut running) = self.running.lock() {
            running.remove(&self.cohort);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_run_of_a_cohort_at_once_and_given_up_when_nobody_waits() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (desk, cohort) = (Arc::new(Desk::default()), Id::new());
            let (began, begun) = tokio::sync::oneshot::channel();
            let other = desk.clone();
            let first = tokio::spawn(async move {
                let work = move |goes_on: &dyn Fn() -> bool| {
                    began.send(()).unwrap();
                    while goes_on() {
                        std::thread::yield_now();
                    }
                };
                other.run(cohort, work).await
            });
            begun.await.unwrap();
            assert_eq!(desk.run(cohort, |_| ()).await.unwrap_err().code(), Code::Conflict);
            first.abort();
            while desk.run(cohort, |_| ()).await.is_err() {
                tokio::task::yield_now().await;
            }
        });
    }
}
