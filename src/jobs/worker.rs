//! The worker of a process: takes jobs whose turn it is and brings them to their end.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::future::{Either, select};
use tokio::sync::Semaphore;

use super::{
    model::{Job, JobKind, JobResult, Progress},
    rules,
    store::{self, End, Lease},
};
use crate::{
    audit,
    authz::{Actor, CampusStaff},
    db::{Conn, Db},
    error::{Code, Error, Result},
    primitives::Instant,
    state::State,
    teams,
};

/// How often a worker looks for jobs that other processes were asked for, or left behind.
const LOOK: Duration = Duration::from_secs(1);
/// How often it gives a sign of life, which is also how often progress can be read.
const BEAT: Duration = Duration::from_secs(1);

/// What a kind of job does, in three steps of which only the second takes long. Every step may be
/// done again from the beginning, in another process.
pub trait Task: 'static {
    /// What the work needs.
    type Asked: Clone + Send + Sync + 'static;
    /// What the work comes to.
    type Done: Clone + Send + Sync + 'static;

    /// Looks at things as they are when the job begins.
    ///
    /// # Errors
    /// What the job then fails with.
    fn look(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<Self::Asked>;

    /// Does the work, without a database. After `watch` has said no, the best so far is taken.
    ///
    /// # Errors
    /// What the job then fails with.
    fn work(asked: &Self::Asked, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Self::Done>;

    /// Keeps what it came to, if it still fits things as they are now.
    ///
    /// # Errors
    /// What the job then fails with.
    fn keep(conn: &mut Conn, actor: &Actor, asked: &Self::Asked, done: &Self::Done, now: Instant) -> Result<JobResult>;
}

/// Takes and does jobs, as long as the server runs.
pub async fn work(state: Arc<State>) {
    let places = Arc::new(Semaphore::new(state.forming.threads()));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else {
            return;
        };
        let Some(taken) = take(&state.db).await else {
            drop(place);
            state.jobs.wait(LOOK).await;
            continue;
        };
        let state = state.clone();
        actix_web::rt::spawn(async move {
            run(&state, taken).await;
            drop(place);
            // The next of this campus need not wait until somebody looks.
            state.jobs.ring();
        });
    }
}

/// A job that this process runs.
#[derive(Clone)]
struct Taken {
    job: Arc<Job>,
    lease: Lease,
}

async fn take(db: &Db) -> Option<Taken> {
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
    let turn = rules::whose_turn(&store::line(conn)?);
    turn.map(|id| store::job(conn, id)).transpose()
}

fn claim(conn: &mut Conn, now: Instant) -> Result<Option<Taken>> {
    let Some(job) = next(conn, now)? else {
        return Ok(None);
    };
    let lease = store::claim(conn, &job, now, now.plus(rules::LEASE))?;
    Ok(lease.map(|lease| Taken {
        job: Arc::new(job),
        lease,
    }))
}

async fn run(state: &Arc<State>, taken: Taken) {
    let job = taken.job.clone();
    let ended = match job.kind {
        _ if job.attempts >= rules::TRIES => Err(Error::internal("no process that took this job lived to finish it")),
        JobKind::TeamPlan => perform::<teams::FormPlan>(state, &taken).await,
        JobKind::Rerun => perform::<teams::FormAgain>(state, &taken).await,
        JobKind::TradeOff => perform::<teams::FindTradeOff>(state, &taken).await,
    };
    match ended {
        Ok(()) => {}
        // The database, not the job, has failed: when the lease has run out it is tried again.
        Err(error) if error.code() == Code::Unavailable => {
            tracing::warn!(job = %job.id, %error, "the job is left for another try");
        }
        Err(error) => fail(&state.db, &taken, &error).await,
    }
}

