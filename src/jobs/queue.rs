//! The way into the queue and out of it, for other features.

use super::{
    model::{Job, JobStatus},
    rules, store,
    task::JobRequest,
};
use crate::{
    authz::shows_both_factors,
    cohorts::CohortStaff,
    db::Conn,
    error::{Error, Result},
    primitives::{Id, Instant},
    web::Origin,
};

/// Puts a job into the queue, as part of the transaction.
///
/// # Errors
/// `429 job_limit` if too many of the campus, or of whoever asks, wait.
pub fn enqueue<R: JobRequest>(
    conn: &mut Conn,
    campus: Id,
    staff: &CohortStaff,
    request: &R,
    origin: &Origin,
    now: Instant,
) -> Result<Job> {
    let of_account = store::waiting_of(conn, staff.person())?;
    rules::check_room(store::waiting(conn, campus)?, of_account)?;
    let job = Job {
        id: Id::new(),
        version: 1,
        kind: R::KIND.into(),
        status: JobStatus::Queued,
        campus_id: campus,
        cohort_id: staff.cohort(),
        request: serde_json::to_string(request).map_err(Error::internal)?,
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
        both_factors: shows_both_factors(conn, &origin.actor)?,
    };
    store::insert(conn, staff, &job)?;
    Ok(job)
}

/// Cancels the open jobs of a cohort that have become pointless, in the transaction that removed what they are
/// about. `why` is what asking for them would be answered with from now on.
pub fn cancel_pointless(
    conn: &mut Conn,
    staff: &CohortStaff,
    is_pointless: impl Fn(&Job) -> bool,
    why: &Error,
    now: Instant,
) -> Result<()> {
    let open = store::open_of(conn, staff)?;
    for job in open.iter().filter(|job| is_pointless(job)) {
        let problem = job.problem(why);
        store::cancel_with(conn, staff, job.id, &problem, now)?;
    }
    Ok(())
}
