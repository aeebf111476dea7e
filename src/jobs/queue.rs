//! The way into the queue and out of it, for other features, and the bell that says something is in it.

use std::time::Duration;

use serde::Serialize;
use tokio::sync::Notify;

use super::{
    model::{Job, JobKind, JobStatus},
    rules, store,
};
use crate::{
    authz::CohortStaff,
    db::Conn,
    error::{Error, Result},
    primitives::{Id, Instant},
    web::Origin,
};

/// Puts a job into the queue, as part of the transaction. `asked` is what its
/// [`Task`](super::Task) reads again.
///
/// # Errors
/// `429 job_limit` if too many of the campus wait.
pub fn put(
    conn: &mut Conn,
    (campus, staff): (Id, &CohortStaff),
    kind: JobKind,
    asked: &impl Serialize,
    origin: &Origin,
    now: Instant,
) -> Result<Job> {
    rules::check_room(store::waiting(conn, campus)?)?;
    let job = Job {
        id: Id::new(),
        version: 1,
        kind,
        status: JobStatus::Queued,
        campus_id: campus,
        cohort_id: staff.cohort(),
        asked: serde_json::to_string(asked).map_err(Error::internal)?,
        target: origin.target.clone(),
        request_id: origin.request_id.clone(),
        progress: None,
        result: None,
        problem: None,
        created_by: Some(staff.person()),
        created_at: now,
        started_at: None,
        finished_at: None,
        lease: None,
        lease_until: None,
        attempts: 0,
    };
    store::insert(conn, staff, &job)?;
    Ok(job)
}

/// Cancels jobs of a cohort that nobody has a use for any more, in the transaction that takes away
/// what they are about. `why` is what asking for them would be answered with from now on.
pub fn call_off(
    conn: &mut Conn,
    staff: &CohortStaff,
    is_moot: impl Fn(&Job) -> bool,
    why: &Error,
    now: Instant,
) -> Result<()> {
    let open = store::open_of(conn, staff)?;
    for job in open.iter().filter(|job| is_moot(job)) {
        let problem = why.problem(&job.target, &job.request_id).to_string();
        store::call_off(conn, staff, job.id, &problem, now)?;
    }
    Ok(())
}

/// Wakes this process's worker, so that a job asked for here need not wait until it looks.
#[derive(Debug, Default)]
pub struct Bell(Notify);

impl Bell {
    /// Something is in the queue.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Until it rings, or so long: other processes fill the queue too.
    pub(super) async fn wait(&self, at_most: Duration) {
        // That it did not ring is no failure.
        let _ = tokio::time::timeout(at_most, self.0.notified()).await;
    }
}
