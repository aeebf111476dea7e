//! One connection type for both engines.

use diesel::{Connection, PgConnection, SqliteConnection, connection::AnsiTransactionManager};

use crate::error::Error;

/// A connection to either database. Queries are written once and run on both.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// The embedded database.
    Sqlite(SqliteConnection),
    /// A server that several processes share.
    Postgres(PgConnection),
}

impl Conn {
    /// Begins the outermost transaction with the engine's own words for it.
    pub(super) fn begin(&mut self, sql: &str) -> Result<(), Error> {
        match self {
            Conn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, sql)?,
            Conn::Postgres(conn) => AnsiTransactionManager::begin_transaction_sql(conn, sql)?,
        }
        Ok(())
    }

    /// Runs `attempt` in a savepoint: if it fails, what it did is undone and the transaction around
    /// it goes on. PostgreSQL needs this around whatever may violate a constraint.
    ///
    /// # Errors
    /// What `attempt` returns.
    #[expect(
        clippy::disallowed_methods,
        reason = "inside the one transaction that Db began, this is a savepoint"
    )]
    pub fn savepoint<T, E>(&mut self, attempt: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
    where
        E: From<diesel::result::Error>,
    {
        self.transaction(attempt)
    }
}

/// The constraint that a statement violated, under the name PostgreSQL gives it by default
/// (`people_email_key`); SQLite tells the columns, which make the same name.
pub fn violated(error: &diesel::result::Error) -> Option<String> {
    use diesel::result::{DatabaseErrorKind, Error as Diesel};
    let Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, info) = error else {
        return None;
    };
    if let Some(name) = info.constraint_name() {
        return Some(name.into());
    }
    let message = info.message();
    if let Some(index) = message.strip_prefix("UNIQUE constraint failed: index '") {
        return Some(index.trim_end_matches('\'').into());
    }
    let columns = message.strip_prefix("UNIQUE constraint failed: ")?;
    let table = columns.split('.').next()?;
    let names: Vec<&str> = columns
        .split(", ")
        .filter_map(|column| column.split('.').nth(1))
        .collect();
    Some(format!("{table}_{}_key", names.join("_")))
}
