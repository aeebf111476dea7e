//! The process is killed at random moments under load, and so is its PostgreSQL.

use std::{thread::sleep, time::Duration};

use crate::{
    load::{Camp, Load, assert_nothing_lost, serve},
    postgres::{Cluster, free_port},
    process::Workspace,
    report, short_or_long,
};

/// A moment at which something goes wrong: between 50 and 1050 ms from now.
fn some_moment() {
    sleep(Duration::from_millis(50 + u64::from(rand::random::<u16>()) % 1000));
}

#[test]
fn a_killed_process_loses_nothing_that_was_acknowledged() {
    let (workspace, port) = (Workspace::new(), free_port());
    let mut server = serve(&workspace, port, None);
    let camp = Camp::open(&server);
    let load = Load::start(&camp, 8);
    let crashes = short_or_long(3, 50);
    for _ in 0..crashes {
        load.goes_on(10, Duration::from_secs(60));
        some_moment();
        // SIGKILL
        drop(server);
        server = serve(&workspace, port, None);
    }
    load.goes_on(10, Duration::from_secs(60));
    let told = load.stop();
    drop(server);
    assert_eq!(told.wrong, [""; 0]);
    let database = format!("sqlite://{}", workspace.path().join("data/peerled.db").display());
    assert_nothing_lost(&database, &told);
    let (made, cut) = (told.made.len(), told.cut);
    report(&format!(
        "SQLite: {crashes} times kill -9, {made} writes acknowledged, 0 lost, 0 twice, {cut} requests cut off"
    ));
}

#[test]
fn a_crash_of_postgresql_loses_nothing_and_needs_no_restart_of_ours() {
    let Some(cluster) = Cluster::start() else { return };
    let workspace = Workspace::new();
    let server = serve(&workspace, free_port(), Some(&cluster.url()));
    let camp = Camp::open(&server);
    let load = Load::start(&camp, 8);
    let crashes = short_or_long(2, 50);
    for _ in 0..crashes {
        load.goes_on(10, Duration::from_secs(60));
        some_moment();
        cluster.crash();
        some_moment();
        cluster.launch();
    }
    load.goes_on(10, Duration::from_secs(60));
    let told = load.stop();
    assert_eq!(told.wrong, [""; 0]);
    assert_eq!((told.cut, told.refused), (0, 0), "the service itself did not go on");
    drop(server);
    assert_nothing_lost(&cluster.url(), &told);
    let made = told.made.len();
    report(&format!(
        "PostgreSQL: {crashes} immediate shutdowns, {made} writes acknowledged, 0 lost, 0 twice"
    ));
}
