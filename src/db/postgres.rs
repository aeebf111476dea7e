//! PostgreSQL: a bounded set of threads that own their connections; writes are `SERIALIZABLE` and tried again when another
//! transaction was in the way, in the end with no other beside them.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use diesel::{
    Connection, PgConnection,
    connection::{SimpleConnection, TransactionManager},
};

use prometheus::{IntCounter, IntGauge};

use super::{
    Conn,
    work::{Answer, Failure, Job, Ran, failure_of},
};
use crate::{
    error::{Error, Result},
    queue::{Depth, Queue, Work},
};

pub const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// Writes go side by side. The lock is taken before the first statement, and so before the snapshot.
pub const WRITE: &str =
    "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE __diesel_schema_migrations IN ROW EXCLUSIVE MODE";
/// What counts in one row: whoever comes second waits, and counts on.
pub const COUNT: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// A write for which all others, of every process, wait: nothing that it rests on can change meanwhile. The table is one that
/// nobody writes to while the service runs; PostgreSQL gives its lock in the order of asking, and takes it back with the connection.
const WRITE_ALONE: &str =
    "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE __diesel_schema_migrations IN SHARE ROW EXCLUSIVE MODE";

/// Jobs that may wait before callers are told to come back later.
const QUEUE: usize = 1024;
/// How long the first of them may have waited before callers are told so.
const PATIENCE: Duration = Duration::from_secs(2);
/// Connections of one process.
const CONNECTIONS: usize = 8;
/// Tries of a write that others are in the way of.
const TRIES: u32 = 8;
/// Those of them that go side by side with others.
const TRIES_BESIDE_OTHERS: u32 = 4;
/// Tries of a write that failed for a reason the driver does not tell, such as a deadlock or a full disk; all but the first go alone.
const UNCLASSIFIED_TRIES: u32 = 3;
/// A write that failed so and took longer, because a statement timed out say, is not tried again.
const UNCLASSIFIED_TIME: Duration = Duration::from_secs(10);

pub struct Postgres {
    jobs: Queue<(&'static str, Job)>,
    /// Connections at work.
    pub busy: IntGauge,
    /// Transactions that were tried again.
    pub retries: IntCounter,
}

impl Postgres {
    pub fn open(url: &str) -> Result<Self, String> {
        let (queue, jobs) = Queue::new(QUEUE, PATIENCE);
        let made = || -> prometheus::Result<(IntGauge, IntCounter)> {
            Ok((
                IntGauge::new("database_connections_busy", "Connections at work.")?,
                IntCounter::new("database_retries_total", "Transactions tried again after a conflict.")?,
            ))
        };
        let (busy, retries) = made().map_err(|error| format!("cannot set up the metrics: {error}"))?;
        for number in 0..CONNECTIONS {
            let (url, jobs, busy, retries) = (url.to_owned(), jobs.clone(), busy.clone(), retries.clone());
            std::thread::Builder::new()
                .name(format!("postgres-{number}"))
                .spawn(move || serve(&url, &jobs, &busy, &retries))
                .map_err(|error| format!("cannot start a database thread: {error}"))?;
        }
        Ok(Self {
            jobs: queue,
            busy,
            retries,
        })
    }

    pub fn submit<T, F>(&self, begin: &'static str, work: F) -> Result<Answer<T>>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (job, answer) = Job::new(work);
        self.jobs.submit((begin, job))?;
        Ok(answer)
    }

