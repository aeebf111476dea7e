//! `VACUUM INTO`: one read transaction, beside which the writer goes on, and a file without holes. SQLite's other way,
//! the backup API, begins again whenever another process writes.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use diesel::{
    Connection, QueryableByName, RunQueryDsl as _, SqliteConnection, connection::SimpleConnection as _, sql_query,
    sql_types::Text,
};
use rustix::fs::{FlockOperation, fcntl_lock};

use super::files::{is_not_empty, temporary_beside};
use crate::db::{Url, migrations};

/// Copies the database at `path` into the empty file `into`, and reads the copy. Whether it is up to date.
pub fn copy(path: &Path, into: &Path) -> Result<bool, String> {
    if !path.exists() {
        return Err(format!("there is no database at {}", path.display()));
    }
    let mut conn = open(path)?;
    sql_query("VACUUM INTO ?")
        .bind::<Text, _>(into.to_string_lossy())
        .execute(&mut conn)
        .map_err(|error| format!("cannot copy the database {}: {error}", path.display()))?;
    check(into)
}

/// Puts the copy in `file` to `path`.
pub fn put_back(file: &Path, path: &Path, overwrite: bool) -> Result<(), String> {
    let shown = path.display();
    let wrong = |error: io::Error| format!("cannot write {shown}: {error}");
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        crate::files::private_folder(folder).map_err(wrong)?;
    }
    let _held = match path.exists() {
        true => Some(take(path, overwrite)?),
        false => None,
    };
    let made = temporary_beside(path)?;
    // Not by `fs::copy`, which would take over who may read it.
    File::open(file)
        .and_then(|mut from| io::copy(&mut from, &mut made.as_file()))
        .map_err(wrong)?;
    check(made.path())?;
    migrations::run(&Url::Sqlite(made.path().into()))?;
    File::open(made.path())
        .and_then(|copy| copy.sync_all())
        .map_err(wrong)?;
    // A log that is left over belongs to the old file, which may lack what it holds; SQLite would play it into the new one.
    let logs = ["-wal", "-shm"].map(|log| (with_suffix(path, log), with_suffix(path, &format!("{log}.old"))));
    for (log, aside) in &logs {
        let moved = fs::rename(log, aside);
        if moved
            .as_ref()
            .is_err_and(|error| error.kind() != io::ErrorKind::NotFound)
        {
            return moved.map_err(wrong);
        }
    }
    let put = made.persist(path).map_err(|error| wrong(error.error));
    for (log, aside) in &logs {
        // Where there is no log there is nothing to put back or to remove.
        let _ = match put {
            Ok(_) => fs::remove_file(aside),
            Err(_) => fs::rename(aside, log),
        };
    }
    put.map(drop)
}

/// Makes sure that nobody has the database open: whoever has holds a lock on it for as long.
fn take(path: &Path, overwrite: bool) -> Result<File, String> {
    let shown = path.display();
    let file = fs::OpenOptions::new().read(true).write(true).open(path);
    let file = file.map_err(|error| format!("cannot open {shown}: {error}"))?;
    fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive)
        .map_err(|_| format!("{shown} is in use; stop the service first"))?;
    match overwrite || file.metadata().is_ok_and(|found| found.len() == 0) {
        true => Ok(file),
        false => Err(is_not_empty(&shown.to_string())),
    }
}

/// Checks that a copy is whole and one of ours. Whether it is up to date.
fn check(copy: &Path) -> Result<bool, String> {
    let is_no_copy = |why: &str| format!("the backup is not sound: {why}");
    let mut conn = open(copy)?;
    let mut ask = |sql: &str| -> Result<Vec<Told>, String> {
        let told = sql_query(sql).load(&mut conn);
        told.map_err(|error| is_no_copy(&error.to_string()))
    };
    let wrong = ask("SELECT integrity_check AS told FROM pragma_integrity_check WHERE integrity_check <> 'ok'")?;
    if let Some(Told { told }) = wrong.first() {
        return Err(is_no_copy(told));
    }
    if let Some(Told { told }) = ask("SELECT \"table\" AS told FROM pragma_foreign_key_check")?.first() {
        return Err(is_no_copy(&format!("rows of {told} refer to what is not there")));
    }
    let steps = ask("SELECT version AS told FROM __diesel_schema_migrations")?;
    migrations::check_known(steps.iter().map(|step| step.told.as_str()))
}

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    told: String,
}

fn open(path: &Path) -> Result<SqliteConnection, String> {
    let wrong = |error: &dyn std::fmt::Display| format!("cannot open the database {}: {error}", path.display());
    let mut conn = SqliteConnection::establish(&path.to_string_lossy()).map_err(|error| wrong(&error))?;
    conn.batch_execute("PRAGMA busy_timeout=30000")
        .map_err(|error| wrong(&error))?;
    Ok(conn)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
