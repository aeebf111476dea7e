//! As usually written: `web::block`, a pool of connections, and one transaction for each write.

use std::path::{Path, PathBuf};

use crate::statements::{Answer, Ask, Caller, sqlite};
use actix_web::web;
use diesel::{QueryResult, SqliteConnection, connection::SimpleConnection as _, result::Error};

use super::{direct::connect, http::Server};

/// Connections of the pool, r2d2's default.
const CONNECTIONS: u32 = 10;

struct Manager(PathBuf);

impl r2d2::ManageConnection for Manager {
    type Connection = SqliteConnection;
    type Error = Error;

    fn connect(&self) -> QueryResult<SqliteConnection> {
        connect(&self.0)
    }

    fn is_valid(&self, conn: &mut SqliteConnection) -> QueryResult<()> {
        conn.batch_execute("SELECT 1")
    }

    fn has_broken(&self, _: &mut SqliteConnection) -> bool {
        false
    }
}

#[derive(Clone)]
pub struct Usual(r2d2::Pool<Manager>);

impl Usual {
    pub fn open(path: &Path) -> Result<Self, String> {
        let pool = r2d2::Pool::builder()
            .max_size(CONNECTIONS)
            .build(Manager(path.to_owned()));
        pool.map(Self).map_err(|error| error.to_string())
    }
}

impl Server for Usual {
    #[expect(clippy::disallowed_methods, reason = "a program without the server's Db")]
    async fn answer(&self, caller: Caller, ask: Ask) -> QueryResult<Answer> {
        let pool = self.0.clone();
        let done = web::block(move || {
            let mut conn = pool
                .get()
                .map_err(|error| Error::QueryBuilderError(error.to_string().into()))?;
            match ask {
                Ask::SignUp(_) => conn.immediate_transaction(|conn| sqlite::answer(conn, caller, ask)),
                _ => sqlite::answer(&mut conn, caller, ask),
            }
        });
        done.await
            .unwrap_or_else(|error| Err(Error::QueryBuilderError(error.to_string().into())))
    }
}
