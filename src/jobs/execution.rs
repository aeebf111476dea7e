//! Bringing one job to its end.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_util::future::{Either, select};
use serde::Serialize;

use super::{
    model::Job,
    rules,
    store::{self, End, Lease},
    task::Task,
};
use crate::{
    audit,
    authz::{Actor, RequireSecondFactor},
    campuses::CampusStaff,
    db::{Conn, Db},
    error::{Code, Error, Result},
    outbox::{self, Doing},
    primitives::Instant,
    solver_pool::SolverPool,
};

/// How often a running job renews its lease, which is also how often its progress can be read.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// A job that this process runs.
#[derive(Clone)]
pub(super) struct Execution {
    pub db: Db,
    pub required: RequireSecondFactor,
    pub pool: Arc<SolverPool>,
    pub job: Arc<Job>,
    pub lease: Lease,
}

/// Does the job's three steps.
pub(super) async fn execute<T: Task>(execution: Execution) -> Result<()> {
    let Execution {
        db,
        required,
        pool,
        job,
        lease,
    } = execution.clone();
    let prepared = db.read(move |conn| {
        let request = serde_json::from_str(&job.request).map_err(Error::internal)?;
        let actor = on_behalf(conn, &job, required)?;
        T::prepare(conn, &actor, job.cohort_id, &request)
    });
    let input = prepared.await?;
    let (latest, for_work) = (Arc::new(Latest::default()), input.clone());
    let heartbeat = std::pin::pin!(keep_lease(&db, lease, latest.clone()));
    let working = std::pin::pin!(pool.run_job(move |goes_on| {
        T::run(&for_work, &mut |progress| {
            latest.set(progress);
            goes_on()
        })
    }));
    match select(working, heartbeat).await {
        Either::Left((output, _)) => save::<T>(execution, input, output??).await,
        // Cancelled, or taken over by another process: dropping the work makes it end.
        Either::Right(_) => Ok(()),
    }
}

/// Saves the result and marks the job as done, both or neither.
async fn save<T: Task>(execution: Execution, input: T::Input, output: T::Output) -> Result<()> {
    let Execution {
        db,
        required,
        job,
        lease,
        ..
    } = execution;
    db.write(move |conn| {
        let now = Instant::now();
        let actor = on_behalf(conn, &job, required)?;
        let person = actor.person();
        let (result, _) = outbox::recording(Doing { person, now }, || T::save(conn, &actor, &input, &output, now));
        let result = result?;
        let result = serde_json::to_string(&result).map_err(Error::internal)?;
        if !store::finish(conn, &lease, &End::Succeeded(result), now)? {
            // Undoes what was saved: the job was cancelled in this very moment.
            return Err(Error::new(Code::Conflict, "The job is no longer this process's."));
        }
        let target = format!("/v1/jobs/{}", job.id);
        let entry = audit::AuditEntry {
            operation: "finish_job",
            target: &target,
            request_id: &job.request_id,
            campus: Some(job.campus_id),
            ..audit::AuditEntry::default()
        };
        audit::note(conn, &entry.by(&actor), now)
    })
    .await
}

/// Ends the job with the problem that whoever had waited would have been answered.
pub(super) async fn fail(execution: Execution, error: &Error) {
    let Execution { db, job, lease, .. } = execution;
    if error.code().status() >= 500 {
        tracing::error!(job = %job.id, cause = error.cause(), request_id = job.request_id, "a job failed");
    }
    let problem = job.problem(error);
    let end = End::Failed(problem);
    let marked = db
        .write(move |conn| store::finish(conn, &lease, &end, Instant::now()))
        .await;
    if let Err(error) = marked {
        tracing::warn!(job = %job.id, %error, "the job cannot be marked as failed");
    }
}

/// Who asked, with what they are now.
fn on_behalf(conn: &mut Conn, job: &Job, required: RequireSecondFactor) -> Result<Actor> {
    let gone = || {
        let detail = "Whoever asked for this is no longer on the staff of the campus. Somebody on the staff can ask for it again.";
        Error::new(Code::Forbidden, detail)
    };
    let person = job.created_by.ok_or_else(gone)?;
    let actor = Actor::on_behalf_of(conn, person)?.ok_or_else(gone)?;
    let actor = actor.requiring(required).having_shown_both_factors(job.both_factors);
    CampusStaff::of(conn, &actor, job.campus_id).map_err(|_| gone())?;
    Ok(actor)
}

/// The latest progress, from the thread that works to the one that writes it down.
struct Latest<P>(Mutex<Option<P>>);

impl<P> Default for Latest<P> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<P: Clone + Serialize> Latest<P> {
    fn set(&self, progress: P) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
    }

    fn json(&self) -> Option<String> {
        let latest = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        serde_json::to_string(&latest).ok()
    }
}

/// Renews the lease until the job is no longer this process's to run.
async fn keep_lease<P: Clone + Serialize>(db: &Db, lease: Lease, latest: Arc<Latest<P>>) {
    loop {
        actix_web::rt::time::sleep(HEARTBEAT).await;
        let progress = latest.json();
        let renewed = db
            .write(move |conn| store::renew(conn, &lease, progress.as_deref(), Instant::now().plus(rules::LEASE)))
            .await;
        match renewed {
            Ok(true) => {}
            Ok(false) => return,
            // The result is stored only under the lease, so going on does no harm.
            Err(error) => tracing::warn!(job = %lease.job(), %error, "the lease could not be renewed"),
        }
    }
}