    /// Jobs that wait for a connection.
    pub fn depth(&self) -> Depth {
        self.jobs.depth()
    }
}

pub fn connect(url: &str) -> Result<Conn, String> {
    let url = with_time_limits(url);
    let mut conn = PgConnection::establish(&url).map_err(|error| format!("cannot reach PostgreSQL: {error}"))?;
    conn.batch_execute(
        "SET TIME ZONE 'UTC'; SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'; \
         SET client_min_messages = 'warning';",
    )
    .map_err(|error| format!("cannot set up the PostgreSQL connection: {error}"))?;
    Ok(Conn::Postgres(conn))
}

/// The address with limits for a server that is not there any more and cannot say so; what it says itself stands.
fn with_time_limits(url: &str) -> String {
    const LIMITS: [(&str, &str); 6] = [
        ("application_name", "peerled"),
        ("connect_timeout", "5"),
        ("keepalives_idle", "10"),
        ("keepalives_interval", "5"),
        ("keepalives_count", "3"),
        ("tcp_user_timeout", "15000"),
    ];
    let (_, said) = url.split_once('?').unwrap_or_default();
    let is_said = |name: &str| {
        said.split('&')
            .any(|each| each.split('=').next().is_some_and(|said| said == name))
    };
    let mut url = url.to_owned();
    for (name, value) in LIMITS.into_iter().filter(|(name, _)| !is_said(name)) {
        let joint = if url.contains('?') { '&' } else { '?' };
        url.push_str(&format!("{joint}{name}={value}"));
    }
    url
}

fn serve(url: &str, jobs: &Work<(&'static str, Job)>, busy: &IntGauge, retries: &IntCounter) {
    let mut kept: Option<Conn> = None;
    while let Some((begin, job)) = jobs.take() {
        let _at_work = AtWork::begin(busy);
        let conn = match begun(url, kept.take(), begin) {
            Ok(conn) => conn,
            Err(error) => {
                job.give_up(error);
                continue;
            }
        };
        // Jobs catch their own panics; one of the driver's must not end this thread.
        kept = catch_unwind(AssertUnwindSafe(|| run(conn, begin, job, retries))).unwrap_or_default();
    }
}

/// Counts a connection as busy until it is dropped.
struct AtWork<'a>(&'a IntGauge);

impl<'a> AtWork<'a> {
    fn begin(busy: &'a IntGauge) -> Self {
        busy.inc();
        Self(busy)
    }
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// A connection with a transaction begun: the one that was kept, or a new one if the server was restarted while that
/// rested.
fn begun(url: &str, kept: Option<Conn>, begin: &str) -> Result<Conn> {
    if let Some(mut conn) = kept
        && conn.begin(begin).is_ok()
    {
        return Ok(conn);
    }
    let mut conn = connect(url).map_err(|error| Error::unavailable(error, 2))?;
    conn.begin(begin).map_err(|error| Error::unavailable(error, 2))?;
    Ok(conn)
}

/// Runs the job, for which a transaction has begun, to its end; gives the connection back if it is still good.
fn run(mut conn: Conn, begin: &str, mut job: Job, retries: &IntCounter) -> Option<Conn> {
    let began = Instant::now();
    let mut again = begin;
    for attempt in 1.. {
        if attempt > 1
            && let Err(error) = conn.begin(again)
        {
            job.give_up(Error::unavailable(error, 1));
            return None;
        }
        let Ran { failed, finish } = job.run(&mut conn);
        let (failure, usable, outcome) = match failed {
            // The server has become a standby: the next connection may find the one that is not.
            Some(Failure::Broken) => (Failure::Broken, false, Ok(())),
            Some(failure) => (failure, roll_back(&mut conn), Ok(())),
            None => match commit(&mut conn) {
                Ok(()) => {
                    finish(Ok(()));
                    return Some(conn);
                }
                Err(error) => {
                    let failure = failure_of(&error);
                    let usable = failure != Failure::Broken;
                    let outcome = if usable { error } else { Error::uncertain(error) };
                    (failure, usable, Err(outcome))
                }
            },
        };
        let (tries, beside_others) = match failure {
            Failure::Conflict => (TRIES, TRIES_BESIDE_OTHERS),
            Failure::Unclassified if began.elapsed() < UNCLASSIFIED_TIME => (UNCLASSIFIED_TRIES, 1),
            _ => (0, 0),
        };
        if !usable || attempt >= tries {
            finish(outcome);
            return usable.then_some(conn);
        }
        retries.inc();
        if begin == WRITE && attempt >= beside_others {
            again = WRITE_ALONE;
        }
        // Those in each other's way step aside for different times.
        let spread = u64::from(attempt) * (1 + rand::random::<u64>() % 4);
        std::thread::sleep(Duration::from_millis(spread));
    }
    None
}

type Manager = <Conn as Connection>::TransactionManager;

fn commit(conn: &mut Conn) -> Result<()> {
    Manager::commit_transaction(conn).map_err(|error| {
        // `commit_transaction` rolls back by itself when the server refuses to commit.
        if Manager::transaction_manager_status_mut(conn)
            .transaction_depth()
            .is_ok_and(|depth| depth.is_some())
        {
            let _ = roll_back(conn);
        }
        Error::from(error)
    })
}

fn roll_back(conn: &mut Conn) -> bool {
    Manager::rollback_transaction(conn).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_says_of_time_limits_stands() {
        let url = with_time_limits("postgres://me@a,b/db?connect_timeout=9&target_session_attrs=read-write");
        assert!(url.starts_with("postgres://me@a,b/db?connect_timeout=9&target_session_attrs=read-write&"));
        assert_eq!(url.matches("connect_timeout").count(), 1);
        assert!(with_time_limits("postgres://me@a/db").contains("/db?application_name=peerled&connect_timeout=5&"));
    }
}
