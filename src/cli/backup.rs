//! `peerled backup` and `peerled restore`

use std::path::Path;

use super::{
    output::{say, say_aside},
    people::note,
};
use crate::{
    audit::Changes,
    config::Config,
    db::{Db, backup},
};

/// Copies the database to a file.
pub fn make(config: &Config, file: &Path) -> Result<(), String> {
    let made = backup::backup(&config.database_url, file)?;
    if made.is_current
        && let Err(error) = Db::open(&config.database_url).and_then(|db| note_in(&db, "peerled backup"))
    {
        // A full disk is when a copy is wanted most.
        say_aside(&format!("The audit trail has no entry of this backup: {error}"));
    }
    say(&format!(
        "{} has the database as it was when this began: {} bytes, read again and found sound, SHA-256 {}.",
        file.display(),
        made.bytes,
        made.checksum
    ));
    Ok(())
}

/// Puts a backup in the place of the database.
pub fn restore(config: &Config, file: &Path, overwrite: bool) -> Result<(), String> {
    let db = backup::restore(&config.database_url, file, overwrite)?;
    note_in(&db, "peerled restore")?;
    say("The backup is in place and up to date; the service can start.");
    Ok(())
}

fn note_in(db: &Db, command: &'static str) -> Result<(), String> {
    db.write_blocking(move |conn| note(conn, command, "/database", &Changes::default()))
        .map_err(|error| error.to_string())
}
