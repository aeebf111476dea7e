//! What may go wrong around the service: the real binary, under load, while its process, its disk, its database or its
//! clients fail. A short form of each runs with the other tests; `PEERLED_FAULTS=long` makes them as long as
//! `docs/faults.md` says.

#![cfg(test)]

mod backup;
mod clients;
mod clock;
mod crash;
mod disk;
mod failover;
mod load;
mod outage;
mod overload;
mod postgres;
#[path = "../cli/process.rs"]
#[expect(dead_code, reason = "the tests of the command line use the rest")]
mod process;
#[path = "../api/webhooks/receiver.rs"]
#[expect(dead_code, reason = "the tests of the API use the rest")]
mod receiver;
mod soak;
mod stop;
mod webhooks;
mod whole_cohort;
mod whole_year;

use std::time::{Duration, Instant};

/// The short number, or the long one if asked for.
#[expect(clippy::disallowed_methods, reason = "how long to test is no setting of the service")]
pub fn short_or_long(short: usize, long: usize) -> usize {
    match std::env::var("PEERLED_FAULTS").as_deref() {
        Ok("long") => long,
        _ => short,
    }
}

/// Asks until the answer is the wanted one.
#[track_caller]
pub fn until<T: std::fmt::Debug>(within: Duration, wanted: impl Fn(&T) -> bool, ask: impl Fn() -> T) -> T {
    let began = Instant::now();
    loop {
        let answer = ask();
        if wanted(&answer) {
            return answer;
        }
        assert!(began.elapsed() < within, "still {answer:?} after {within:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What a test counted, for whoever runs the long form to read.
pub fn report(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{text}");
}
