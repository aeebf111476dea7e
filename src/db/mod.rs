//! The two databases behind one door.
//!
//! [`Db::read`] gives a closure one consistent snapshot, [`Db::write`] one serialisable transaction;
//! neither tells its caller which engine is behind it. On SQLite reads run where they are asked, on
//! a connection that the thread keeps, and writes queue for the one writer, which commits them in
//! groups. On PostgreSQL both go to a bounded set of threads that own their connections.

pub mod backup;
mod changes;
mod clocks;
mod conn;
pub mod dialect;
pub mod migrations;
mod postgres;
mod sqlite;
mod triggers;
mod url;
mod work;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

pub use ::schema;
pub use changes::{Changes, Moment};
pub use conn::Conn;
use prometheus::core::Collector;
pub use url::Url;

use crate::{
    error::{Error, Result, Trouble},
    primitives::Id,
    queue::Depth,
};

/// For how long it counts that the database could be read and written, or not.
const PROBE: Duration = Duration::from_secs(1);

/// How many rows of a table are swept away in one write, which others wait for.
pub const SWEPT: i64 = 500;

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Open>);

struct Open {
    engine: Engine,
    /// Whether it was found damaged. Nothing is read from it or written to it any more: what is written to a damaged
    /// file is lost with it, and what is read may be wrong.
    is_damaged: AtomicBool,
    probed: tokio::sync::Mutex<Option<(Instant, Result<()>)>>,
}

enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Db {
    /// Opens the database, brings its schema up to date and takes a node number for ids.
    ///
    /// # Errors
    /// A sentence for whoever starts the process: unreachable, not writable, migration failed.
    pub fn open(url: &Url) -> Result<Self, String> {
        sqlite_settings::install();
        migrations::run(url)?;
        let engine = match url {
            Url::Sqlite(path) => Engine::Sqlite(sqlite::Sqlite::open(path)?),
            Url::Postgres(url) => Engine::Postgres(postgres::Postgres::open(url)?),
        };
        let db = Self(Arc::new(Open {
            engine,
            is_damaged: AtomicBool::new(false),
            probed: tokio::sync::Mutex::default(),
        }));
        let node = db.write_blocking(take_node).map_err(|error| error.to_string())?;
        Id::set_node(node);
        Ok(db)
    }

    /// Opens a database that is there already: a command that only looks must not leave a new one
    /// behind where somebody mistyped a path.
    ///
    /// # Errors
    /// A sentence, as of [`Db::open`].
    pub fn open_existing(url: &Url) -> Result<Self, String> {
        match url {
            Url::Sqlite(path) if !path.exists() => Err(format!(
                "there is no database at {}; name the right one with --database-url, or make it with `peerled migrate`",
                path.display()
            )),
            _ => Self::open(url),
        }
    }

    /// Whether more processes than this one may write.
    pub fn is_shared(&self) -> bool {
        matches!(self.0.engine, Engine::Postgres(_))
    }

    /// Begins to note what is committed, for whoever keeps what was read.
    pub fn note_changes(&self) {
        if let Engine::Sqlite(sqlite) = &self.0.engine {
            sqlite.changes.ask_for();
        }
    }

    /// What was committed since when. None while it is not noted, and where any number of processes write: nothing that
    /// was read may be kept then.
    pub fn changes(&self) -> Option<&Changes> {
        match &self.0.engine {
            Engine::Sqlite(sqlite) => sqlite.changes.is_noted().then_some(&*sqlite.changes),
            Engine::Postgres(_) => None,
        }
    }

    /// Runs `read` on one snapshot of the data.
    ///
    /// # Errors
    /// What `read` returns; `503` if the database cannot be reached or is too busy.
    pub async fn read<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.assert_sound()?;
        self.watched(match &self.0.engine {
            Engine::Sqlite(sqlite) => sqlite.read(read),
            Engine::Postgres(postgres) => answer(postgres.submit(postgres::READ, read)?.await),
        })
    }

    /// Runs `write` in one serialisable transaction; it may run more than once before it counts.
    /// Returns after the commit is durable. An `Err` rolls everything back.
    ///
    /// # Errors
    /// What `write` returns; `503` if the database cannot be reached, is too busy, or its disk is full.
    pub async fn write<T, F>(&self, write: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.watched(answer(self.submit(postgres::WRITE, write)?.await))
    }

    /// Runs `count`, which counts in one row and rests on nothing else. On PostgreSQL those who count in the same row wait for one
    /// another, instead of being tried again and keeping other writes waiting.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn count<T, F>(&self, count: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.watched(answer(self.submit(postgres::COUNT, count)?.await))
    }

    /// [`Db::read`] for a thread that may wait, such as the command line's.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_blocking<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.assert_sound()?;
        self.watched(match &self.0.engine {
            Engine::Sqlite(sqlite) => sqlite.read(read),
            Engine::Postgres(postgres) => answer(postgres.submit(postgres::READ, read)?.blocking_recv()),
        })
    }

    /// [`Db::write`] for a thread that may wait.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_blocking<T, F>(&self, write: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.watched(answer(self.submit(postgres::WRITE, write)?.blocking_recv()))
    }

    /// Whether the database can be read and written; asked at most once a second, however often it is called.
    ///
    /// # Errors
    /// `503` with what is wrong.
    pub async fn probe(&self) -> Result<()> {
        self.assert_sound()?;
        let mut probed = self.0.probed.lock().await;
        if let Some((at, found)) = &*probed
            && at.elapsed() < PROBE
        {
            return found.clone();
        }
        let found = self.write(write_what_is_there).await;
        *probed = Some((Instant::now(), found.clone()));
        found
    }

    /// Reads an SQLite file as a whole, which takes a while, on a thread of its own; PostgreSQL checks its pages itself.
    /// A database that is damaged is not used any more.
    pub async fn check(&self) {
        let Engine::Sqlite(sqlite) = &self.0.engine else {
            return;
        };
        let path = sqlite.path().to_owned();
        let (sender, receiver) = tokio::sync::oneshot::channel();
        // Whoever stops the service does not wait for it.
        std::thread::spawn(move || {
            // It takes long, and nobody waits for it. On Linux this is of the thread alone.
            #[cfg(target_os = "linux")]
            let _ = rustix::process::nice(19);
            sender.send(sqlite::Sqlite::check(&path))
        });
        if let Ok(checked) = receiver.await
            && let Err(error) = self.watched(checked)
        {
            tracing::warn!(%error, "the database was not found in order");
        }
    }

    /// At the end: brings what SQLite has in its log into the file, which is all there is then.
    pub fn tidy_up(&self) {
        if let Engine::Sqlite(sqlite) = &self.0.engine
            && let Err(error) = sqlite.empty_log()
        {
            tracing::warn!(
                error,
                "part of the database is left in the file that ends in -wal; keep the two together"
            );
        }
    }

    /// What it counts.
    pub fn counted(&self) -> Vec<Box<dyn Collector>> {
        match &self.0.engine {
            Engine::Sqlite(sqlite) => vec![Box::new(sqlite.group_sizes.clone())],
            Engine::Postgres(postgres) => vec![Box::new(postgres.busy.clone()), Box::new(postgres.retries.clone())],
        }
    }

    /// What waits for the database.
    pub fn depth(&self) -> Depth {
        match &self.0.engine {
            Engine::Sqlite(sqlite) => sqlite.depth(),
            Engine::Postgres(postgres) => postgres.depth(),
        }
    }

    fn assert_sound(&self) -> Result<()> {
        match self.0.is_damaged.load(Ordering::Relaxed) {
            true => Err(Error::damaged("it was found damaged before")),
            false => Ok(()),
        }
    }

    fn watched<T>(&self, result: Result<T>) -> Result<T> {
        if let Err(error) = &result
            && error.trouble() == Some(Trouble::Damaged)
        {
            self.note_damage(error.cause().unwrap_or_default());
        }
        result
    }

    fn note_damage(&self, cause: &str) {
        if !self.0.is_damaged.swap(true, Ordering::Relaxed) {
            // Nor is what was read from it earlier.
            if let Some(changes) = self.changes() {
                changes.committed_elsewhere();
            }
            tracing::error!(
                cause,
                "the database is damaged and is not used any more; stop the service and put back a backup: \
                 peerled restore FILE --overwrite"
            );
        }
    }

    /// A write, which PostgreSQL begins so.
    fn submit<T, F>(&self, begin: &'static str, write: F) -> Result<work::Answer<T>>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.assert_sound()?;
        match &self.0.engine {
            Engine::Sqlite(sqlite) => sqlite.submit(write),
            Engine::Postgres(postgres) => postgres.submit(begin, write),
        }
    }
}

fn answer<T>(received: Result<Result<T>, tokio::sync::oneshot::error::RecvError>) -> Result<T> {
    received.unwrap_or_else(|_| Err(Error::uncertain("the database thread lost the work")))
}

/// A write that changes nothing, and reaches the disk all the same.
fn write_what_is_there(conn: &mut Conn) -> Result<()> {
    use diesel::prelude::*;
    use schema::id_nodes;

    diesel::update(id_nodes::table)
        .set(id_nodes::next.eq(id_nodes::next))
        .execute(conn)?;
    Ok(())
}

/// Each process that opens the database gets the next node number, see [`Id`].
fn take_node(conn: &mut Conn) -> Result<i32> {
    use diesel::prelude::*;
    use schema::id_nodes;

    let node: i32 = id_nodes::table.select(id_nodes::next).first(conn)?;
    let next = (node + 1) % crate::primitives::id::NODES;
    diesel::update(id_nodes::table)
        .set(id_nodes::next.eq(next))
        .execute(conn)?;
    Ok(node)
}
