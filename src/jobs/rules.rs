//! What is right, without a database or a clock.

use chrono::TimeDelta;

use super::model::{JobStatus, QueuedJob};
use crate::{
    error::{Code, Error, Result},
    primitives::Id,
};

/// Jobs of a campus that may wait, and of an account.
pub const MOST_WAITING: i64 = 10;
/// How long a job belongs to whoever runs it after the last sign of life.
pub const LEASE: TimeDelta = TimeDelta::seconds(15);
/// How long finished jobs can be read.
pub const KEPT: TimeDelta = TimeDelta::days(7);
/// Times that a job is taken up before it is held to be what kills the processes that run it.
pub const TRIES: i32 = 3;

/// Whether one more may wait, of the campus and of whoever asks.
///
/// # Errors
/// `429 job_limit`.
pub fn check_room(of_campus: i64, of_account: i64) -> Result<()> {
    let waiting = match (of_campus >= MOST_WAITING, of_account >= MOST_WAITING) {
        (false, false) => return Ok(()),
        (true, _) => format!("{of_campus} jobs of this campus are waiting"),
        (false, true) => format!("{of_account} jobs that you asked for are waiting"),
    };
    let detail = format!("{waiting} already. Wait until one is done, or cancel one.");
    Err(Error::new(Code::JobLimit, detail).retry_after(30))
}

/// Whose turn it is: the longer ago both the campus and whoever asked had a turn, the sooner. So no campus can fill
/// the queue for the others, and nobody by opening many campuses. Of equals the oldest.
pub fn whose_turn(line: &[QueuedJob]) -> Option<Id> {
    let first = line
        .iter()
        .min_by_key(|waits| (waits.campus_served.max(waits.account_served), waits.job))?;
    Some(first.job)
}

/// Whether there is anything to cancel: not if it is cancelled already.
///
/// # Errors
/// `409` if the job has come to another end.
pub fn is_to_cancel(status: JobStatus) -> Result<bool> {
    match status {
        JobStatus::Queued | JobStatus::Running => Ok(true),
        JobStatus::Cancelled => Ok(false),
        JobStatus::Succeeded | JobStatus::Failed => {
            let detail = format!("The job has already {}, so it cannot be cancelled.", status.as_str());
            Err(Error::new(Code::Conflict, detail))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_wait_and_no_more() {
        assert!(check_room(MOST_WAITING - 1, MOST_WAITING - 1).is_ok());
        for (campus, account, whose) in [(MOST_WAITING, 0, "this campus"), (0, MOST_WAITING, "you asked for")] {
            let refused = check_room(campus, account).unwrap_err();
            assert_eq!(
                (refused.code(), refused.retry_after_seconds()),
                (Code::JobLimit, Some(30))
            );
            let detail = refused.detail();
            assert!(detail.contains(whose) && detail.contains("cancel one"), "{detail}");
        }
    }

    #[test]
    fn campuses_and_accounts_take_turns_and_the_oldest_job_of_one_comes_first() {
        let at = |seconds: i64| Some(crate::primitives::Instant::now().plus(TimeDelta::seconds(seconds)));
        let ids: Vec<Id> = (0..4).map(|_| Id::new()).collect();
        let of = |job: usize, campus_served, account_served| QueuedJob {
            job: ids[job],
            campus_served,
            account_served,
        };
        let waits = |job, served| of(job, served, served);
        let (busy, idle) = (at(-1), at(-60));
        assert_eq!(whose_turn(&[]), None);
        assert_eq!(
            whose_turn(&[waits(0, busy), waits(1, busy), waits(2, idle), waits(3, idle)]),
            Some(ids[2])
        );
        assert_eq!(
            whose_turn(&[waits(0, busy), waits(1, idle), waits(3, None)]),
            Some(ids[3])
        );
        assert_eq!(whose_turn(&[waits(1, idle), waits(0, idle)]), Some(ids[0]));
        // A campus that was opened just now, and an account that was, gain nothing by it.
        let newly = [of(0, None, busy), of(1, busy, None), of(2, idle, idle)];
        assert_eq!(whose_turn(&newly), Some(ids[2]));
    }

    #[test]
    fn what_has_ended_is_not_cancelled() {
        assert_eq!(is_to_cancel(JobStatus::Queued).ok(), Some(true));
        assert_eq!(is_to_cancel(JobStatus::Running).ok(), Some(true));
        assert_eq!(is_to_cancel(JobStatus::Cancelled).ok(), Some(false));
        assert_eq!(is_to_cancel(JobStatus::Failed).unwrap_err().code(), Code::Conflict);
    }
}
