//! Where teams are formed: on a few threads off those that answer, one run of a cohort at once, each
//! under a time limit and given up when nobody waits for it any more. A job's run has longer, and
//! stands still for a while when the teams of somebody who waits are formed. Campuses take turns.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::{
    error::{Code, Error, Result},
    primitives::Id,
};

/// How long one run may take.
const LIMIT: Duration = Duration::from_secs(20);
/// How long a run may wait for a thread.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a job's run may take, not counting while it stands still.
const JOB_LIMIT: Duration = Duration::from_secs(300);
/// How long a job's run stands still for others in all: whoever asks for teams again and again must not keep the jobs
/// of everybody from ever ending.
const DEFERENCE: Duration = Duration::from_secs(120);
/// How often a run that stands still looks whether it may go on.
const PAUSE: Duration = Duration::from_millis(20);

/// Keeps runs of the team former apart.
pub struct Desk {
    running: Arc<Mutex<HashSet<Id>>>,
    threads: Arc<Semaphore>,
    /// One place for each campus in the line for a thread: its runs wait for that place first, so that
    /// however many they are, those of others come in between.
    fronts: Mutex<HashMap<Id, Arc<Semaphore>>>,
    /// Threads of jobs are others: a search that is slow to stand still holds up nobody.
    job_threads: Semaphore,
    count: usize,
    /// How many callers wait for their teams.
    waiting: Arc<AtomicUsize>,
    /// How long a job's run stands still for them.
    deference: Duration,
}

impl Default for Desk {
    /// Half of the processor's cores form teams, the others go on answering.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let count = cores.div_ceil(2);
        Self {
            running: Arc::default(),
            threads: Arc::new(Semaphore::new(count)),
            fronts: Mutex::default(),
            job_threads: Semaphore::new(count),
            count,
            waiting: Arc::default(),
            deference: DEFERENCE,
        }
    }
}

impl Desk {
    /// On how many threads teams are formed.
    pub fn threads(&self) -> usize {
        self.count
    }

    /// Runs `work` for a cohort of a campus. It is handed a question to ask now and then: whether it may go on.
    ///
    /// # Errors
    /// `409` while another run of the cohort is under way, `503` if no thread becomes free.
    pub async fn run<T, F>(&self, campus: Id, cohort: Id, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn FnMut() -> bool) -> T + Send + 'static,
    {
        let place = Place::take(&self.running, cohort)?;
        let waits = Waits::begin(&self.waiting);
        let thread = tokio::time::timeout(PATIENCE, self.turn_of(campus)).await;
        let thread = thread.map_err(|_| Error::unavailable("all threads that form teams are busy", 10))??;
        until_nobody_waits(move |is_wanted| {
            let _held = (place, thread, waits);
            let begun = Instant::now();
            work(&mut || is_wanted() && begun.elapsed() < LIMIT)
        })
        .await
    }

    /// A thread, when it is the campus's turn.
    async fn turn_of(&self, campus: Id) -> Result<OwnedSemaphorePermit> {
        let front = {
            let mut fronts = self.fronts.lock().unwrap_or_else(PoisonError::into_inner);
            // Places where nobody is need not be remembered.
            fronts.retain(|_, front| Arc::strong_count(front) > 1);
            fronts
                .entry(campus)
                .or_insert_with(|| Arc::new(Semaphore::new(1)))
                .clone()
        };
        let _at_the_front = front.acquire().await.map_err(Error::internal)?;
        self.threads.clone().acquire_owned().await.map_err(Error::internal)
    }

