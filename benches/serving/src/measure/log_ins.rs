//! Logging in, beside what the hashing alone could do.

use std::{
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version};

use super::{
    data::PASSWORD,
    load::{self, Ask, Load, Outcome},
    server::{CORE, Server},
};

/// Connections of those who read meanwhile.
const READERS: usize = 8;

/// What was measured.
pub struct LogIns {
    pub per_second: f64,
    /// Hashes a second of a program that does nothing else.
    pub limit: f64,
    /// MiB before, and at the most while 64 log in.
    pub memory: (f64, f64),
    /// The p99 of reads alone and meanwhile, in milliseconds.
    pub reads: (f64, f64),
    pub refusals: String,
}

impl LogIns {
    pub fn text(&self) -> String {
        let (before, most) = self.memory;
        let (alone, meanwhile) = self.reads;
        format!(
            "| L1, log-in | {:.1}/s, {:.2} of the {:.1} hashes/s of a program that only hashes{} | ≥ 0.9 |\n\
             | memory under 64 parallel log-ins | +{:.0} MiB, from {before:.0} to {most:.0} | ≤ 2 × 19 + 10 MiB |\n\
             | p99 of reads while they run | {meanwhile:.1} ms, {:.1} × {alone:.1} ms alone | ≤ 3 × |\n",
            self.per_second,
            self.per_second / self.limit,
            self.limit,
            if self.refusals.is_empty() {
                String::new()
            } else {
                format!(" ({})", self.refusals)
            },
            most - before,
            meanwhile / alone,
        )
    }
}

/// Log-ins of these addresses.
pub fn asks(addresses: impl IntoIterator<Item = String>) -> Arc<[Ask]> {
    let body = |email| serde_json::json!({ "email": email, "password": PASSWORD }).to_string();
    let ask = |email| Ask::post("/v1/auth/login".into(), usize::MAX, Some(body(email)));
    addresses.into_iter().map(ask).collect()
}

/// Measures on a server that has just started.
pub fn measure(server: &Server, log_ins: Load, reads: Load) -> Result<LogIns, String> {
    let reads = Load {
        connections: READERS,
        again: true,
        ..reads
    };
    load::run(reads.clone())?;
    let alone = load::run(reads.clone())?;
    let before = server.memory();
    let log_ins = Load {
        again: true,
        time: log_ins.time * 2,
        ..log_ins
    };
    let done = AtomicBool::new(false);
    let (outcome, meanwhile, most) = std::thread::scope(|scope| {
        let watching = scope.spawn(|| {
            let mut most = before;
            while !done.load(Ordering::Relaxed) {
                most = most.max(server.memory());
                std::thread::sleep(Duration::from_millis(10));
            }
            most
        });
        let logging_in = scope.spawn(|| load::run(log_ins.clone()));
        let meanwhile = load::run(reads.clone());
        let outcome = logging_in.join();
        done.store(true, Ordering::Relaxed);
        (outcome, meanwhile, watching.join())
    });
    let panicked = |_| "a measuring thread panicked".to_owned();
    let with_readers: Outcome = outcome.map_err(panicked)??;
    let most = most.map_err(panicked)?;
    // The rate is one of log-ins alone.
    let outcome = load::run(log_ins)?;
    Ok(LogIns {
        per_second: outcome.per_second(),
        limit: limit()?,
        memory: (before, most.max(server.memory())),
        reads: (
            f64::from(alone.within(0.99)) / 1000.0,
            f64::from(meanwhile?.within(0.99)) / 1000.0,
        ),
        refusals: [with_readers.refusals(), outcome.refusals()].join(""),
    })
}

/// Hashes a second on the servers' core, by this program in a process of its own.
fn limit() -> Result<f64, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("taskset")
        .args(["-c", CORE])
        .arg(program)
        .arg("hashes")
        .output()
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().map_err(|_| format!("no number of hashes: {text}"))
}

/// How many passwords a second this process checks.
pub fn hashes() -> Result<f64, String> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| error.to_string())?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let salt =
        argon2::password_hash::SaltString::from_b64("c29tZXNhbHRzb21lc2FsdA").map_err(|error| error.to_string())?;
    let hash = argon2
        .hash_password(PASSWORD.as_bytes(), &salt)
        .map_err(|error| error.to_string())?
        .to_string();
    let hash = PasswordHash::new(&hash).map_err(|error| error.to_string())?;
    let (began, mut count) = (Instant::now(), 0_u32);
    while began.elapsed() < Duration::from_secs(3) {
        argon2
            .verify_password(PASSWORD.as_bytes(), &hash)
            .map_err(|error| error.to_string())?;
        count += 1;
    }
    Ok(f64::from(count) / began.elapsed().as_secs_f64())
}