async fn perform<T: Task>(state: &Arc<State>, taken: &Taken) -> Result<()> {
    let job = taken.job.clone();
    let asked = state
        .db
        .read(move |conn| {
            let actor = on_behalf(conn, &job)?;
            T::look(conn, &actor, &job)
        })
        .await?;
    let (pulse, for_work) = (Arc::new(Pulse::default()), asked.clone());
    let beating = std::pin::pin!(beat(&state.db, taken.lease, pulse.clone()));
    let working = std::pin::pin!(state.forming.run_aside(move |goes_on| {
        T::work(&for_work, &mut |progress| {
            pulse.note(progress);
            goes_on()
        })
    }));
    match select(working, beating).await {
        Either::Left((done, _)) => keep::<T>(&state.db, taken, asked, done??).await,
        // Cancelled, or somebody else's: dropping the work makes it end.
        Either::Right(_) => Ok(()),
    }
}

/// Keeps the result and marks the job as done, both or neither.
async fn keep<T: Task>(db: &Db, taken: &Taken, asked: T::Asked, done: T::Done) -> Result<()> {
    let Taken { job, lease } = taken.clone();
    db.write(move |conn| {
        let now = Instant::now();
        let actor = on_behalf(conn, &job)?;
        let result = T::keep(conn, &actor, &asked, &done, now)?;
        let result = serde_json::to_string(&result).map_err(Error::internal)?;
        if !store::finish(conn, &lease, &End::Succeeded(result), now)? {
            // Undoes what was kept: the job was cancelled in this very moment.
            return Err(Error::new(Code::Conflict, "The job is no longer this process's."));
        }
        let target = format!("/v1/jobs/{}", job.id);
        audit::note(conn, &actor, ("finish_job", &target, ""), &job.request_id, now)
    })
    .await
}

/// Ends the job with the problem that whoever had waited would have been answered.
async fn fail(db: &Db, taken: &Taken, error: &Error) {
    let Taken { job, lease } = taken.clone();
    if error.code().status() >= 500 {
        tracing::error!(job = %job.id, cause = error.cause(), request_id = job.request_id, "a job failed");
    }
    let problem = error.problem(&job.target, &job.request_id).to_string();
    let end = End::Failed(problem);
    let marked = db
        .write(move |conn| store::finish(conn, &lease, &end, Instant::now()))
        .await;
    if let Err(error) = marked {
        tracing::warn!(job = %job.id, %error, "the job cannot be marked as failed");
    }
}

/// Who asked, with what they are now.
fn on_behalf(conn: &mut Conn, job: &Job) -> Result<Actor> {
    let gone = || {
        let detail = "Whoever asked for this is no longer on the staff of the campus. Somebody on the staff can ask for it again.";
        Error::new(Code::Forbidden, detail)
    };
    let person = job.created_by.ok_or_else(gone)?;
    let actor = Actor::on_behalf_of(conn, person)?.ok_or_else(gone)?;
    CampusStaff::prove(&actor, job.campus_id).map_err(|_| gone())?;
    Ok(actor)
}

/// What the work says of itself, for the one who writes it down.
#[derive(Default)]
struct Pulse(Mutex<Option<Progress>>);

impl Pulse {
    fn note(&self, progress: Progress) {
        if let Ok(mut latest) = self.0.lock() {
            *latest = Some(progress);
        }
    }

    fn read(&self) -> Option<String> {
        let latest = self.0.lock().ok().and_then(|latest| *latest);
        latest.and_then(|progress| serde_json::to_string(&progress).ok())
    }
}

/// Gives signs of life until the job is no longer this process's to run.
async fn beat(db: &Db, lease: Lease, pulse: Arc<Pulse>) {
    loop {
        actix_web::rt::time::sleep(BEAT).await;
        let progress = pulse.read();
        let renewed = db
            .write(move |conn| store::renew(conn, &lease, progress.as_deref(), Instant::now().plus(rules::LEASE)))
            .await;
        match renewed {
            Ok(true) => {}
            Ok(false) => return,
            // The result is stored only under the lease, so going on does no harm.
            Err(error) => tracing::warn!(job = %lease.job(), %error, "no sign of life could be written"),
        }
    }
}

/// Removes jobs that came to their end so long ago that nobody asks any more. Returns how many.
pub fn forget_finished(conn: &mut Conn, now: Instant) -> Result<usize> {
    store::forget(conn, now.plus(-rules::KEPT))
}
