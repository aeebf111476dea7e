//! PostgreSQL: a bounded set of threads that own their connections; writes are `SERIALIZABLE` and
//! tried again when another transaction was in the way.

use std::{
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    time::{Duration, Instant},
};

use diesel::{
    Connection, PgConnection,
    connection::{SimpleConnection, TransactionManager},
};

use super::{
    Conn,
    work::{Answer, Failure, Job, Ran, failure_of},
};
use crate::error::{Error, Result};

pub const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
pub const WRITE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";

/// Jobs that may wait before callers are told to come back later.
const QUEUE: usize = 1024;
/// Connections of one process.
const CONNECTIONS: usize = 8;
/// Tries of a write that others are in the way of.
const TRIES: u32 = 30;
/// Tries of a write that failed for a reason the driver does not tell, such as a deadlock or a full disk.
const UNCLASSIFIED_TRIES: u32 = 3;
/// A write that failed so and took longer, because a statement timed out say, is not tried again.
const UNCLASSIFIED_TIME: Duration = Duration::from_secs(10);

pub struct Postgres {
    jobs: SyncSender<(&'static str, Job)>,
}

impl Postgres {
    pub fn open(url: &str) -> Result<Self, String> {
        let (sender, jobs) = sync_channel(QUEUE);
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..CONNECTIONS {
            let (url, jobs) = (url.to_owned(), jobs.clone());
            std::thread::Builder::new()
                .name(format!("postgres-{number}"))
                .spawn(move || serve(&url, &jobs))
                .map_err(|error| format!("cannot start a database thread: {error}"))?;
        }
        Ok(Self { jobs: sender })
    }

    pub fn submit<T, F>(&self, begin: &'static str, work: F) -> Result<Answer<T>>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (job, answer) = Job::new(work);
        match self.jobs.try_send((begin, job)) {
            Ok(()) => Ok(answer),
            Err(TrySendError::Full(_)) => Err(Error::unavailable("the database queue is full", 1)),
            Err(TrySendError::Disconnected(_)) => Err(Error::unavailable("the database threads have gone", 5)),
        }
    }
}

pub fn connect(url: &str) -> Result<Conn, String> {
    let mut conn = PgConnection::establish(url).map_err(|error| format!("cannot reach PostgreSQL: {error}"))?;
    conn.batch_execute(
        "SET TIME ZONE 'UTC'; SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'; \
         SET client_min_messages = 'warning';",
    )
    .map_err(|error| format!("cannot set up the PostgreSQL connection: {error}"))?;
    Ok(Conn::Postgres(conn))
}

fn serve(url: &str, jobs: &Mutex<Receiver<(&'static str, Job)>>) {
    let mut kept: Option<Conn> = None;
    loop {
        let next = match jobs.lock() {
            Ok(jobs) => jobs.recv(),
            Err(_) => return,
        };
        let Ok((begin, job)) = next else { return };
        let conn = match kept.take().map_or_else(|| connect(url), Ok) {
            Ok(conn) => conn,
            Err(error) => {
                job.give_up(Error::unavailable(error, 2));
                continue;
            }
        };
        kept = run(conn, begin, job);
    }
}

/// Runs the job to its end; gives the connection back if it is still good.
fn run(mut conn: Conn, begin: &str, mut job: Job) -> Option<Conn> {
    let began = Instant::now();
    for attempt in 1.. {
        if let Err(error) = conn.begin(begin) {
            // The server was restarted while the connection rested: the next job gets a new one.
            job.give_up(Error::unavailable(error, 1));
            return None;
        }
        let Ran { failed, finish } = job.run(&mut conn);
        let (failure, usable, outcome) = match failed {
            Some(failure) => (failure, roll_back(&mut conn), Ok(())),
            None => match commit(&mut conn) {
                Ok(()) => {
                    finish(Ok(()));
                    return Some(conn);
                }
                Err(error) => {
                    let failure = failure_of(&error);
                    (failure, failure != Failure::Broken, Err(error))
                }
            },
        };
        let tries = match failure {
            Failure::Conflict => TRIES,
            Failure::Unclassified if began.elapsed() < UNCLASSIFIED_TIME => UNCLASSIFIED_TRIES,
            _ => 0,
        };
        if !usable || attempt >= tries {
            finish(outcome);
            return usable.then_some(conn);
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
