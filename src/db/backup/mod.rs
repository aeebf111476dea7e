//! Copies of the whole database, and the way back.
//!
//! A copy is taken while the service runs, from one snapshot. It counts only once it has been read again, whole, and
//! found sound; its checksum lies beside it, as `sha256sum` writes it. The way back looks at all of that once more
//! before it touches anything.

mod postgres;
mod sqlite;

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

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

/// What refuses to be overwritten.
fn is_not_empty(place: &str) -> String {
    format!("{place} has data in it; --overwrite replaces it with the backup")
}

/// A file that its owner alone may read, in the folder of `file`, gone if it is not kept.
fn temporary_beside(file: &Path) -> Result<NamedTempFile, String> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let made = tempfile::Builder::new().prefix(".peerled-").tempfile_in(folder);
    made.map_err(|error| format!("cannot write to {}: {error}", folder.display()))
}

fn checksum_file(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".sha256");
    name.into()
}

fn checksum(file: &Path) -> Result<(u64, String), String> {
    let sum = || -> io::Result<(u64, String)> {
        let (mut file, mut digest, mut bytes) = (File::open(file)?, Sha256::new(), 0);
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = file.read(&mut buffer)?;
            let Some(chunk) = buffer.get(..read).filter(|chunk| !chunk.is_empty()) else {
                break;
            };
            digest.update(chunk);
            bytes += chunk.len() as u64;
        }
        let hex = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok((bytes, hex))
    };
    sum().map_err(|error| format!("cannot read {}: {error}", file.display()))
}

fn write_checksum(beside: &Path, checksum: &str, file: &Path) -> io::Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut open = fs::OpenOptions::new();
    let mut made = open.write(true).create_new(true).mode(0o600).open(beside)?;
    writeln!(made, "{checksum}  {name}")?;
    made.sync_all()
}

fn verify_checksum(file: &Path) -> Result<(), String> {
    let (_, found) = checksum(file)?;
    let beside = checksum_file(file);
    let (file, shown) = (file.display(), beside.display());
    let written = fs::read_to_string(&beside).map_err(|error| {
        format!(
            "cannot read the checksum {shown}: {error}; copy it along, or make it with sha256sum if you trust {file}"
        )
    })?;
    match written.split_whitespace().next() == Some(found.as_str()) {
        true => Ok(()),
        false => Err(format!(
            "{file} is not what was backed up: its checksum is not the one in {shown}; use another backup"
        )),
    }
}
