//! Who is measured, and how it is started.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    data::PUBLIC_URL,
    server::{Server, free_address},
};

/// Somebody who is measured.
pub struct Contestant {
    pub name: &'static str,
    pub server: Option<Server>,
    /// Whether its disk is slow.
    pub slow_disk: bool,
    /// How far each scenario that writes has got with it.
    pub next: BTreeMap<&'static str, usize>,
    /// In place of the copy.
    pub database_url: Option<String>,
    folder: PathBuf,
}

impl Contestant {
    /// With its own copy of the data in a folder.
    pub fn new(name: &'static str, folder: PathBuf) -> Self {
        Self {
            name,
            folder,
            database_url: None,
            server: None,
            slow_disk: false,
            next: BTreeMap::new(),
        }
    }

    /// Starts it, from a folder of programs; `size` is that of the answer that is always the same.
    pub fn start(&self, programs: &Path, folder: &Path, size: usize) -> Result<Server, String> {
        let mut environment = Vec::new();
        if self.slow_disk {
            environment.push(("LD_PRELOAD", slow_disk(folder)?.to_string_lossy().into_owned()));
        }
        let (address, log) = (free_address()?, self.folder.join("log"));
        let (bind, folder, size) = (address.to_string(), text(&self.folder), size.max(100).to_string());
        let (database, keys) = (text(&self.folder.join("peerled.db")), text(&self.folder.join("keys")));
        let database_url = self.database_url.clone().unwrap_or(format!("sqlite://{database}"));
        let (program, arguments): (&str, Vec<&str>) = match self.name {
            "peerled" => (
                "peerled",
                vec![
                    "serve",
                    "--database-url",
                    &database_url,
                    "--data-dir",
                    &folder,
                    "--bind",
                    &bind,
                    "--public-url",
                    PUBLIC_URL,
                    "--rate-limit",
                    "off",
                ],
            ),
            way => (
                "serving",
                vec![
                    "reference",
                    way,
                    "--database",
                    &database,
                    "--keys",
                    &keys,
                    "--bind",
                    &bind,
                    "--size",
                    &size,
                ],
            ),
        };
        Server::start(&programs.join(program), &arguments, &environment, (address, &log))
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The library that makes a disk slow, compiled on the spot.
fn slow_disk(folder: &Path) -> Result<PathBuf, String> {
    let library = std::path::absolute(folder.join("slow_fsync.so")).map_err(|error| error.to_string())?;
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O2", "-o"])
        .arg(&library)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/slow_fsync.c"))
        .arg("-ldl")
        .status();
    match compiled {
        Ok(status) if status.success() => Ok(library),
        _ => Err("slow_fsync.c cannot be compiled; it takes a C compiler".into()),
    }
}
