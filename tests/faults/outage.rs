//! PostgreSQL is gone for a while, or keeps every connection busy.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use diesel::{Connection as _, PgConnection, connection::SimpleConnection as _};

use crate::{
    load::{Camp, Load, assert_nothing_lost, serve},
    postgres::{Cluster, free_port},
    process::Workspace,
    short_or_long, until,
};

const SOON: Duration = Duration::from_secs(60);

/// As long as a request waits for its turn at the database; whoever is told at once does not wait for it.
const PATIENCE: Duration = Duration::from_secs(2);

#[test]
fn while_postgresql_is_gone_everybody_is_told_at_once() {
    let Some(cluster) = Cluster::start() else { return };
    let workspace = Workspace::new();
    let server = serve(&workspace, free_port(), Some(&cluster.url()));
    let camp = Camp::open(&server);
    let load = Load::start(&camp, 4);
    load.goes_on(10, SOON);
    cluster.crash();
    let gone = Instant::now();
    let mut quickest = Duration::MAX;
    while gone.elapsed() < Duration::from_secs(short_or_long(3, 60) as u64) {
        let asked = Instant::now();
        let (status, said) = server.ask("GET", &camp.slots(), &camp.token, "");
        quickest = quickest.min(asked.elapsed());
        assert_eq!(status, 503, "{said}");
        assert_eq!(server.get("/readyz").0, 503);
        assert_eq!(server.get("/healthz").0, 200);
        sleep(Duration::from_millis(200));
    }
    assert!(quickest < PATIENCE, "{quickest:?}");
    cluster.launch();
    until(SOON, |(status, _)| *status == 200, || server.get("/readyz"));
    load.goes_on(10, SOON);
    let told = load.stop();
    assert_eq!(told.wrong, [""; 0]);
    assert_eq!(told.cut + told.refused, 0);
    drop(server);
    assert_nothing_lost(&cluster.url(), &told);
}

#[test]
fn while_every_connection_is_busy_newcomers_are_told_at_once() {
    let Some(cluster) = Cluster::start() else { return };
    let workspace = Workspace::new();
    let server = serve(&workspace, free_port(), Some(&cluster.url()));
    let camp = Camp::open(&server);
    let load = Load::start(&camp, 16);
    load.goes_on(10, SOON);
    let mut other = PgConnection::establish(&cluster.url()).unwrap();
    let lock = "BEGIN; LOCK TABLE mentor_slots IN ACCESS EXCLUSIVE MODE";
    other.batch_execute(lock).unwrap();
    // Those who wait already are as patient as the queue; whoever comes then is not kept.
    sleep(Duration::from_secs(3));
    let mut quickest = Duration::MAX;
    for _ in 0..10 {
        let asked = Instant::now();
        let (status, said) = server.ask("GET", "/v1/me", &camp.token, "");
        quickest = quickest.min(asked.elapsed());
        assert_eq!(status, 503, "{said}");
    }
    assert!(quickest < PATIENCE, "{quickest:?}");
    other.batch_execute("ROLLBACK").unwrap();
    until(
        SOON,
        |(status, _)| *status == 200,
        || server.ask("GET", "/v1/me", &camp.token, ""),
    );
    load.goes_on(10, SOON);
    let told = load.stop();
    assert_eq!(told.wrong, [""; 0]);
    drop(server);
    assert_nothing_lost(&cluster.url(), &told);
}
