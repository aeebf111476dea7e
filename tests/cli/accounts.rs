use serde_json::{Value, json};

use crate::process::{Served, Workspace};

const PASSWORD: &str = "weaver lamp orbit";

fn log_in(server: &Served, email: &str) -> u16 {
    let body = json!({"email": email, "password": PASSWORD}).to_string();
    server.ask("POST", "/v1/auth/login", "", &body).0
}

fn open(server: &Served, email: &str) -> (u16, String) {
    let body = json!({"email": email, "name": "Somebody", "password": PASSWORD}).to_string();
    server.ask("POST", "/v1/people", "", &body)
}

/// Asks until the answer has this status: the server looks every ten milliseconds.
fn until(status: u16, ask: impl Fn() -> u16) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while ask() != status {
        assert!(std::time::Instant::now() < deadline, "the server has not noticed");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// The commands in the audit trail, with what they were done to and what became what.
fn commands(workspace: &Workspace) -> Vec<(String, String, Value)> {
    let difference = |text: Option<String>| text.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap());
    let trail = workspace.trail().into_iter();
    let commands = trail.filter(|(operation, ..)| operation.starts_with("peerled "));
    commands
        .map(|(operation, target, changes)| (operation, target, difference(changes)))
        .collect()
}

#[test]
fn a_disabled_account_is_out_at_once_until_it_is_enabled() {
    let workspace = Workspace::new();
    let server = workspace.serve(&[]);
    let (id, token) = server.person("Amal");
    let me = || server.ask("GET", "/v1/me", &token, "").0;
    assert_eq!((me(), me()), (200, 200));
    let told = workspace.run(&["disable", "amal@example.org"]).ok();
    assert!(told.contains("Amal") && told.contains(&id), "{told}");
    until(401, me);
    assert_eq!(log_in(&server, "amal@example.org"), 403);
    // Who is disabled has an account all the same.
    assert_eq!(open(&server, "amal@example.org").0, 409);
    workspace.run(&["enable", &id]).ok();
    until(200, || log_in(&server, "amal@example.org"));
    assert_eq!(me(), 401, "the session has ended");
    workspace.run(&["disable", "nobody@example.org"]).refused(1);
    workspace.run(&["disable", "amal"]).refused(1);
    let target = format!("/v1/people/{id}");
    let expected = [
        (
            "peerled disable".into(),
            target.clone(),
            json!({"disabled": {"from": false, "to": true}}),
        ),
        (
            "peerled enable".into(),
            target,
            json!({"disabled": {"from": true, "to": false}}),
        ),
    ];
    assert_eq!(commands(&workspace), expected);
}

#[test]
fn a_ban_holds_against_erasure_and_registering_again() {
    let workspace = Workspace::new();
    let server = workspace.serve(&[]);
    let (id, token) = server.person("Amal");
    workspace.run(&["ban", &id]).ok();
    until(401, || server.ask("GET", "/v1/me", &token, "").0);
    let erased = workspace.run(&["erase", "amal@example.org"]).ok();
    assert!(erased.contains(&id) && !erased.contains("Amal"), "{erased}");
    until(403, || open(&server, "Amal@Example.org").0);
    let (_, refused) = open(&server, "amal@example.org");
    assert!(refused.contains("address_banned"), "{refused}");
    workspace.run(&["ban", &id]).refused(1);
    let lifted = workspace.run(&["enable", "amal@example.org"]).ok();
    assert!(lifted.contains("can be opened"), "{lifted}");
    until(201, || open(&server, "amal@example.org").0);
    let names: Vec<String> = commands(&workspace).into_iter().map(|(command, ..)| command).collect();
    assert_eq!(names, ["peerled ban", "peerled erase", "peerled enable"]);
}

#[test]
fn whoever_ran_the_service_does_so_no_longer() {
    let workspace = Workspace::new();
    let server = workspace.serve(&[]);
    let (_, organiser) = server.person("Olga");
    let campus = server.london(&organiser);
    let (id, amal) = server.person("Amal");
    let approves = || {
        server
            .ask("PUT", &format!("/v1/campuses/{campus}/approval"), &amal, "")
            .0
    };
    workspace.run(&["grant-admin", &id]).ok();
    until(204, approves);
    let told = workspace.run(&["revoke-admin", "amal@example.org"]).ok();
    assert!(told.contains("Amal runs the service no longer"), "{told}");
    until(403, approves);
    // The last organiser stays, also when the console erases.
    let membership = format!("/v1/campuses/{campus}/members/me");
    assert_eq!(server.ask("PUT", &membership, &amal, "").0, 204);
    let refused = workspace.run(&["erase", "olga@example.org"]).refused(1);
    assert!(refused.contains("FAC London"), "{refused}");
    // Of a campus that nobody else has joined nothing is left to be organised.
    assert_eq!(server.ask("DELETE", &membership, &amal, "").0, 204);
    workspace.run(&["erase", "olga@example.org"]).ok();
}
