//! Whether the thread that answers can keep up. What it is asked waits in the kernel, where nobody counts it; but when
//! it goes round among those who ask, it is late for everything, and so for a clock that ticks among them.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

/// How often the clock ticks.
const TICK: Duration = Duration::from_millis(20);
/// How late a round may be before those who come are told at once to come back. Twice in a row: one slow answer is not
/// too much to ask.
const LATE: Duration = Duration::from_secs(1);

thread_local! {
    static CLOCK: Cell<Option<Round>> = const { Cell::new(None) };
}

#[derive(Clone, Copy)]
struct Round {
    began: Instant,
    last_took: Duration,
}

/// Starts the clock of this thread.
pub fn watch_this_thread() {
    actix_web::rt::spawn(async {
        let mut began = Instant::now();
        loop {
            let last_took = began.elapsed();
            began = Instant::now();
            CLOCK.set(Some(Round { began, last_took }));
            actix_web::rt::time::sleep(TICK).await;
        }
    });
}

/// Whether more is asked of this thread than it can answer.
pub(super) fn is_overloaded() -> bool {
    CLOCK
        .get()
        .is_some_and(|round| round.last_took > LATE && round.began.elapsed() > LATE)
}
