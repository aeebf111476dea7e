//! Commands for whoever runs the service.

use serde_json::{Value, json};

use super::process::Place;

#[test]
fn help_lists_every_command_and_says_what_each_is_for() {
    let place = Place::new();
    let help = place.run(&["--help"]).ok();
    for command in ["serve", "migrate", "config", "form", "grant-admin", "outbox"] {
        assert!(help.contains(&format!("  {command} ")), "{command} is not in:\n{help}");
        let own = place.run(&[command, "--help"]).ok();
        assert!(own.contains("Usage: peerled"), "{own}");
    }
    assert!(place.run(&["--version"]).ok().starts_with("peerled "));
    assert_eq!(place.run(&[]).code, 2);
    assert_eq!(place.run(&["dance"]).code, 2);
}

#[test]
fn migrate_brings_a_database_up_to_date_once() {
    let place = Place::new();
    let first = place.run(&["migrate"]).ok();
    assert!(
        first.contains("up to date") && place.path().join("data/peerled.db").exists(),
        "{first}"
    );
    assert!(place.run(&["migrate"]).ok().contains("took 0 steps"));
}

#[test]
fn serve_answers_and_stops_when_asked() {
    let place = Place::new();
    let server = place.serve(&[]);
    assert_eq!(server.get("/healthz").0, 200);
    assert_eq!(server.get("/readyz").0, 200);
    let (status, page) = server.get("/docs");
    assert!(status == 200 && page.contains("<html"), "{page}");
    let document: Value = serde_json::from_str(&server.get("/openapi.json").1).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(server.stop().code, 0);
    // The same folder serves again, with the same keys and data.
    assert_eq!(place.serve(&[]).stop().code, 0);
}

#[test]
fn grant_admin_needs_an_account() {
    let place = Place::new();
    let server = place.serve(&[]);
    let unknown = place.run(&["grant-admin", "amal@example.org"]).refused(1);
    assert!(unknown.contains("amal@example.org"), "{unknown}");
    assert!(place.run(&["grant-admin", "amal"]).refused(1).contains("amal"));

    let account = json!({ "email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit" });
    let url = format!("{}/v1/people", server.url);
    let answer = ureq::post(url)
        .content_type("application/json")
        .send(account.to_string())
        .unwrap();
    assert_eq!(answer.status(), 201);
    let granted = place.run(&["grant-admin", "Amal@example.org"]).ok();
    assert!(granted.contains("runs the whole service"), "{granted}");
}

#[test]
fn an_empty_outbox_says_so() {
    let place = Place::new();
    assert_eq!(place.run(&["outbox"]).ok(), "The outbox is empty.\n");
}
