//! Reads on the thread that answers; one thread writes, and commits once for all who wait.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
};

use crate::statements::{Answer, Ask, Caller, sqlite};
use diesel::{
    Connection as _, QueryResult, SqliteConnection,
    connection::{AnsiTransactionManager, SimpleConnection as _, TransactionManager as _},
    result::Error,
};
use tokio::sync::oneshot;

use super::http::Server;

/// Writes in one commit.
const GROUP: usize = 256;

/// A connection set up as peerled's are.
pub fn connect(path: &Path) -> QueryResult<SqliteConnection> {
    let failed = |error: diesel::ConnectionError| diesel::result::Error::QueryBuilderError(error.to_string().into());
    let mut conn = SqliteConnection::establish(&path.to_string_lossy()).map_err(failed)?;
    conn.batch_execute(
        "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; \
         PRAGMA mmap_size=268435456; PRAGMA synchronous=FULL;",
    )?;
    Ok(conn)
}

thread_local! {
    static CONN: RefCell<Option<SqliteConnection>> = const { RefCell::new(None) };
}

/// Runs it on this thread's connection.
pub fn here<T>(path: &Path, run: impl FnOnce(&mut SqliteConnection) -> QueryResult<T>) -> QueryResult<T> {
    CONN.with_borrow_mut(|kept| match kept {
        Some(conn) => run(conn),
        None => run(kept.insert(connect(path)?)),
    })
}

type Job = (Caller, Ask, oneshot::Sender<QueryResult<Answer>>);

#[derive(Clone)]
pub struct Direct {
    path: Arc<PathBuf>,
    writer: SyncSender<Job>,
}

impl Direct {
    pub fn open(path: &Path) -> Result<Self, String> {
        let mut conn = connect(path).map_err(|error| error.to_string())?;
        let (writer, jobs) = sync_channel(4096);
        std::thread::spawn(move || while write_group(&mut conn, &jobs).is_ok() {});
        Ok(Self {
            path: Arc::new(path.to_owned()),
            writer,
        })
    }
}

/// Does what waits. The error is that nobody will ask any more, or that the database does not commit.
#[expect(clippy::disallowed_methods, reason = "a program without the server's Db")]
fn write_group(conn: &mut SqliteConnection, jobs: &Receiver<Job>) -> Result<(), Box<dyn std::error::Error>> {
    let first = jobs.recv()?;
    AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")?;
    let mut done = Vec::new();
    for (caller, ask, sender) in std::iter::once(first).chain(jobs.try_iter()).take(GROUP) {
        // Inside the transaction this is a savepoint.
        let answer = conn.transaction(|conn| sqlite::answer(conn, caller, ask));
        done.push((answer, sender));
    }
    AnsiTransactionManager::commit_transaction(conn)?;
    for (answer, sender) in done {
        let _ = sender.send(answer);
    }
    Ok(())
}

impl Server for Direct {
    async fn answer(&self, caller: Caller, ask: Ask) -> QueryResult<Answer> {
        if !matches!(ask, Ask::SignUp(_)) {
            return here(&self.path, |conn| sqlite::answer(conn, caller, ask));
        }
        let (sender, answer) = oneshot::channel();
        let gone = |error: &str| Error::QueryBuilderError(error.to_owned().into());
        self.writer
            .try_send((caller, ask, sender))
            .map_err(|error| gone(&error.to_string()))?;
        answer.await.unwrap_or_else(|_| Err(gone("the writer has gone")))
    }
}
