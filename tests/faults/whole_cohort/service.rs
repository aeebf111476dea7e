//! The service of a simulation: its clock can be set, and its plug can be pulled.

use std::{
    path::PathBuf,
    sync::{Mutex, atomic::AtomicUsize},
    time::Duration,
};

use peerled::primitives::Instant;
use serde_json::json;

use super::asking::PASSWORD;
use crate::{
    postgres::free_port,
    process::{Served, Workspace},
};

/// Somebody with an account.
pub struct Person {
    pub id: String,
    pub email: String,
    pub token: Mutex<String>,
    pub refresh: Mutex<String>,
}

/// The address of somebody with this name.
pub fn email(name: &str) -> String {
    format!("{}@example.org", name.to_lowercase())
}

/// The service, and the simulated time in which it runs.
pub struct Service {
    workspace: Workspace,
    library: PathBuf,
    database: String,
    pub port: u16,
    server: Mutex<Option<Served>>,
    pub agent: ureq::Agent,
    pub keys: AtomicUsize,
}

impl Service {
    /// Starts it on a database at the present time. `library` is what sets its clock.
    pub fn start(library: PathBuf, database: Option<String>) -> Self {
        let workspace = Workspace::new();
        workspace.file("clock", "+0");
        let file = workspace.path().join("data/peerled.db");
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        let service = Self {
            database: database.unwrap_or_else(|| format!("sqlite://{}", file.display())),
            workspace,
            library,
            port: free_port(),
            server: Mutex::new(None),
            agent: agent.into(),
            keys: AtomicUsize::new(0),
        };
        service.launch();
        service
    }

    pub fn database(&self) -> &str {
        &self.database
    }

    fn launch(&self) {
        let bind = format!("127.0.0.1:{}", self.port);
        let arguments = ["serve", "--rate-limit", "off", "--bind", &bind];
        let mut command = self.workspace.command(&arguments);
        command
            .args(["--database-url", &self.database])
            .env("PEERLED_SMTP_URL", "file:mail")
            .env("PEERLED_WEBHOOK_HOSTS", "127.0.0.1")
            .env("LD_PRELOAD", &self.library)
            .env("FAKETIME_TIMESTAMP_FILE", self.workspace.path().join("clock"))
            .env("FAKETIME_NO_CACHE", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        *self.server.lock().unwrap() = Some(Workspace::start(command));
    }

    /// Kills the process while whoever asks goes on asking, and starts it again.
    pub fn power_cut(&self) {
        drop(self.server.lock().unwrap().take());
        self.launch();
    }

    pub fn set_clock(&self, to: Instant) {
        // The process reads the file at any time: it is put there whole.
        let offset = to.unix_seconds() - Instant::now().unix_seconds();
        let clock = self.workspace.file("next-clock", &format!("{offset:+}"));
        std::fs::rename(clock, self.workspace.path().join("clock")).unwrap();
    }

    /// All letters, as they were written.
    pub fn letters(&self) -> Vec<String> {
        let mut files: Vec<_> = std::fs::read_dir(self.workspace.path().join("mail"))
            .into_iter()
            .flatten()
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect();
        files.sort();
        files
            .into_iter()
            .map(|path| std::fs::read_to_string(path).unwrap())
            .collect()
    }

    /// The letters that were written to somebody, as (subject, text).
    pub fn letters_to(&self, email: &str) -> Vec<(String, String)> {
        let mut own = self.letters();
        own.retain(|letter| letter.contains(&format!("To: {email}\r\n")));
        let subject = |letter: &str| {
            letter
                .lines()
                .find_map(|line| Some(line.strip_prefix("Subject: ")?.to_owned()))
        };
        own.into_iter()
            .map(|letter| (subject(&letter).unwrap_or_default(), letter.replace("=\r\n", "")))
            .collect()
    }

    /// Opens an account with the code from its mail.
    pub fn person(&self, name: &str) -> Person {
        let email = email(name);
        let account = json!({"email": email, "name": name, "password": PASSWORD});
        self.ask(None, "POST", "/v1/people", &account).is(202);
        let began = std::time::Instant::now();
        let code = loop {
            let letters = self.letters_to(&email);
            if let Some(code) = letters
                .iter()
                .find_map(|(_, text)| text.lines().find_map(|line| line.strip_prefix("    ")))
            {
                break code.trim().to_owned();
            }
            assert!(began.elapsed() < Duration::from_secs(60), "no code came for {email}");
            std::thread::sleep(Duration::from_millis(10));
        };
        let id = self
            .ask(None, "POST", "/v1/people/verifications", &json!({"code": code}))
            .is(201)
            .id();
        Person {
            id,
            email,
            token: Mutex::default(),
            refresh: Mutex::default(),
        }
    }

    /// Stops it as an operator does. It must not have panicked.
    pub fn stop(&self) {
        let server = self.server.lock().unwrap().take().unwrap();
        let log = server.log();
        assert!(!log.contains("panicked"), "{log}");
        assert_eq!(server.stop().code, 0);
    }
}
