//! Threads for long computing, such as forming teams: a few, off those that answer requests. One search of a
//! cohort runs at once, each under a time limit and given up when nobody waits for it any more. A job's search
//! may take longer, and pauses for a while when somebody waits for an answer. Accounts and campuses take turns.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use prometheus::{Histogram, core::Collector};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::{
    error::{Code, Error, Result},
    metrics::histogram,
    primitives::Id,
    queue::Depth,
};

/// How long one search may take.
const TIME_LIMIT: Duration = Duration::from_secs(20);
/// How long a search may wait for a thread.
const WAIT_LIMIT: Duration = Duration::from_secs(20);
/// How long a job's search may take, not counting its pauses.
const JOB_TIME_LIMIT: Duration = Duration::from_secs(300);
/// How long a job's search pauses for others in all, so that somebody who asks again and again cannot keep
/// everybody's jobs from ending.
const PAUSE_LIMIT: Duration = Duration::from_secs(120);
/// How often a paused search checks whether it may go on.
const PAUSE_STEP: Duration = Duration::from_millis(20);

/// Runs searches on threads of their own.
pub struct SolverPool {
    running: Arc<Mutex<HashSet<Id>>>,
    threads: Arc<Semaphore>,
    /// One place per account and one per campus in the queue for a thread. Searches wait for both first, so that
    /// however many somebody asks for, at however many campuses, those of others come in between.
    queues: Mutex<HashMap<Id, Arc<Semaphore>>>,
    /// Jobs have threads of their own: a search that is slow to pause holds up nobody.
    job_threads: Semaphore,
    count: usize,
    /// How many callers wait for an answer.
    waiting: Arc<AtomicUsize>,
    /// How long a job's search pauses for them in all.
    pause_limit: Duration,
    seconds: Histogram,
}

/// Whose turn a search takes.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// Who asked for it.
    pub account: Id,
    /// Where it is.
    pub campus: Id,
    /// For which cohort.
    pub cohort: Id,
}

impl SolverPool {
    /// Half of the processor's cores search, the others go on answering.
    ///
    /// # Errors
    /// A sentence, if its measure cannot be set up.
    pub fn new() -> Result<Self, String> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let count = cores.div_ceil(2);
        let buckets = [0.01, 0.05, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0, 300.0];
        Ok(Self {
            seconds: histogram("solver_seconds", "Time that a search for teams took.", &buckets)?,
            running: Arc::default(),
            threads: Arc::new(Semaphore::new(count)),
            queues: Mutex::default(),
            job_threads: Semaphore::new(count),
            count,
            waiting: Arc::default(),
            pause_limit: PAUSE_LIMIT,
        })
    }

    /// What it counts.
    pub fn counted(&self) -> Vec<Box<dyn Collector>> {
        vec![Box::new(self.seconds.clone())]
    }

    /// Callers who wait for an answer, those whose search runs among them.
    pub fn depth(&self) -> Depth {
        Depth {
            waiting: self.waiting.load(Ordering::Relaxed),
            longest: Duration::ZERO,
            refused: 0,
        }
    }

    /// How many searches run at once.
    pub fn threads(&self) -> usize {
        self.count
    }

    /// Runs `work` for a caller who waits. It must ask now and then whether it may go on.
    ///
    /// # Errors
    /// `409` while another search of the cohort is under way, `503` if no thread becomes free.
    pub async fn run<T, F>(&self, turn: Turn, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn FnMut() -> bool) -> T + Send + 'static,
    {
        let running = RunningCohort::take(&self.running, turn.cohort)?;
        let waits = Waiting::begin(&self.waiting);
        let thread = tokio::time::timeout(WAIT_LIMIT, self.thread_for(turn)).await;
        let thread = thread.map_err(|_| Error::overloaded().retry_after(10))??;
        let seconds = self.seconds.clone();
        until_nobody_waits(move |is_wanted| {
            let _held = (running, thread, waits);
            let _measured = seconds.start_timer();
            let begun = Instant::now();
            work(&mut || is_wanted() && begun.elapsed() < TIME_LIMIT)
        })
        .await
    }

    /// A thread, when it is the turn of the account and of the campus.
    async fn thread_for(&self, turn: Turn) -> Result<OwnedSemaphorePermit> {
        let [of_account, of_campus] = {
            let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
            // A queue without anybody in it need not be kept.
            queues.retain(|_, queue| Arc::strong_count(queue) > 1);
            let mut queue = |id| queues.entry(id).or_insert_with(|| Arc::new(Semaphore::new(1))).clone();
            [queue(turn.account), queue(turn.campus)]
        };
        let _first = of_account.acquire().await.map_err(Error::internal)?;
        let _then = of_campus.acquire().await.map_err(Error::internal)?;
        self.threads.clone().acquire_owned().await.map_err(Error::internal)
    }

    /// Runs `work` for a job: with more time, but paused while a caller of [`SolverPool::run`] waits, until it has
    /// paused long enough.
    ///
    /// # Errors
    /// `500` if it panics.
    pub async fn run_job<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn FnMut() -> bool) -> T + Send + 'static,
    {
        // Held by who waits, not by the search: one that is cancelled makes room before it has noticed.
        let _thread = self.job_threads.acquire().await;
        let (waiting, pause_limit, seconds) = (self.waiting.clone(), self.pause_limit, self.seconds.clone());
        until_nobody_waits(move |is_wanted| {
            let _measured = seconds.start_timer();
            let (begun, mut paused) = (Instant::now(), Duration::ZERO);
            work(&mut || {
                while paused < pause_limit && waiting.load(Ordering::Relaxed) > 0 && is_wanted() {
                    std::thread::sleep(PAUSE_STEP);
                    paused += PAUSE_STEP;
                }
                is_wanted() && begun.elapsed().saturating_sub(paused) < JOB_TIME_LIMIT
            })
        })
        .await
    }
}

