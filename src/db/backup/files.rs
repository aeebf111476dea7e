//! Files that are made whole or not at all, and their checksums.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

/// What refuses to be overwritten.
pub fn is_not_empty(place: &str) -> String {
    format!("{place} has data in it; --overwrite replaces it with the backup")
}

/// A file that its owner alone may read, in the folder of `file`, gone if it is not kept.
pub fn temporary_beside(file: &Path) -> Result<NamedTempFile, String> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let made = tempfile::Builder::new().prefix(".peerled-").tempfile_in(folder);
    made.map_err(|error| format!("cannot write to {}: {error}", folder.display()))
}

/// Where the checksum of a file lies.
pub fn checksum_file(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".sha256");
    name.into()
}

/// The size of a file, and its SHA-256 in hexadecimal.
pub fn checksum(file: &Path) -> Result<(u64, String), String> {
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

/// Writes the checksum of `file` as `sha256sum` does.
pub fn write_checksum(beside: &Path, checksum: &str, file: &Path) -> io::Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut open = fs::OpenOptions::new();
    let mut made = open.write(true).create_new(true).mode(0o600).open(beside)?;
    writeln!(made, "{checksum}  {name}")?;
    made.sync_all()
}

/// Refuses a file that is not what its checksum says.
pub fn verify_checksum(file: &Path) -> Result<(), String> {
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
