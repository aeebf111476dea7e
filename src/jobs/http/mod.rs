//! Jobs over HTTP.

mod operations;

pub use operations::operations;

use super::{
    actions,
    model::{Job, JobStatus},
    view::JobView,
};
use crate::{
    error::Result,
    primitives::{Date, Filter, Page, Several, list_query},
    web::{ById, Call, NoBody, NoQuery, Reply},
};

fn reply(job: Job) -> Result<Reply<JobView>> {
    let version = job.version;
    Ok(Reply::ok(&JobView::from(job))?.version(version))
}

/// `GET /v1/jobs/{id}`
pub async fn get_job(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<JobView>> {
    call.read(|conn, call| reply(actions::job(conn, &call.actor, call.path.id)?))
        .await
}

list_query! {
    /// Which jobs.
    pub struct JobsQuery {
        /// Filter by status.
        status: Option<Several<JobStatus>>,
        /// Only jobs that were asked for on this day or later, in UTC.
        from: Option<Date>,
        /// Only jobs that were asked for on this day or earlier, in UTC.
        to: Option<Date>,
    }
}

/// `GET /v1/cohorts/{id}/jobs`
pub async fn list_jobs(call: Call<ById, JobsQuery, NoBody>) -> Result<Reply<Page<JobView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let filter = Filter::of(query.status.as_ref(), query.from, query.to)?;
        let jobs = actions::jobs(
            conn,
            &call.actor,
            call.path.id,
            &filter,
            query.limit,
            query.cursor.as_ref(),
        )?;
        call.page(jobs.map(JobView::from))
    })
    .await
}

/// `POST /v1/jobs/{id}/cancellation`
pub async fn cancel_job(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<JobView>> {
    call.write(|conn, call| reply(actions::cancel(conn, &call.actor, call.path.id, call.now)?))
        .await
}
