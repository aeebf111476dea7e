//! The process is killed while it sends webhooks.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    load::{Camp, Load, serve_with},
    postgres::free_port,
    process::{Workspace, text},
    receiver::Receiver,
    report, short_or_long, until,
};

#[test]
fn a_killed_process_loses_no_webhook_and_gives_none_two_ids() {
    let (workspace, port) = (Workspace::new(), free_port());
    let start = || serve_with(&workspace, port, None, &["--webhook-hosts", "127.0.0.1"]);
    let mut server = start();
    let camp = Camp::open(&server);
    // Every second event is refused once.
    let mut refused = BTreeSet::new();
    let receiver = Receiver::start(move |request, number| {
        let is_refused = number % 2 == 0 && refused.insert(request.id.clone());
        (if is_refused { 503 } else { 204 }, String::new())
    });
    let cohort = server
        .ask("GET", &format!("/v1/cohorts/{}", camp.cohort), &camp.token, "")
        .1;
    let campus = text(&serde_json::from_str::<Value>(&cohort).unwrap()["campus_id"]);
    let hook = json!({"url": receiver.url(), "events": ["mentor_slot.*"]});
    let made = server.json("POST", &format!("/v1/campuses/{campus}/webhooks"), &camp.token, &hook);
    // No more than may wait for one webhook: what is beyond is listed as failed.
    let load = Load::start(&camp, 1);
    let crashes = short_or_long(2, 30);
    for _ in 0..crashes {
        load.goes_on(10, Duration::from_secs(60));
        let heard = receiver.requests().len();
        until(
            Duration::from_secs(90),
            |now: &usize| *now > heard + 3,
            || receiver.requests().len(),
        );
        // SIGKILL
        drop(server);
        server = start();
    }
    let told = load.stop();
    assert_eq!(told.wrong, [""; 0]);
    let slots: BTreeSet<String> = told.made.values().cloned().collect();
    let arrived = || -> BTreeSet<String> { receiver.taken().iter().map(|one| one.object().to_owned()).collect() };
    // What was on its way when the process died is waited for a minute.
    until(
        Duration::from_secs(180),
        |there: &usize| *there == slots.len(),
        || arrived().len(),
    );
    assert_eq!(arrived(), slots);
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for request in receiver.requests() {
        assert!(request.is_signed_with(&text(&made["secret"])));
        ids.entry(request.object().into()).or_default().insert(request.id);
    }
    let twice: Vec<_> = ids.iter().filter(|(_, ids)| ids.len() > 1).collect();
    assert!(twice.is_empty(), "under two ids: {twice:?}");
    report(&format!(
        "webhooks: {crashes} times kill -9, {} events, {} requests, 0 lost, 0 under two ids",
        slots.len(),
        receiver.requests().len()
    ));
}
