//! A database a test: copied from one that was migrated once.

use std::{
    path::{Path, PathBuf},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use diesel::{Connection, PgConnection, RunQueryDsl as _, connection::SimpleConnection};
use peerled::{db, programmes};

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

impl Backend {
    /// PostgreSQL, if there is a server to test on.
    ///
    /// # Panics
    /// If there must be one and is not.
    #[expect(
        clippy::disallowed_methods,
        reason = "which databases to test is no setting of the service"
    )]
    pub fn postgres() -> Option<Self> {
        if admin_url().is_some() {
            return Some(Self::Postgres);
        }
        let required = std::env::var_os("PEERLED_TEST_REQUIRE_POSTGRES").is_some();
        assert!(
            !required,
            "PEERLED_TEST_REQUIRE_POSTGRES is set, but PEERLED_TEST_POSTGRES_URL is not"
        );
        None
    }
}

/// A copy of the migrated database; dropped with the test. PostgreSQL 15 and later would write each page to its log.
pub struct Database {
    pub url: String,
    postgres: Option<String>,
}

static NEXT: AtomicU32 = AtomicU32::new(0);

impl Database {
    pub fn copy(backend: Backend, folder: &Path) -> Self {
        match backend {
            Backend::Sqlite => {
                let path = folder.join("peerled.db");
                std::fs::copy(&*SQLITE, &path).unwrap();
                Self {
                    url: format!("sqlite://{}", path.display()),
                    postgres: None,
                }
            }
            Backend::Postgres => {
                // Two copies at once of one template are refused: one after the other.
                let template = POSTGRES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                Self::new_postgres(&template)
            }
        }
    }
}

impl Database {
    /// A database without anything in it.
    pub fn empty(backend: Backend, folder: &Path) -> Self {
        match backend {
            Backend::Sqlite => Self {
                url: format!("sqlite://{}", folder.join("empty.db").display()),
                postgres: None,
            },
            Backend::Postgres => Self::new_postgres(""),
        }
    }

    /// A copy of this one, to which nobody is connected.
    pub fn copied(&self, folder: &Path) -> Self {
        match &self.postgres {
            Some(name) => Self::new_postgres(&format!("TEMPLATE {name}")),
            None => {
                let path = folder.join("copy.db");
                std::fs::copy(self.url.trim_start_matches("sqlite://"), &path).unwrap();
                Self {
                    url: format!("sqlite://{}", path.display()),
                    postgres: None,
                }
            }
        }
    }

    fn new_postgres(from: &str) -> Self {
        let name = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        admin(&format!("CREATE DATABASE {name} {from}"));
        Self {
            url: sibling(&name),
            postgres: Some(name),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(name) = &self.postgres {
            admin(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

static SQLITE: LazyLock<PathBuf> = LazyLock::new(|| {
    let path = std::env::temp_dir()
        .join(format!("peerled-template-{}", std::process::id()))
        .join("template.db");
    prepare(&format!("sqlite://{}", path.display()));
    path
});

/// What a copy is made from, as `CREATE DATABASE` has it.
static POSTGRES: LazyLock<std::sync::Mutex<String>> = LazyLock::new(|| {
    let name = format!("template_{}", std::process::id());
    admin(&format!("CREATE DATABASE {name}"));
    prepare(&sibling(&name));
    admin(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()"
    ));
    let version = diesel::dsl::sql::<diesel::sql_types::Integer>("current_setting('server_version_num')::int");
    let mut conn = PgConnection::establish(&admin_url().unwrap()).unwrap();
    let version: i32 = diesel::select(version).get_result(&mut conn).unwrap();
    let strategy = if version >= 150_000 { "STRATEGY FILE_COPY" } else { "" };
    std::sync::Mutex::new(format!("TEMPLATE {name} {strategy}"))
});

fn prepare(url: &str) {
    let db = db::Db::open(&db::Url::parse(url).unwrap()).unwrap();
    db.write_blocking(programmes::fill_library).unwrap();
    if let Some(path) = url.strip_prefix("sqlite://") {
        // Into the file itself, so that a copy of the file is a copy of the data.
        let mut conn = diesel::SqliteConnection::establish(path).unwrap();
        conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "which databases to test is no setting of the service"
)]
fn admin_url() -> Option<String> {
    std::env::var("PEERLED_TEST_POSTGRES_URL")
        .ok()
        .filter(|url| !url.is_empty())
}

fn admin(sql: &str) {
    PgConnection::establish(&admin_url().unwrap())
        .unwrap()
        .batch_execute(sql)
        .unwrap();
}

fn sibling(name: &str) -> String {
    let url = admin_url().unwrap();
    let (server, _) = url.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}
