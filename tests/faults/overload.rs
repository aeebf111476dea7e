//! More is asked than can be answered.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::json;

use crate::{
    load::{Camp, serve_with},
    postgres::free_port,
    process::{Place, Served},
    report, short_or_long,
};

/// What clients saw who ask again and again: how often each status a second, and the longest a refusal took.
struct Seen {
    per_second: BTreeMap<u16, f64>,
    longest_refusal: Duration,
}

/// So many clients log in for a while, each as soon as it was answered, or a moment after it was refused.
fn log_in(camp: &Camp, clients: usize, time: Duration) -> Seen {
    let (stop, began) = (Arc::new(AtomicBool::new(false)), Instant::now());
    let clients: Vec<_> = (0..clients)
        .map(|_| {
            let (url, stop) = (format!("{}/v1/auth/login", camp.url), stop.clone());
            std::thread::spawn(move || {
                let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
                let login = json!({"email": "olga@example.org", "password": "weaver lamp orbit"}).to_string();
                let (mut statuses, mut longest) = (BTreeMap::new(), Duration::ZERO);
                while !stop.load(Ordering::Relaxed) {
                    let asked = Instant::now();
                    let request = agent.post(&url).header("Content-Type", "application/json");
                    let answer = request.send(&login).unwrap();
                    let status = answer.status().as_u16();
                    *statuses.entry(status).or_insert(0_u32) += 1;
                    if status != 200 {
                        assert_eq!(status, 503);
                        assert!(answer.headers().contains_key("retry-after"));
                        longest = longest.max(asked.elapsed());
                        std::thread::sleep(Duration::from_millis(500));
                    }
                }
                (statuses, longest)
            })
        })
        .collect();
    std::thread::sleep(time);
    stop.store(true, Ordering::Relaxed);
    let mut seen = Seen {
        per_second: BTreeMap::new(),
        longest_refusal: Duration::ZERO,
    };
    let told: Vec<_> = clients.into_iter().map(|client| client.join().unwrap()).collect();
    let took = began.elapsed().as_secs_f64();
    for (statuses, longest) in told {
        for (status, count) in statuses {
            *seen.per_second.entry(status).or_default() += f64::from(count) / took;
        }
        seen.longest_refusal = seen.longest_refusal.max(longest);
    }
    seen
}

/// Resident memory in MiB.
fn memory(server: &Served) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() / 1024
}

#[test]
fn who_comes_too_much_is_refused_at_once_and_the_others_are_answered_as_before() {
    let place = Place::new();
    let metrics = format!("127.0.0.1:{}", free_port());
    let server = serve_with(&place, free_port(), None, &["--metrics-bind", &metrics]);
    let camp = Camp::open(&server);
    let time = Duration::from_secs(short_or_long(5, 60) as u64);
    let peak = log_in(&camp, 4, time).per_second[&200];
    let before = memory(&server);
    // Five times what waits as long as the queue is patient.
    let seen = log_in(&camp, 500, 3 * time);
    let (good, refused) = (
        seen.per_second[&200],
        seen.per_second.get(&503).copied().unwrap_or_default(),
    );
    let after = memory(&server);
    report(&format!(
        "overload: {peak:.0} log-ins/s at the peak; {good:.0}/s and {refused:.0} refused/s, within {:?}, at overload; \
         {before} MiB before, {after} MiB after",
        seen.longest_refusal
    ));
    // The clients of the short form take a good part of the processor themselves.
    assert!(
        good > peak * if short_or_long(0, 1) == 1 { 0.8 } else { 0.5 },
        "{good} of {peak}"
    );
    assert!(refused > 0.0 && seen.longest_refusal < Duration::from_secs(2));
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
