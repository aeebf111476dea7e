//! Queries on jobs.

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::{Job, JobStatus, QueuedJob};
use crate::{
    campuses::CampusStaff,
    cohorts::CohortStaff,
    db::{Conn, SWEPT, dialect, dialect::AmongMethod as _, schema::jobs},
    error::{Error, Result},
    primitives::{Filter, Id, Instant},
};

/// That this process runs a job. Only [`claim`] makes one, and what is written with it counts only
/// while it lasts.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
    job: Id,
    token: Id,
}

impl Lease {
    /// The job it is for.
    pub fn job(&self) -> Id {
        self.job
    }
}

/// A job.
///
/// # Errors
/// `404` if there is none.
pub fn job(conn: &mut Conn, id: Id) -> Result<Job> {
    Ok(jobs::table.find(id).select(Job::as_select()).first(conn)?)
}

/// The jobs of a cohort, newest first, from those made before `before` on.
pub fn jobs_of(
    conn: &mut Conn,
    staff: &CohortStaff,
    filter: &Filter<JobStatus>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<Job>> {
    let mut query = jobs::table.filter(jobs::cohort_id.eq(staff.cohort())).into_boxed();
    if let Some(states) = filter.states.clone() {
        query = query.filter(jobs::status.among(states));
    }
    if let Some(begins) = filter.period.begins() {
        query = query.filter(jobs::created_at.ge(begins));
    }
    if let Some(ends) = filter.period.ends() {
        query = query.filter(jobs::created_at.lt(ends));
    }
    if let Some(before) = before {
        query = query.filter(jobs::id.lt(before));
    }
    Ok(query
        .order(jobs::id.desc())
        .limit(limit)
        .select(Job::as_select())
        .load(conn)?)
}

/// The jobs of a cohort that have not come to their end.
pub fn open_of(conn: &mut Conn, staff: &CohortStaff) -> Result<Vec<Job>> {
    Ok(jobs::table
        .filter(jobs::cohort_id.eq(staff.cohort()))
        .filter(jobs::finished_at.is_null())
        .select(Job::as_select())
        .load(conn)?)
}

/// How many jobs of a campus wait.
pub fn waiting(conn: &mut Conn, campus: Id) -> Result<i64> {
    Ok(jobs::table
        .filter(jobs::campus_id.eq(campus))
        .filter(jobs::status.eq(JobStatus::Queued))
        .count()
        .get_result(conn)?)
}

/// How many jobs that somebody asked for wait.
pub fn waiting_of(conn: &mut Conn, person: Id) -> Result<i64> {
    Ok(jobs::table
        .filter(jobs::created_by.eq(person))
        .filter(jobs::status.eq(JobStatus::Queued))
        .count()
        .get_result(conn)?)
}

/// Puts a job into the queue.
pub fn insert(conn: &mut Conn, _staff: &CohortStaff, job: &Job) -> Result<()> {
    diesel::insert_into(jobs::table).values(job).execute(conn)?;
    Ok(())
}

/// The oldest job that runs and whose lease has run out.
pub fn abandoned(conn: &mut Conn, now: Instant) -> Result<Option<Job>> {
    Ok(jobs::table
        .filter(jobs::status.eq(JobStatus::Running))
        .filter(jobs::lease_until.le(now))
        .order(jobs::id)
        .select(Job::as_select())
        .first(conn)
        .optional()?)
}

/// The jobs that wait of campuses and accounts that have none running, oldest first.
pub fn queue(conn: &mut Conn) -> Result<Vec<QueuedJob>> {
    let running: Vec<(Id, Option<Id>)> = jobs::table
        .filter(jobs::status.eq(JobStatus::Running))
        .select((jobs::campus_id, jobs::created_by))
        .load(conn)?;
    let mut waiting: Vec<(Id, Id, Option<Id>)> = jobs::table
        .filter(jobs::status.eq(JobStatus::Queued))
        .order(jobs::id)
        .select((jobs::id, jobs::campus_id, jobs::created_by))
        .load(conn)?;
    waiting.retain(|(_, campus, account)| {
        let is_busy = |(busy_campus, busy_account): &(Id, Option<Id>)| {
            busy_campus == campus || (account.is_some() && busy_account == account)
        };
        !running.iter().any(is_busy)
    });
    let campuses: Vec<Id> = waiting.iter().map(|(_, campus, _)| *campus).collect();
    let accounts: Vec<Id> = waiting.iter().filter_map(|(_, _, account)| *account).collect();
    let campuses_served: Vec<(Id, Option<Instant>)> = jobs::table
        .filter(jobs::campus_id.among(campuses))
        .group_by(jobs::campus_id)
        .select((jobs::campus_id, diesel::dsl::max(jobs::started_at)))
        .load(conn)?;
    let accounts_served: Vec<(Option<Id>, Option<Instant>)> = jobs::table
        .filter(jobs::created_by.among(accounts))
        .group_by(jobs::created_by)
        .select((jobs::created_by, diesel::dsl::max(jobs::started_at)))
        .load(conn)?;
    let campus_served: HashMap<Id, Option<Instant>> = campuses_served.into_iter().collect();
    let account_served: HashMap<Option<Id>, Option<Instant>> = accounts_served.into_iter().collect();
    let place = |(job, campus, account): (Id, Id, Option<Id>)| QueuedJob {
        job,
        campus_served: campus_served.get(&campus).copied().flatten(),
        account_served: account_served.get(&account).copied().flatten(),
    };
    Ok(waiting.into_iter().map(place).collect())
}

/// Takes a job, if it still is as it was seen. Of two who try one gets it.
pub fn claim(conn: &mut Conn, seen: &Job, now: Instant, until: Instant) -> Result<Option<Lease>> {
    let token = Id::new();
    let taken = conn.savepoint(|conn| {
        diesel::update(jobs::table.find(seen.id).filter(jobs::version.eq(seen.version)))
            .set((
                jobs::version.eq(jobs::version + 1),
                jobs::status.eq(JobStatus::Running),
                jobs::started_at.eq(seen.started_at.unwrap_or(now)),
                jobs::lease.eq(token),
                jobs::lease_until.eq(until),
                jobs::attempts.eq(jobs::attempts + 1),
            ))
            .execute(conn)
    });
    match taken {
        Ok(0) => Ok(None),
        Ok(_) => Ok(Some(Lease { job: seen.id, token })),
        // Another process took another job of the campus in the same moment.
        Err(error) if dialect::violated(&error).is_some() => Ok(None),
        Err(error) => Err(Error::from(error)),
    }
}

/// A sign of life. `false` if the job is no longer this process's to run.
pub fn renew(conn: &mut Conn, lease: &Lease, progress: Option<&str>, until: Instant) -> Result<bool> {
    let renewed = diesel::update(jobs::table.find(lease.job))
        .filter(jobs::status.eq(JobStatus::Running))
        .filter(jobs::lease.eq(lease.token))
        .set((
            jobs::version.eq(jobs::version + 1),
            jobs::progress.eq(progress),
            jobs::lease_until.eq(until),
        ))
        .execute(conn)?;
    Ok(renewed > 0)
}

/// How a job ended.
#[derive(Clone, Debug)]
pub enum End {
    /// With this result, as JSON.
    Succeeded(String),
    /// With this problem document.
    Failed(String),
}

/// Brings a job to its end. `false` if it is no longer this process's to run: then nothing that it
/// came to may count.
pub fn finish(conn: &mut Conn, lease: &Lease, end: &End, now: Instant) -> Result<bool> {
    let (status, result, problem) = match end {
        End::Succeeded(result) => (JobStatus::Succeeded, Some(result), None),
        End::Failed(problem) => (JobStatus::Failed, None, Some(problem)),
    };
    let finished = diesel::update(jobs::table.find(lease.job))
        .filter(jobs::status.eq(JobStatus::Running))
        .filter(jobs::lease.eq(lease.token))
        .set((
            jobs::version.eq(jobs::version + 1),
            jobs::status.eq(status),
            jobs::result.eq(result),
            jobs::problem.eq(problem),
            jobs::finished_at.eq(now),
            jobs::lease_until.eq(None::<Instant>),
        ))
        .execute(conn)?;
    Ok(finished > 0)
}

/// Marks a job as cancelled, if it has not come to its end; whoever runs it notices by its lease.
pub fn cancel(conn: &mut Conn, _staff: &CampusStaff, id: Id, now: Instant) -> Result<()> {
    end_early(conn, id, None, now)
}

/// The same because what the job is about is gone, with the problem document that says so.
pub fn cancel_with(conn: &mut Conn, _staff: &CohortStaff, id: Id, problem: &str, now: Instant) -> Result<()> {
    end_early(conn, id, Some(problem), now)
}

fn end_early(conn: &mut Conn, id: Id, problem: Option<&str>, now: Instant) -> Result<()> {
    diesel::update(jobs::table.find(id))
        .filter(jobs::finished_at.is_null())
        .set((
            jobs::version.eq(jobs::version + 1),
            jobs::status.eq(JobStatus::Cancelled),
            jobs::problem.eq(problem),
            jobs::finished_at.eq(now),
            jobs::lease_until.eq(None::<Instant>),
        ))
        .execute(conn)?;
    Ok(())
}

/// Removes some of the jobs that came to their end before a moment. Returns how many.
pub fn delete_finished(conn: &mut Conn, before: Instant) -> Result<usize> {
    let old = jobs::table.filter(jobs::finished_at.le(before));
    let some: Vec<Id> = old.select(jobs::id).limit(SWEPT).load(conn)?;
    Ok(diesel::delete(jobs::table.filter(jobs::id.eq_any(some))).execute(conn)?)
}
