//! SQLite: reads on the thread that asks, writes by one thread with group commit.
//!
//! A commit costs a write to the disk that is waited for (`synchronous=FULL`). The writer takes all
//! jobs that wait, runs each in a savepoint of its own, commits once and only then answers them, so
//! that durability costs a share of a disk write instead of a whole one.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use diesel::{
    Connection, QueryableByName, RunQueryDsl as _, SqliteConnection,
    connection::{SimpleConnection, TransactionManager},
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_query, sql_types,
};
use prometheus::Histogram;

use super::{
    Changes, Conn, triggers,
    work::{Answer, Finish, Job, Ran},
};
use crate::{
    error::{Error, Result},
    metrics::histogram,
    queue::{Depth, Queue, Taken, Work},
};

/// Jobs that may wait for the writer before callers are told to come back later.
const QUEUE: usize = 4096;
/// How long the first of them may have waited before callers are told so.
const PATIENCE: Duration = Duration::from_secs(2);
/// Jobs in one commit.
const GROUP: usize = 256;
/// What one read or one write may take: both are in others' way, a read on a thread that answers, a write on the
/// only thread that writes.
const TIME_LIMIT: Duration = Duration::from_secs(10);
const FOR_READING: &str = "PRAGMA query_only=ON; PRAGMA mmap_size=268435456;";
const FOR_WRITING: &str = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=10;";
/// How long another process is waited for that writes.
const PATIENCE_WITH_OTHERS: Duration = Duration::from_secs(5);
/// How often the writer looks whether another process, such as a command beside the server, has committed.
const LOOK_AROUND: Duration = Duration::from_millis(10);

pub struct Sqlite {
    key: u64,
    path: PathBuf,
    pub changes: Arc<Changes>,
    /// Writes in one commit.
    pub group_sizes: Histogram,
    writer: Queue<Job>,
}

thread_local! {
    /// This thread's read-only connections, by the database they belong to.
    static READERS: RefCell<Vec<(u64, Conn)>> = const { RefCell::new(Vec::new()) };
}

static NEXT_KEY: AtomicU64 = AtomicU64::new(1);

impl Sqlite {
    pub fn open(path: &Path) -> Result<Self, String> {
        let sizes = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
        let group_sizes = histogram("database_commit_writes", "Writes in one commit.", &sizes)?;
        let changes = Arc::new(Changes::default());
        let mut writer = Writer {
            path: path.into(),
            conn: Some(Conn::Sqlite(connect(path, FOR_WRITING)?)),
            notes: false,
            seen: None,
            changes: changes.clone(),
            group_sizes: group_sizes.clone(),
        };
        let (queue, jobs) = Queue::new(QUEUE, PATIENCE);
        std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || writer.serve(&jobs))
            .map_err(|error| format!("cannot start the database writer: {error}"))?;
        Ok(Self {
            key: NEXT_KEY.fetch_add(1, Ordering::Relaxed),
            path: path.into(),
            changes,
            group_sizes,
            writer: queue,
        })
    }

    /// Brings what the log has into the file.
    ///
    /// # Errors
    /// A sentence, if the file cannot be opened or somebody still reads.
    pub fn empty_log(&self) -> Result<(), String> {
        let mut conn = connect(&self.path, FOR_WRITING)?;
        conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE);")
            .map_err(|error| error.to_string())
    }

    pub fn read<T>(&self, read: impl Fn(&mut Conn) -> Result<T>) -> Result<T> {
        READERS.with_borrow_mut(|readers| {
            let place = match readers.iter().position(|(key, _)| *key == self.key) {
                Some(place) => place,
                None => {
                    // A thread serves one database, or in tests one after the other.
                    readers.clear();
                    let conn = connect(&self.path, FOR_READING);
                    readers.push((
                        self.key,
                        Conn::Sqlite(conn.map_err(|error| Error::unavailable(error, 1))?),
                    ));
                    0
                }
            };
            let Some((_, conn)) = readers.get_mut(place) else {
                return Err(Error::internal("a reader was lost"));
            };
            Begin::say(conn)?;
            // Whatever the closure does, the snapshot must be let go of.
            let ran = catch_unwind(AssertUnwindSafe(|| sqlite_settings::limited(TIME_LIMIT, || read(conn))));
            if RollBack::say(conn).is_err() {
                readers.clear();
            }
            ran.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    pub fn submit<T, F>(&self, write: F) -> Result<Answer<T>>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (job, answer) = Job::new(write);
        self.writer.submit(job)?;
        Ok(answer)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Jobs that wait for the writer.
    pub fn depth(&self) -> Depth {
        self.writer.depth()
    }

    /// Reads the whole file.
    ///
    /// # Errors
    /// What is wrong with it, or why it could not be read.
    pub fn check(path: &Path) -> Result<()> {
        let conn = SqliteConnection::establish(&path.to_string_lossy());
        let mut conn = conn.map_err(|error| Error::unavailable(error, 1))?;
        let told: Told =
            sql_query("SELECT quick_check AS told FROM pragma_quick_check LIMIT 1").get_result(&mut conn)?;
        match told.told.as_str() {
            "ok" => Ok(()),
            damage => Err(Error::damaged(damage)),
        }
    }
}

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = sql_types::Text)]
    told: String,
}