/// Runs `work` on a thread of its own, which does not hold up the end of the process. It is told when
/// the future that waits for it is dropped.
async fn until_nobody_waits<T: Send + 'static>(
    work: impl FnOnce(&dyn Fn() -> bool) -> T + Send + 'static,
) -> Result<T> {
    let (answer, answered) = oneshot::channel();
    // This future holds one end: when its caller goes away, it is dropped.
    let waits = Arc::new(());
    let caller = Arc::downgrade(&waits);
    let run = move || {
        // Nobody may wait any more.
        let _ = answer.send(work(&|| caller.strong_count() > 0));
    };
    let thread = std::thread::Builder::new().name("solver".into()).spawn(run);
    thread.map_err(Error::internal)?;
    let result = answered.await.map_err(|_| Error::internal("a search panicked"));
    drop(waits);
    result
}

/// Counts a caller among those who wait, until it is dropped.
struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    fn begin(waiting: &Arc<AtomicUsize>) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting.clone())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A cohort's place in the pool, free again when dropped.
struct RunningCohort {
    running: Arc<Mutex<HashSet<Id>>>,
    cohort: Id,
}

impl RunningCohort {
    fn take(running: &Arc<Mutex<HashSet<Id>>>, cohort: Id) -> Result<Self> {
        let free = running.lock().is_ok_and(|mut running| running.insert(cohort));
        if !free {
            let detail =
                "A search for this cohort is running right now. Wait for it to end, then send the request again.";
            return Err(Error::new(Code::Conflict, detail).retry_after(1));
        }
        Ok(Self {
            running: running.clone(),
            cohort,
        })
    }
}