    /// Runs `work` for a job: for longer, but not while a caller of [`Desk::run`] waits, unless it has stood still for
    /// such long enough.
    ///
    /// # Errors
    /// `500` if it panics.
    pub async fn run_aside<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn FnMut() -> bool) -> T + Send + 'static,
    {
        // Held by who waits, not by the search: one that is cancelled makes room before it has noticed.
        let _thread = self.job_threads.acquire().await;
        let (waiting, deference) = (self.waiting.clone(), self.deference);
        until_nobody_waits(move |is_wanted| {
            let (begun, mut stood) = (Instant::now(), Duration::ZERO);
            work(&mut || {
                while stood < deference && waiting.load(Ordering::Relaxed) > 0 && is_wanted() {
                    std::thread::sleep(PAUSE);
                    stood += PAUSE;
                }
                is_wanted() && begun.elapsed().saturating_sub(stood) < JOB_LIMIT
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
    let thread = std::thread::Builder::new().name("forming".into()).spawn(run);
    thread.map_err(Error::internal)?;
    let result = answered.await.map_err(|_| Error::internal("the team former panicked"));
    drop(waits);
    result
}

/// Counts a caller among those who wait for their teams, also if it goes away meanwhile.
struct Waits(Arc<AtomicUsize>);

impl Waits {
    fn begin(waiting: &Arc<AtomicUsize>) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting.clone())
    }
}

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
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
            let detail = "Teams of this cohort are being formed right now. Wait until that is done, then send the request again.";
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
            let (desk, campus, cohort) = (Arc::new(Desk::default()), Id::new(), Id::new());
            let (began, begun) = tokio::sync::oneshot::channel();
            let other = desk.clone();
            let first = tokio::spawn(async move {
                let work = move |goes_on: &mut dyn FnMut() -> bool| {
                    began.send(()).unwrap();
                    while goes_on() {
                        std::thread::yield_now();
                    }
                };
                other.run(campus, cohort, work).await
            });
            begun.await.unwrap();
            assert_eq!(
                desk.run(campus, cohort, |_| ()).await.unwrap_err().code(),
                Code::Conflict
            );
            first.abort();
            while desk.run(campus, cohort, |_| ()).await.is_err() {
                tokio::task::yield_now().await;
            }
        });
    }

    #[test]
    fn campuses_take_turns_however_many_of_one_wait() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (desk, served) = (Arc::new(Desk::default()), Arc::new(Mutex::new(Vec::new())));
            let all = desk.threads.clone();
            let busy = all.acquire_many(u32::try_from(desk.count).unwrap()).await.unwrap();
            let (many, few) = (Id::new(), Id::new());
            let ask = |campus: Id| {
                let (desk, served) = (desk.clone(), served.clone());
                tokio::spawn(async move {
                    let work = move |_: &mut dyn FnMut() -> bool| {
                        std::thread::sleep(Duration::from_millis(20));
                        served.lock().unwrap().push(campus);
                    };
                    desk.run(campus, Id::new(), work).await.unwrap();
                })
            };
            let mut asked = Vec::new();
            for campus in [many, many, many, many, few] {
                asked.push(ask(campus));
                tokio::task::yield_now().await;
            }
            drop(busy);
            for run in asked {
                run.await.unwrap();
            }
            let place = served.lock().unwrap().iter().position(|campus| *campus == few).unwrap();
            assert!(place <= desk.count, "{place}");
        });
    }

    #[test]
    fn a_job_ends_though_somebody_always_waits() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let desk = Desk {
                deference: 3 * PAUSE,
                ..Desk::default()
            };
            let _waits = Waits::begin(&desk.waiting);
            let asked_ten_times = |goes_on: &mut dyn FnMut() -> bool| (0..10).all(|_| goes_on());
            let job = tokio::time::timeout(Duration::from_secs(60), desk.run_aside(asked_ten_times));
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
            let desk = Arc::new(Desk::default());
            let stop = Arc::new(AtomicUsize::new(0));
            let job = || {
                let (desk, stop) = (desk.clone(), stop.clone());
                let work = move |goes_on: &mut dyn FnMut() -> bool| {
                    while stop.load(Ordering::Relaxed) == 0 && goes_on() {
                        std::thread::yield_now();
                    }
                    stop.load(Ordering::Relaxed)
                };
                tokio::spawn(async move { desk.run_aside(work).await })
            };
            let jobs: Vec<_> = (0..desk.threads()).map(|_| job()).collect();
            while desk.job_threads.available_permits() > 0 {
                tokio::task::yield_now().await;
            }
            assert_eq!(desk.run(Id::new(), Id::new(), |_| 7).await.unwrap(), 7);
            stop.store(1, Ordering::Relaxed);
            for job in jobs {
                assert_eq!(job.await.unwrap().unwrap(), 1);
            }
        });
    }
}
