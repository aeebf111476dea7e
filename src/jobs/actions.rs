//! What staff do with jobs.

use super::{
    model::{Job, JobStatus},
    rules, store,
};
use crate::{
    authz::{Actor, hide},
    campuses::CampusStaff,
    cohorts::CohortStaff,
    db::Conn,
    error::Result,
    primitives::{Cursor, Filter, Id, Instant, Limit, Page},
};

fn load(conn: &mut Conn, actor: &Actor, id: Id) -> Result<(Job, CampusStaff)> {
    let job = store::job(conn, id)?;
    let (_, staff) = CampusStaff::of(conn, actor, job.campus_id).map_err(hide)?;
    Ok((job, staff))
}

/// A job, for the staff of its campus; for everybody else it does not exist.
pub fn job(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Job> {
    Ok(load(conn, actor, id)?.0)
}

/// The jobs of a cohort, for staff, newest first.
pub fn jobs(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    filter: &Filter<JobStatus>,
    limit: Limit,
    cursor: Option<&Cursor>,
) -> Result<Page<Job>> {
    let (_, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let before = cursor.map(Cursor::key).transpose()?;
    let jobs = store::jobs_of(conn, &staff, filter, before, limit.plus_one())?;
    Ok(Page::of(jobs, limit, |job| job.id))
}

/// Cancels a job; one that is cancelled already stays so.
pub fn cancel(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<Job> {
    let (job, staff) = load(conn, actor, id)?;
    if rules::is_to_cancel(job.status)? {
        store::cancel(conn, &staff, id, now)?;
    }
    store::job(conn, id)
}