/// A word to the transaction, prepared once. Through diesel's transactions it would be parsed each time.
struct Word<const WHICH: usize>;

type Begin = Word<0>;
type RollBack = Word<1>;
/// Around one of the jobs that are committed together.
type BeginJob = Word<2>;
type EndJob = Word<3>;
type UndoJob = Word<4>;

impl<const WHICH: usize> Word<WHICH> {
    const SQL: &str = match WHICH {
        0 => "BEGIN",
        1 => "ROLLBACK",
        2 => "SAVEPOINT job",
        3 => "RELEASE job",
        _ => "ROLLBACK TO job",
    };

    fn say(conn: &mut Conn) -> diesel::QueryResult<usize> {
        match conn {
            Conn::Sqlite(conn) => conn.execute_returning_count(&Self),
            Conn::Postgres(_) => Ok(0),
        }
    }
}

impl<const WHICH: usize> QueryId for Word<WHICH> {
    type QueryId = Self;
}

impl<const WHICH: usize> QueryFragment<diesel::sqlite::Sqlite> for Word<WHICH> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::sqlite::Sqlite>) -> diesel::QueryResult<()> {
        out.push_sql(Self::SQL);
        Ok(())
    }
}

fn connect(path: &Path, pragmas: &str) -> Result<SqliteConnection, String> {
    let mut conn = SqliteConnection::establish(&path.to_string_lossy())
        .map_err(|error| format!("cannot open the database {}: {error}", path.display()))?;
    conn.batch_execute(
        "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;",
    )
    .and_then(|()| conn.batch_execute(pragmas))
    .map_err(|error| format!("cannot set up the database {}: {error}", path.display()))?;
    Ok(conn)
}

/// The thread that writes.
struct Writer {
    path: PathBuf,
    conn: Option<Conn>,
    /// Whether the connection notes what it changes.
    notes: bool,
    /// `PRAGMA data_version` as it was: another value says that another process has committed.
    seen: Option<i64>,
    changes: Arc<Changes>,
    group_sizes: Histogram,
}

impl Writer {
    fn serve(&mut self, jobs: &Work<Job>) {
        loop {
            match jobs.take_within(LOOK_AROUND) {
                Taken::Work(first) => {
                    // Jobs catch their own panics; one of the driver's must not end the only thread that writes.
                    let written = catch_unwind(AssertUnwindSafe(|| self.write_group(first, jobs)));
                    if written.is_err() {
                        self.seen = None;
                        self.changes.committed_elsewhere();
                    }
                }
                Taken::Nothing => {
                    if let Ok(mut conn) = self.connection() {
                        self.look_around(&mut conn);
                        self.conn = Some(conn);
                    }
                }
                Taken::NothingMore => return,
            }
        }
    }

    /// Where changes are noted, notices what other processes have committed.
    fn look_around(&mut self, conn: &mut Conn) {
        let seen = self.notes.then(|| data_version(conn)).flatten();
        if seen.is_none() || seen != self.seen {
            self.changes.committed_elsewhere();
            self.seen = seen;
        }
    }

