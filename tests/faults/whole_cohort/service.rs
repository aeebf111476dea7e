//! The service of a simulation: its clock can be set, its plug can be pulled, and whoever asks it does not give up.

use std::{
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use peerled::primitives::Instant;
use serde_json::{Value, json};

use crate::{
    postgres::free_port,
    process::{Served, Workspace, text},
};

const PASSWORD: &str = "weaver lamp orbit";

/// What somebody was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub json: Value,
    pub etag: String,
}

impl Answer {
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.json);
        self
    }

    #[track_caller]
    pub fn id(&self) -> String {
        text(&self.json["id"])
    }

    #[track_caller]
    pub fn data(&self) -> &[Value] {
        self.json["data"].as_array().unwrap_or_else(|| panic!("{}", self.json))
    }
}

/// Somebody with an account.
pub struct Person {
    pub id: String,
    pub email: String,
    token: Mutex<String>,
}

/// The service, and the simulated time in which it runs.
pub struct Service {
    workspace: Workspace,
    library: PathBuf,
    database: String,
    port: u16,
    server: Mutex<Option<Served>>,
    agent: ureq::Agent,
    keys: AtomicUsize,
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

    /// The letters that were written to somebody, as (subject, text).
    pub fn letters_to(&self, email: &str) -> Vec<(String, String)> {
        let mut files: Vec<_> = std::fs::read_dir(self.workspace.path().join("mail"))
            .into_iter()
            .flatten()
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect();
        files.sort();
        let letters = files.into_iter().map(|path| std::fs::read_to_string(path).unwrap());
        let own = letters.filter(|letter| letter.contains(&format!("To: {email}\r\n")));
        let subject = |letter: &str| {
            letter
                .lines()
                .find_map(|line| Some(line.strip_prefix("Subject: ")?.to_owned()))
        };
        own.map(|letter| (subject(&letter).unwrap_or_default(), letter.replace("=\r\n", "")))
            .collect()
    }

    /// Opens an account with the code from its mail.
    pub fn person(&self, name: &str) -> Person {
        let email = format!("{}@example.org", name.to_lowercase());
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
        let token = Mutex::new(String::new());
        Person { id, email, token }
    }

    pub fn get(&self, who: &Person, path: &str) -> Answer {
        self.ask(Some(who), "GET", path, &Value::Null)
    }

    pub fn post(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.ask(Some(who), "POST", path, &body)
    }

    pub fn put(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.ask(Some(who), "PUT", path, &body)
    }

    pub fn patch(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.ask(Some(who), "PATCH", path, &body)
    }

    pub fn delete(&self, who: &Person, path: &str) -> Answer {
        self.ask(Some(who), "DELETE", path, &Value::Null)
    }

    /// Changes something that was read with this tag.
    pub fn post_if(&self, who: &Person, etag: &str, path: &str, body: Value) -> Answer {
        self.request(Some(who), "POST", path, &body, Some(etag))
    }

    fn ask(&self, who: Option<&Person>, method: &str, path: &str, body: &Value) -> Answer {
        self.request(who, method, path, body, None)
    }

    /// Asks until there is an answer: every write has a key of its own, so that it is done once. Who is no longer logged
    /// in logs in.
    fn request(&self, who: Option<&Person>, method: &str, path: &str, body: &Value, seen: Option<&str>) -> Answer {
        let key = format!("key-{}", self.keys.fetch_add(1, Ordering::Relaxed));
        let began = std::time::Instant::now();
        loop {
            let token = who.map(|who| who.token.lock().unwrap().clone());
            let mut request = ureq::http::Request::builder()
                .method(method)
                .uri(format!("http://127.0.0.1:{}{path}", self.port));
            for (name, value) in [
                ("Authorization", token.map(|token| format!("Bearer {token}"))),
                ("If-Match", seen.map(str::to_owned)),
                (
                    "Idempotency-Key",
                    (method != "GET" && who.is_some()).then(|| key.clone()),
                ),
            ] {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
            let sent = match body {
                Value::Null => self.agent.run(request.body(()).unwrap()),
                body => {
                    let request = request.header("Content-Type", "application/json");
                    self.agent.run(request.body(body.to_string()).unwrap())
                }
            };
            let heard = sent.and_then(|mut answer| {
                let status = answer.status().as_u16();
                let etag = answer.headers().get("etag").map(|tag| tag.to_str().unwrap().to_owned());
                let body = answer.body_mut().read_to_string()?;
                let json = serde_json::from_str(&body).unwrap_or(Value::Null);
                let etag = etag.unwrap_or_default();
                Ok(Answer { status, json, etag })
            });
            assert!(
                began.elapsed() < Duration::from_secs(120),
                "{method} {path} was not answered: {heard:?}"
            );
            match (heard, who) {
                (Ok(answer), Some(who)) if answer.status == 401 => self.log_in(who),
                (Ok(answer), _) if answer.status != 503 && answer.json["code"] != "request_in_progress" => {
                    return answer;
                }
                _ => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    fn log_in(&self, who: &Person) {
        let login = json!({"email": who.email, "password": PASSWORD});
        let tokens = self.ask(None, "POST", "/v1/auth/login", &login).is(200);
        *who.token.lock().unwrap() = text(&tokens.json["access_token"]);
    }

    /// Stops it as an operator does. It must not have panicked.
    pub fn stop(&self) {
        let server = self.server.lock().unwrap().take().unwrap();
        let log = server.log();
        assert!(!log.contains("panicked"), "{log}");
        assert_eq!(server.stop().code, 0);
    }
}
