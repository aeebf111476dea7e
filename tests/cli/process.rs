//! The binary, in a folder of its own and without the settings of whoever runs the tests.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;
use ureq::http::Request;

/// A place to run commands in: an empty folder with its own database.
pub struct Workspace {
    folder: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// What it said on standard output; it must have succeeded.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    /// What it said on standard error, in one sentence and nothing on standard output.
    #[track_caller]
    pub fn refused(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{self:?}");
        let sentence = self.err.trim_end();
        assert!(
            sentence.starts_with("peerled: ") && !sentence.contains('\n'),
            "{sentence}"
        );
        sentence.trim_start_matches("peerled: ").into()
    }
}

impl Workspace {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The audit trail of the database: operation, object and difference of what was done at the console.
    pub fn trail(&self) -> Vec<(String, String, Option<String>)> {
        use diesel::prelude::*;
        use peerled::db::{Db, Url, schema::audit_entries as audit};
        let db = Db::open_existing(&Url::Sqlite(self.path().join("data/peerled.db"))).unwrap();
        db.read_blocking(|conn| {
            Ok(audit::table
                .filter(audit::operation.like("peerled %"))
                .order(audit::id)
                .select((audit::operation, audit::target, audit::difference))
                .load(conn)?)
        })
        .unwrap()
    }

    /// Puts a file there and gives its path.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().into()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_peerled"));
        command
            .args(arguments)
            .current_dir(self.path())
            .env_clear()
            // Where PostgreSQL's own programs are.
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("PEERLED_BIND", "127.0.0.1:0")
            .env("TMPDIR", self.path());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        finish(self.command(arguments))
    }

    /// The same with one more variable in the environment.
    pub fn run_with(&self, variable: (&str, &str), arguments: &[&str]) -> Ran {
        let mut command = self.command(arguments);
        command.env(variable.0, variable.1);
        finish(command)
    }

    /// Starts `peerled serve …` and waits until it serves.
    pub fn serve(&self, arguments: &[&str]) -> Served {
        Self::start(self.command(&[&["serve"], arguments].concat()))
    }

    /// Waits until what a command starts serves.
    pub fn start(mut command: Command) -> Served {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = mpsc::channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let log = Arc::new(Mutex::new(String::new()));
        let written = log.clone();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                written.lock().unwrap().push_str(&format!("{line}\n"));
                let _ = sender.send(line);
            }
        });
        let mut seen = Vec::new();
        while let Ok(line) = lines.recv_timeout(Duration::from_secs(60)) {
            if let Some((_, address)) = line.split_once("address=") {
                let url = format!("http://{}", address.split_whitespace().next().unwrap());
                let out = BufReader::new(child.stdout.take().unwrap());
                return Served { child, url, out, log };
            }
            seen.push(line);
        }
        let _ = child.kill();
        let _ = child.wait();
        panic!("the server did not start: {seen:#?}");
    }
}

fn finish(mut command: Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A running server.
pub struct Served {
    child: Child,
    pub url: String,
    out: BufReader<ChildStdout>,
    log: Arc<Mutex<String>>,
}

impl Served {
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn get(&self, path: &str) -> (u16, String) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer = agent.get(format!("{}{path}", self.url)).call().unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    }

    /// A request with an access token, if there is one, and a JSON body, if there is one.
    pub fn ask(&self, method: &str, path: &str, token: &str, body: &str) -> (u16, String) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        if !token.is_empty() {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let answer = match body {
            "" => agent.run(request.body(()).unwrap()),
            body => agent.run(
                request
                    .header("Content-Type", "application/json")
                    .body(body.to_owned())
                    .unwrap(),
            ),
        };
        let mut answer = answer.unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    }

    /// What a request is answered that must succeed.
    #[track_caller]
    pub fn json(&self, method: &str, path: &str, token: &str, body: &Value) -> Value {
        let (status, text) = self.ask(method, path, token, &body.to_string());
        assert!((200..300).contains(&status), "{method} {path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Opens an account and logs in: the person's id and an access token.
    pub fn person(&self, name: &str) -> (String, String) {
        let email = format!("{}@example.org", name.to_lowercase());
        let account = json!({"email": email, "name": name, "password": "weaver lamp orbit"});
        let person = self.json("POST", "/v1/people", "", &account);
        let login = json!({"email": email, "password": "weaver lamp orbit"});
        let tokens = self.json("POST", "/v1/auth/login", "", &login);
        (text(&person["id"]), text(&tokens["access_token"]))
    }

    /// Opens FAC London as whoever has this token: the campus's id.
    pub fn london(&self, token: &str) -> String {
        let campus = json!({
            "slug": "london", "name": "FAC London", "city": "London", "country": "United Kingdom",
            "time_zone": "Europe/London", "work_week": ["mon", "tue", "wed", "thu", "fri"],
        });
        text(&self.json("POST", "/v1/campuses", token, &campus)["id"])
    }

    /// What it has written on standard error so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// What it prints on standard output, up to the line with these words.
    pub fn told(&mut self, last: &str) -> String {
        let mut told = String::new();
        while !told.contains(last) {
            assert!(self.out.read_line(&mut told).unwrap() > 0, "{told}");
        }
        told
    }

    /// Asks it to stop, as an operator's supervisor would; what it printed and how it ended.
    pub fn stop(self) -> Ran {
        self.ask_to_stop();
        self.stopped()
    }

    pub fn ask_to_stop(&self) {
        let asked = Command::new("kill").arg(self.id().to_string()).status().unwrap();
        assert!(asked.success());
    }

    /// Waits until it has stopped; what it printed and how it ended.
    pub fn stopped(mut self) -> Ran {
        let mut out = String::new();
        std::io::Read::read_to_string(&mut self.out, &mut out).unwrap();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        Ran {
            code,
            out,
            err: String::new(),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A JSON string's text.
#[track_caller]
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).into()
}
