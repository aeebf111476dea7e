//! A long time under load. `PEERLED_SOAK` says how many seconds; otherwise it is but a short one.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use crate::{
    load::{Camp, Load, assert_nothing_lost, serve},
    overload::memory,
    postgres::free_port,
    process::Workspace,
    report,
};

#[test]
#[expect(clippy::disallowed_methods, reason = "how long to test is no setting of the service")]
fn memory_stays_flat_under_load() {
    let seconds = std::env::var("PEERLED_SOAK").map_or(12, |text| text.parse().unwrap());
    let workspace = Workspace::new();
    let server = serve(&workspace, free_port(), None);
    let camp = Camp::open(&server);
    let (load, began) = (Load::start(&camp, 4), Instant::now());
    // What is made once, such as caches and the buffers of threads, is made in the first quarter.
    sleep(Duration::from_secs(seconds) / 4);
    let settled = memory(&server);
    let mut most = settled;
    while began.elapsed() < Duration::from_secs(seconds) {
        sleep(Duration::from_millis(500));
        most = most.max(memory(&server));
    }
    let told = load.stop();
    let made = told.made.len();
    report(&format!(
        "soak: {seconds} s, {made} writes acknowledged, {settled} MiB after a quarter, {most} MiB at the most"
    ));
    assert_eq!((told.cut, told.refused, told.wrong.len()), (0, 0, 0), "{told:?}");
    assert!(
        most < settled + settled / 4 + 32,
        "{settled} MiB after a quarter, {most} MiB at the most"
    );
    assert_eq!(server.stop().code, 0);
    let database = format!("sqlite://{}", workspace.path().join("data/peerled.db").display());
    assert_nothing_lost(&database, &told);
}