impl Drop for RunningCohort {
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
    fn one_search_of_a_cohort_at_once_and_given_up_when_nobody_waits() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (pool, turn) = (Arc::new(SolverPool::new().unwrap()), somebodys_turn());
            let (began, begun) = tokio::sync::oneshot::channel();
            let other = pool.clone();
            let first = tokio::spawn(async move {
                let work = move |goes_on: &mut dyn FnMut() -> bool| {
                    began.send(()).unwrap();
                    while goes_on() {
                        std::thread::yield_now();
                    }
                };
                other.run(turn, work).await
            });
            begun.await.unwrap();
            assert_eq!(pool.run(turn, |_| ()).await.unwrap_err().code(), Code::Conflict);
            first.abort();
            while pool.run(turn, |_| ()).await.is_err() {
                tokio::task::yield_now().await;
            }
        });
    }

    fn somebodys_turn() -> Turn {
        Turn {
            account: Id::new(),
            campus: Id::new(),
            cohort: Id::new(),
        }
    }

    /// When the last of these turns comes, all waiting for a pool whose threads are busy.
    fn place_of_last(turns: &[Turn]) -> (usize, usize) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (pool, served) = (Arc::new(SolverPool::new().unwrap()), Arc::new(Mutex::new(Vec::new())));
            let all = pool.threads.clone();
            let busy = all.acquire_many(u32::try_from(pool.count).unwrap()).await.unwrap();
            let ask = |turn: Turn| {
                let (pool, served) = (pool.clone(), served.clone());
                tokio::spawn(async move {
                    let work = move |_: &mut dyn FnMut() -> bool| {
                        std::thread::sleep(Duration::from_millis(20));
                        served.lock().unwrap().push(turn.cohort);
                    };
                    pool.run(turn, work).await.unwrap();
                })
            };
            let mut asked = Vec::new();
            for turn in turns {
                asked.push(ask(*turn));
                tokio::task::yield_now().await;
            }
            drop(busy);
            for run in asked {
                run.await.unwrap();
            }
            let last = turns.last().unwrap().cohort;
            let running = served.lock().unwrap().iter().position(|cohort| *cohort == last);
            (running.unwrap(), pool.count)
        })
    }

    #[test]
    fn campuses_and_accounts_take_turns_however_many_of_one_wait() {
        let (same, other) = (somebodys_turn(), somebodys_turn());
        let of_campus = || Turn {
            campus: same.campus,
            ..somebodys_turn()
        };
        let of_account = || Turn {
            account: same.account,
            ..somebodys_turn()
        };
        let crowds = [
            [of_campus(), of_campus(), of_campus(), of_campus(), other],
            [of_account(), of_account(), of_account(), of_account(), other],
        ];
        for crowd in crowds {
            let (running, threads) = place_of_last(&crowd);
            assert!(running <= threads, "{running}");
        }
    }

    #[test]
    fn a_job_ends_though_somebody_always_waits() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let pool = SolverPool {
                pause_limit: 3 * PAUSE_STEP,
                ..SolverPool::new().unwrap()
            };
            let _waits = Waiting::begin(&pool.waiting);
            let asked_ten_times = |goes_on: &mut dyn FnMut() -> bool| (0..10).all(|_| goes_on());
            let job = tokio::time::timeout(Duration::from_secs(60), pool.run_job(asked_ten_times));
            assert!(job.await.unwrap().unwrap());
        });
    }

    #[test]
    fn nobody_waits_for_a_job_and_it_goes_on_afterwards() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let pool = Arc::new(SolverPool::new().unwrap());
            let stop = Arc::new(AtomicUsize::new(0));
            let job = || {
                let (pool, stop) = (pool.clone(), stop.clone());
                let work = move |goes_on: &mut dyn FnMut() -> bool| {
                    while stop.load(Ordering::Relaxed) == 0 && goes_on() {
                        std::thread::yield_now();
                    }
                    stop.load(Ordering::Relaxed)
                };
                tokio::spawn(async move { pool.run_job(work).await })
            };
            let jobs: Vec<_> = (0..pool.threads()).map(|_| job()).collect();
            while pool.job_threads.available_permits() > 0 {
                tokio::task::yield_now().await;
            }
            assert_eq!(pool.run(somebodys_turn(), |_| 7).await.unwrap(), 7);
            stop.store(1, Ordering::Relaxed);
            for job in jobs {
                assert_eq!(job.await.unwrap().unwrap(), 1);
            }
        });
    }
}