    /// The connection that was kept, or a new one; it notes what it changes if that was asked for.
    fn connection(&mut self) -> Result<Conn, String> {
        let mut conn = match self.conn.take() {
            Some(conn) => conn,
            None => {
                self.notes = false;
                Conn::Sqlite(connect(&self.path, FOR_WRITING)?)
            }
        };
        if let Conn::Sqlite(sqlite) = &mut conn
            && !self.notes
            && self.changes.is_asked_for()
        {
            triggers::install(sqlite).map_err(|error| format!("changes of the database cannot be noted: {error}"))?;
            self.notes = true;
            self.changes.begin();
        }
        Ok(conn)
    }

    /// Runs the jobs that wait and commits them together; keeps the connection if it is still good.
    fn write_group(&mut self, first: Job, jobs: &Work<Job>) {
        let mut conn = match self.connection() {
            Ok(conn) => conn,
            Err(error) => return first.give_up(Error::unavailable(error, 2)),
        };
        // Another process, a command say, may hold the file for a moment. What it commits is noticed while it is waited for.
        let began = Instant::now();
        while let Err(error) = conn.begin("BEGIN IMMEDIATE") {
            if began.elapsed() > PATIENCE_WITH_OTHERS || !error.to_string().contains("locked") {
                return first.give_up(error);
            }
            self.look_around(&mut conn);
        }
        self.look_around(&mut conn);
        let mut finishes = Vec::new();
        let mut lost = None;
        let waiting = std::iter::from_fn(|| jobs.take_next());
        for job in std::iter::once(first).chain(waiting).take(GROUP) {
            let (finish, closed) = run_in_savepoint(&mut conn, job);
            finishes.push(finish);
            if let Err(error) = closed {
                // An interrupted write and a full disk undo the whole transaction, the savepoints of others too.
                lost = Some(error.to_string());
                break;
            }
        }
        let committed = match &lost {
            None => commit(&mut conn),
            Some(error) => Err(error.clone()),
        };
        self.group_sizes
            .observe(f64::from(u32::try_from(finishes.len()).unwrap_or(u32::MAX)));
        // Whatever the error, the commit may have counted.
        self.changes.committed(triggers::take_changed().into_iter());
        for finish in finishes {
            finish(committed.clone().map_err(|cause| Error::unavailable(cause, 5)));
        }
        // What was noted of a connection means nothing to the next.
        match committed {
            Ok(()) => self.conn = Some(conn),
            Err(_) => self.seen = None,
        }
    }
}

fn data_version(conn: &mut Conn) -> Option<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = sql_types::BigInt)]
        data_version: i64,
    }
    let Conn::Sqlite(conn) = conn else { return None };
    let row = sql_query("PRAGMA data_version").get_result::<Row>(conn);
    row.ok().map(|row| row.data_version)
}

/// Runs a job; its own changes are undone if it fails. Whether the savepoint could be closed: if not, nothing of
/// the transaction may count.
fn run_in_savepoint(conn: &mut Conn, mut job: Job) -> (Finish, diesel::QueryResult<usize>) {
    if let Err(error) = BeginJob::say(conn) {
        let message = error.to_string();
        let finish: Finish = Box::new(move |_| job.give_up(Error::unavailable(message, 5)));
        return (finish, Err(error));
    }
    let Ran { failed, finish } = sqlite_settings::limited(TIME_LIMIT, || job.run(conn));
    let undone = match failed {
        None => Ok(0),
        Some(_) => UndoJob::say(conn),
    };
    (finish, undone.and_then(|_| EndJob::say(conn)))
}

fn commit(conn: &mut Conn) -> Result<(), String> {
    type Manager = <Conn as Connection>::TransactionManager;
    Manager::commit_transaction(conn).map_err(|error| {
        // A full disk leaves the transaction open or already rolled back; either way start clean.
        let _ = roll_back(conn);
        error.to_string()
    })
}

fn roll_back(conn: &mut Conn) -> diesel::QueryResult<()> {
    type Manager = <Conn as Connection>::TransactionManager;
    Manager::rollback_transaction(conn)
}
