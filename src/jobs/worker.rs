//! The worker of a process: takes jobs whose turn it is and has them done.

use std::{sync::Arc, time::Duration};

use tokio::sync::Semaphore;

use super::{
    execution::{Execution, fail},
    kinds::JobKinds,
    model::Job,
    rules,
    store::{self, Lease},
};
use crate::{
    authz::RequireSecondFactor,
    db::{Conn, Db},
    error::{Code, Error, Result},
    notifier::Notifier,
    primitives::Instant,
    solver_pool::SolverPool,
};

/// How often a worker looks for jobs that other processes were asked for, or left behind.
const POLL: Duration = Duration::from_secs(1);

/// What a worker needs.
pub struct Worker {
    /// Where the jobs are.
    pub db: Db,
    /// Of whom a second factor is required.
    pub required: RequireSecondFactor,
    /// Where they run.
    pub pool: Arc<SolverPool>,
    /// What wakes it.
    pub notifier: Arc<Notifier>,
    /// The kinds it can do.
    pub kinds: JobKinds,
}

impl Worker {
    /// Takes and does jobs, as long as the server runs.
    pub async fn work(self) {
        let worker = Arc::new(self);
        let places = Arc::new(Semaphore::new(worker.pool.threads()));
        loop {
            let Ok(place) = places.clone().acquire_owned().await else {
                return;
            };
            let Some((job, lease)) = take(&worker.db).await else {
                drop(place);
                worker.notifier.wait(POLL).await;
                continue;
            };
            let worker = worker.clone();
            actix_web::rt::spawn(async move {
                worker.run(job, lease).await;
                drop(place);
                // The next job of this campus need not wait until somebody looks.
                worker.notifier.notify();
            });
        }
    }

    async fn run(&self, job: Job, lease: Lease) {
        let (id, attempts, kind) = (job.id, job.attempts, self.kinds.find(&job.kind));
        let execution = Execution {
            db: self.db.clone(),
            required: self.required,
            pool: self.pool.clone(),
            job: Arc::new(job),
            lease,
        };
        let ended = match kind {
            _ if attempts >= rules::TRIES => Err(Error::internal("no process that took this job lived to finish it")),
            Some(kind) => (kind.execute)(execution.clone()).await,
            None => Err(Error::internal("there is no such kind of job")),
        };
        match ended {
            Ok(()) => {}
            // The database, not the job, has failed: when the lease has run out it is tried again.
            Err(error) if error.code() == Code::Unavailable => {
                tracing::warn!(job = %id, %error, "the job is left for another try");
            }
            Err(error) => fail(execution, &error).await,
        }
    }
}

async fn take(db: &Db) -> Option<(Job, Lease)> {
    let found = match db.read(|conn| next(conn, Instant::now())).await {
        // Most of the time there is nothing to do, and nothing is written.
        Ok(None) => return None,
        Ok(Some(_)) => db.write(|conn| claim(conn, Instant::now())).await,
        Err(error) => Err(error),
    };
    found.unwrap_or_else(|error| {
        tracing::warn!(%error, "the queue of jobs cannot be read");
        None
    })
}

/// The job whose turn it is: one whose lease has run out, or else one that waits.
fn next(conn: &mut Conn, now: Instant) -> Result<Option<Job>> {
    if let Some(abandoned) = store::abandoned(conn, now)? {
        return Ok(Some(abandoned));
    }
    let turn = rules::whose_turn(&store::queue(conn)?);
    turn.map(|id| store::job(conn, id)).transpose()
}

fn claim(conn: &mut Conn, now: Instant) -> Result<Option<(Job, Lease)>> {
    let Some(job) = next(conn, now)? else {
        return Ok(None);
    };
    let lease = store::claim(conn, &job, now, now.plus(rules::LEASE))?;
    Ok(lease.map(|lease| (job, lease)))
}

/// Removes jobs that came to their end so long ago that nobody asks any more. Returns how many.
pub fn forget_finished(conn: &mut Conn, now: Instant) -> Result<usize> {
    store::delete_finished(conn, now.plus(-rules::KEPT))
}
