//! The schema's history, embedded: one tree a database, with equal names.

use std::path::Path;

use diesel::{Connection, PgConnection, SqliteConnection, connection::SimpleConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::Url;

/// SQLite's tree.
pub const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
/// PostgreSQL's tree.
pub const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Any number, as long as nobody else on the server uses it: the lock that one migrating process holds.
const MIGRATION_LOCK: i64 = 7_309_475_934;

/// Brings the schema up to date; several processes may try at once. Returns how many steps it took.
///
/// # Errors
/// A sentence that says which step failed, or that the database cannot be reached.
pub fn run(url: &Url) -> Result<usize, String> {
    match url {
        Url::Sqlite(path) => migrate_sqlite(path),
        Url::Postgres(url) => migrate_postgres(url),
    }
}

#[expect(clippy::disallowed_methods, reason = "migrations run before there is a Db")]
fn migrate_sqlite(path: &Path) -> Result<usize, String> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        crate::config::private_folder(folder)
            .map_err(|error| format!("cannot make the folder {}: {error}", folder.display()))?;
    }
    let mut conn = SqliteConnection::establish(&path.to_string_lossy())
        .map_err(|error| format!("cannot open the database {}: {error}", path.display()))?;
    conn.batch_execute("PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL;")
        .map_err(|error| format!("cannot open the database {}: {error}", path.display()))?;
    conn.exclusive_transaction(|conn| {
        let done = conn
            .run_pending_migrations(SQLITE)
            .map_err(|error| Failed(error.to_string()))?;
        Ok::<_, Failed>(done.len())
    })
    .map_err(|Failed(error)| format!("the database {} could not be migrated: {error}", path.display()))
}

fn migrate_postgres(url: &str) -> Result<usize, String> {
    let mut conn = PgConnection::establish(url).map_err(|error| format!("cannot reach PostgreSQL: {error}"))?;
    conn.batch_execute(&format!(
        "SET client_min_messages = 'warning'; SELECT pg_advisory_lock({MIGRATION_LOCK})"
    ))
    .map_err(|error| format!("cannot take the migration lock: {error}"))?;
    // The lock goes with the connection.
    let done = conn
        .run_pending_migrations(POSTGRES)
        .map_err(|error| format!("PostgreSQL could not be migrated: {error}"))?;
    Ok(done.len())
}

struct Failed(String);

impl From<diesel::result::Error> for Failed {
    fn from(error: diesel::result::Error) -> Self {
        Self(error.to_string())
    }
}
