//! Copies of the whole database, and the way back.
//!
//! A copy is taken while the service runs, from one snapshot. It counts only once it has been read again, whole, and
//! found sound; its checksum lies beside it, as `sha256sum` writes it. The way back looks at all of that once more
//! before it touches anything.

mod files;
mod postgres;
mod sqlite;

use std::{fs::File, io, path::Path};

use files::{checksum, checksum_file, temporary_beside, verify_checksum, write_checksum};

use super::{Db, Url};

/// A copy that has been made.
#[derive(Debug)]
pub struct Backup {
    /// Its size.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub checksum: String,
    /// Whether the database is up to date; if not, an earlier version uses it.
    pub is_current: bool,
}

/// Copies the database to `file`, which must not be there, and the checksum beside it.
///
/// # Errors
/// A sentence; then there is no new file.
pub fn backup(url: &Url, file: &Path) -> Result<Backup, String> {
    let beside = checksum_file(file);
    for there in [file, &beside] {
        if there.exists() {
            let there = there.display();
            return Err(format!("{there} is there already; give a name that is not taken"));
        }
    }
    let made = temporary_beside(file)?;
    let is_current = match url {
        Url::Sqlite(path) => sqlite::copy(path, made.path()),
        Url::Postgres(url) => postgres::copy(url, made.path()),
    }?;
    let wrong = |error: io::Error| format!("cannot write {}: {error}", file.display());
    // Not by the handle in hand: whoever made the copy may have put another file in its place.
    File::open(made.path())
        .and_then(|copy| copy.sync_all())
        .map_err(wrong)?;
    let (bytes, checksum) = checksum(made.path())?;
    made.persist_noclobber(file).map_err(|error| wrong(error.error))?;
    write_checksum(&beside, &checksum, file).map_err(|error| format!("cannot write {}: {error}", beside.display()))?;
    Ok(Backup {
        bytes,
        checksum,
        is_current,
    })
}

/// Puts the copy in `file` in the place of the database, brings it up to date and opens it.
///
/// # Errors
/// A sentence, if the copy is not whole, the database is in use, or has something in it and is not to be overwritten.
pub fn restore(url: &Url, file: &Path, overwrite: bool) -> Result<Db, String> {
    verify_checksum(file)?;
    match url {
        Url::Sqlite(path) => sqlite::put_back(file, path, overwrite)?,
        Url::Postgres(url) => postgres::put_back(file, url, overwrite)?,
    }
    Db::open(url)
}
