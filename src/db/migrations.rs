//! The schema's history, embedded: one tree a database, with equal names.

use std::{
    collections::BTreeSet,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use diesel::{
    Connection, ConnectionError, ConnectionResult, PgConnection, QueryResult, QueryableByName, RunQueryDsl as _,
    SqliteConnection, connection::SimpleConnection, migration::MigrationSource, sql_types::Text, sqlite::Sqlite,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{clocks, url::Url};
use crate::error::Trouble;

/// SQLite's tree.
pub const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
/// PostgreSQL's tree.
pub const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Any number, as long as nobody else on the server uses it: the lock that one migrating process holds.
const MIGRATION_LOCK: i64 = 7_309_475_934;

/// How long a process waits for another that migrates the same SQLite file.
const PATIENCE: Duration = Duration::from_secs(30);

/// Brings the schema up to date; several processes may try at once. Returns how many steps it took.
///
/// # Errors
/// A sentence that says which step failed, or that the database cannot be reached.
pub fn run(url: &Url) -> Result<usize, String> {
    let done = match url {
        Url::Sqlite(path) => migrate_sqlite(path),
        Url::Postgres(url) => migrate_postgres(url),
    };
    done.map_err(|error| match Trouble::told(&error) {
        Some(Trouble::Damaged) => format!("{error}; put back a backup with `peerled restore FILE --overwrite`"),
        _ => error,
    })
}

/// Whether a database with these steps behind it is up to date; if not, this version can bring it there.
///
/// # Errors
/// A sentence, if a step is of a later version, or there is none.
pub fn check_known<'a>(steps: impl Iterator<Item = &'a str>) -> Result<bool, String> {
    // Both trees have equal names.
    let known = MigrationSource::<Sqlite>::migrations(&SQLITE).map_err(|error| error.to_string())?;
    let known: BTreeSet<String> = known.iter().map(|step| step.name().version().to_string()).collect();
    let done: BTreeSet<String> = steps.map(Into::into).collect();
    match done.difference(&known).next() {
        Some(step) => Err(format!(
            "the database is of a later version of peerled, which took the step {step}; use that version"
        )),
        None if done.is_empty() => Err("this is no database of peerled".into()),
        None => Ok(done == known),
    }
}

#[expect(clippy::disallowed_methods, reason = "migrations run before there is a Db")]
fn migrate_sqlite(path: &Path) -> Result<usize, String> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        crate::files::private_folder(folder)
            .map_err(|error| format!("cannot make the folder {}: {error}", folder.display()))?;
    }
    make_private(path).map_err(|error| format!("cannot make the database {}: {error}", path.display()))?;
    let mut conn = open_sqlite(&path.to_string_lossy())
        .map_err(|error| format!("cannot open the database {}: {error}", path.display()))?;
    // A step that changes a table makes it anew, and dropping the old one must not take along what refers to it.
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout={}; PRAGMA foreign_keys=OFF",
        PATIENCE.as_millis()
    ))
    .and_then(|()| keep_a_write_ahead_log(&mut conn))
    .map_err(|error| format!("cannot open the database {}: {error}", path.display()))?;
    conn.exclusive_transaction(|conn| {
        let done = conn
            .run_pending_migrations(SQLITE)
            .map_err(|error| Failed(error.to_string()))?
            .len();
        if done == 0 {
            return Ok(0);
        }
        let broken: Vec<Broken> =
            diesel::sql_query("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check").load(conn)?;
        match broken.first() {
            Some(Broken { table }) => Err(Failed(format!("rows of {table} refer to what is not there"))),
            None => Ok(done),
        }
    })
    .map_err(|Failed(error)| not_migrated(&format!("the database {}", path.display()), &error))
}

/// A connection that can take the steps: some ask what clocks show.
///
/// # Errors
/// What keeps it from opening.
pub fn open_sqlite(path: &str) -> ConnectionResult<SqliteConnection> {
    let mut conn = SqliteConnection::establish(path)?;
    clocks::install(&mut conn).map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// The steps are taken all together or not at all.
fn not_migrated(database: &str, error: &str) -> String {
    format!(
        "{database} could not be migrated: {error}. Nothing was changed: the version of peerled that used it before \
         still can; keep that one until the cause is gone"
    )
}

/// Makes the file for its owner alone, if it is not there; SQLite gives its log the same permissions. A file that
/// is there keeps what whoever runs the service gave it, with a warning if others may read it.
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
    let made = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match made {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    if std::fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        tracing::warn!(database = %path.display(), "others than its owner may read the database; run chmod 600 on it");
    }
    Ok(())
}

/// SQLite does not wait out its busy time-out for this one statement where several ask at once: the
/// conversion goes from a shared to an exclusive lock, and two that wait for each other would wait for
/// ever. So whoever is refused lets go and asks again. The file stays converted.
fn keep_a_write_ahead_log(conn: &mut SqliteConnection) -> QueryResult<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match conn.batch_execute("PRAGMA journal_mode=WAL") {
            Err(error) if error.to_string().contains("database is locked") && Instant::now() < deadline => {
                thread::sleep(Duration::from_millis(10));
            }
            done => return done,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "migrations run before there is a Db")]
fn migrate_postgres(url: &str) -> Result<usize, String> {
    let mut conn = PgConnection::establish(url).map_err(|error| format!("cannot reach PostgreSQL: {error}"))?;
    conn.batch_execute(&format!(
        "SET client_min_messages = 'warning'; SELECT pg_advisory_lock({MIGRATION_LOCK})"
    ))
    .map_err(|error| format!("cannot take the migration lock: {error}"))?;
    // The lock goes with the connection.
    let done = conn.transaction(|conn| {
        let done = conn.run_pending_migrations(POSTGRES);
        done.map(|done| done.len()).map_err(|error| Failed(error.to_string()))
    });
    done.map_err(|Failed(error)| not_migrated("PostgreSQL", &error))
}

/// A table with a row that refers to nothing.
#[derive(QueryableByName)]
struct Broken {
    #[diesel(sql_type = Text)]
    table: String,
}

struct Failed(String);

impl From<diesel::result::Error> for Failed {
    fn from(error: diesel::result::Error) -> Self {
        Self(error.to_string())
    }
}
