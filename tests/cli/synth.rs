//! `peerled synth`.

use serde_json::Value;

use super::process::Workspace;

#[test]
fn a_made_up_network_is_served_with_the_tokens_that_were_written() {
    let workspace = Workspace::new();
    let made = workspace.run(&["synth", "--campuses", "1", "--tokens", "t.jsonl", "--token-count", "2"]);
    let told = made.ok();
    assert!(told.contains("12 cohorts") || told.contains("13 cohorts"), "{told}");
    assert!(told.contains("password"), "{told}");
    let again = workspace.run(&["synth", "--campuses", "1"]).refused(1);
    assert!(again.contains("--into-existing"), "{again}");
    let trail = workspace.trail();
    assert!(
        trail.iter().any(|(command, ..)| command == "peerled synth"),
        "{trail:?}"
    );

    let tokens = || -> Vec<Value> {
        let text = std::fs::read_to_string(workspace.path().join("t.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let first = tokens();
    let roles: Vec<&str> = first.iter().map(|line| line["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["staff", "staff", "graduate", "graduate"]);
    // The server signs as it is known, which by default is the address that it listens on.
    let known = ["--public-url", "http://peerled.test"];
    let renew = ["synth", "--only-tokens", "--tokens", "t.jsonl", "--token-count", "2"];
    workspace.run(&[&renew[..], &known].concat()).ok();
    let renewed = tokens();
    assert!(
        first
            .iter()
            .zip(&renewed)
            .all(|(old, new)| old["person_id"] == new["person_id"])
    );
    let server = workspace.serve(&known);
    for line in renewed {
        let (status, me) = server.ask("GET", "/v1/me", line["token"].as_str().unwrap(), "");
        assert_eq!(status, 200, "{me}");
        let me: Value = serde_json::from_str(&me).unwrap();
        assert_eq!(me["id"], line["person_id"]);
    }
}

#[test]
fn tokens_are_only_of_people_who_are_made_up() {
    let workspace = Workspace::new();
    workspace.run(&["migrate"]).ok();
    let refused = workspace
        .run(&["synth", "--only-tokens", "--tokens", "t.jsonl"])
        .refused(1);
    assert!(refused.contains("--campuses"), "{refused}");
    assert_eq!(workspace.run(&["synth"]).code, 2);
}
