//! More is asked than can be answered.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::{
    load::{Camp, serve_with},
    postgres::free_port,
    process::{Served, Workspace},
    report, short_or_long,
};

/// What clients saw: answers and refusals a second, and within what time nine of ten refusals came.
struct Seen {
    good: f64,
    refused: f64,
    slow_refusal: Duration,
    /// The longest that one that was let in took: refusals do not wait so long.
    slowest: Duration,
}

/// One log-in: whether it was let in, or refused as it should be.
fn log_in(url: &str) -> bool {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let login = json!({"email": "olga@example.org", "password": "weaver lamp orbit"}).to_string();
    let request = agent.post(url).header("Content-Type", "application/json");
    let answer = request.send(&login).unwrap();
    let is_polite = answer.status() == 503 && answer.headers().contains_key("retry-after");
    assert!(answer.status() == 200 || is_polite, "{answer:?}");
    answer.status() == 200
}

/// Log-ins one after the other, by so many clients: how many a second.
fn peak(url: &str, clients: usize, time: Duration) -> f64 {
    let began = Instant::now();
    let done: usize = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..clients)
            .map(|_| {
                scope.spawn(|| {
                    let tries = std::iter::from_fn(|| (began.elapsed() < time).then(|| log_in(url)));
                    tries.filter(|is_in| *is_in).count()
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().unwrap()).sum()
    });
    done as f64 / began.elapsed().as_secs_f64()
}

/// So many log-ins a second, whether the earlier ones were answered or not.
fn pressed(url: &str, per_second: f64, time: Duration) -> Seen {
    let began = Instant::now();
    let told: Vec<(bool, Duration)> = std::thread::scope(|scope| {
        let mut clients = Vec::new();
        while began.elapsed() < time {
            clients.push(scope.spawn(|| {
                let asked = Instant::now();
                (log_in(url), asked.elapsed())
            }));
            std::thread::sleep(Duration::from_secs_f64(1.0 / per_second));
        }
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    let took = began.elapsed().as_secs_f64();
    let mut refused: Vec<Duration> = told.iter().filter(|(is_in, _)| !is_in).map(|(_, took)| *took).collect();
    refused.sort_unstable();
    Seen {
        good: told.iter().filter(|(is_in, _)| *is_in).count() as f64 / took,
        refused: refused.len() as f64 / took,
        // The clients share the processors with the server: the slowest tell more of them than of it.
        slow_refusal: refused.get(refused.len() * 9 / 10).copied().unwrap_or_default(),
        slowest: told
            .iter()
            .filter(|(is_in, _)| *is_in)
            .map(|(_, took)| *took)
            .max()
            .unwrap_or_default(),
    }
}

/// Resident memory in MiB.
pub fn memory(server: &Served) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() / 1024
}

#[test]
fn who_comes_too_much_is_refused_at_once_and_the_others_are_answered_as_before() {
    let workspace = Workspace::new();
    let metrics = format!("127.0.0.1:{}", free_port());
    let server = serve_with(&workspace, free_port(), None, &["--metrics-bind", &metrics]);
    let camp = Camp::open(&server);
    let (url, seconds) = (format!("{}/v1/auth/login", camp.url), short_or_long(5, 60) as u64);
    let peak = peak(&url, 4, Duration::from_secs(seconds));
    let before = memory(&server);
    // Long enough for the queue to lose its patience, which it has for five seconds.
    let seen = pressed(&url, 5.0 * peak, Duration::from_secs(3 * seconds));
    let after = memory(&server);
    report(&format!(
        "overload: {peak:.1} log-ins/s at the peak; at five times that {:.1}/s and {:.1}/s refused, nine of ten within \
         {:?}, the slowest log-in {:?}; {before} MiB before, {after} MiB after",
        seen.good, seen.refused, seen.slow_refusal, seen.slowest
    ));
    // The short form runs beside other tests, and the clients, five times as many as at the peak, take the most of the
    // processors: a share of the peak is asked of the long form alone, which has the machine to itself.
    let share = short_or_long(0, 80) as f64 / 100.0;
    assert!(seen.good > share * peak, "{} of {peak}", seen.good);
    assert!(
        seen.refused > 0.0 && seen.slow_refusal < seen.slowest,
        "{:?}",
        seen.slowest
    );
    assert!(after < before + 64, "{before} MiB before, {after} MiB after");
    // Who comes afterwards is answered, and the operator sees what happened.
    assert_eq!(server.ask("GET", &camp.slots(), &camp.token, "").0, 200);
    let told = ureq::get(format!("http://{metrics}/metrics")).call().unwrap();
    let told = told.into_body().read_to_string().unwrap();
    let refused = told
        .lines()
        .find_map(|line| line.strip_prefix("queue_refused_total{queue=\"passwords\"} "));
    assert!(refused.is_some_and(|count| count.parse::<u64>().unwrap() > 0), "{told}");
}
