//! Signing keys.

use std::{
    fs::File,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use super::process::Workspace;

fn files(workspace: &Workspace) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(workspace.path().join("data/keys"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

/// As if a key had been put there so many minutes ago.
#[expect(clippy::disallowed_methods, reason = "the file system has a clock of its own")]
fn put_there(file: &PathBuf, minutes: u64) {
    let then = SystemTime::now() - Duration::from_secs(60 * minutes);
    let file = File::options().write(true).open(file).unwrap();
    file.set_modified(then).unwrap();
}

#[test]
fn keys_come_and_go() {
    let workspace = Workspace::new();
    assert!(
        workspace
            .run(&["keys", "rotate"])
            .refused(1)
            .contains("peerled migrate")
    );
    let server = workspace.serve(&[]);
    let (_, token) = server.person("Amal");
    let listed = workspace.run(&["keys", "list"]).ok();
    assert!(listed.lines().count() == 1 && listed.contains("signs"), "{listed}");
    assert!(
        workspace
            .run(&["keys", "retire"])
            .ok()
            .contains("No key is to be removed")
    );

    let rotated = workspace.run(&["keys", "rotate"]).ok();
    assert!(
        rotated.contains("signs from") && rotated.contains("removes those before it from"),
        "{rotated}"
    );
    let not_yet = workspace.run(&["keys", "retire"]).ok();
    let from = rotated.split_once("before it from ").unwrap().1.trim();
    let told = not_yet.starts_with("No key can be removed yet") && not_yet.contains(from.trim_end_matches('.'));
    assert!(told, "{not_yet}{rotated}");
    let listed = workspace.run(&["keys", "list"]).ok();
    assert!(
        listed.lines().count() == 2 && listed.contains("is published, and signs from"),
        "{listed}"
    );
    workspace.run(&["keys", "rotate"]).refused(1);
    put_there(&files(&workspace)[1], 12);
    let early = workspace.run(&["keys", "retire"]).refused(1);
    assert!(early.contains("may be good until"), "{early}");
    assert!(
        workspace
            .run(&["keys", "list"])
            .ok()
            .contains("verifies what it has signed")
    );
    put_there(&files(&workspace)[1], 40);
    let retired = workspace.run(&["keys", "retire"]).ok();
    assert!(retired.contains("is removed"), "{retired}");
    assert_eq!(files(&workspace).len(), 1);

    // The server notices within a minute; one that starts, at once. What is logged in stays logged in.
    server.stop();
    let server = workspace.serve(&[]);
    assert_eq!(
        server.ask("GET", "/v1/me", &token, "").0,
        401,
        "signed by the key that was removed"
    );
    let (_, token) = server.person("Basma");
    assert_eq!(server.ask("GET", "/v1/me", &token, "").0, 200);

    // A key that somebody else has goes at once.
    workspace.run(&["keys", "rotate"]).ok();
    let retired = workspace.run(&["keys", "retire", "--at-once"]).ok();
    assert!(retired.contains("Running servers notice within a minute"), "{retired}");
    let listed = workspace.run(&["keys", "list"]).ok();
    assert!(listed.lines().count() == 1 && listed.contains("  signs"), "{listed}");

    let told: Vec<String> = workspace.trail().into_iter().map(|(command, ..)| command).collect();
    let expected = ["rotate", "retire", "rotate", "retire"].map(|what| format!("peerled keys {what}"));
    assert_eq!(told, expected);
}

#[test]
fn a_variable_may_hold_several_and_is_not_written_to() {
    let workspace = Workspace::new();
    workspace.serve(&[]).stop();
    workspace.run(&["keys", "rotate"]).ok();
    let pem: String = files(&workspace)
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    let with = |arguments: &[&str]| workspace.run_with(("PEERLED_SIGNING_KEY", &pem), arguments);
    let listed = with(&["keys", "list"]).ok();
    assert_eq!(listed.matches("PEERLED_SIGNING_KEY").count(), 2, "{listed}");
    assert!(with(&["keys", "rotate"]).refused(1).contains("PEERLED_SIGNING_KEY"));
    let retired = with(&["keys", "retire"]).ok();
    assert!(retired.contains("can be taken out of PEERLED_SIGNING_KEY"), "{retired}");
    assert_eq!(files(&workspace).len(), 2);
}

#[test]
fn a_second_factor_is_reset() {
    let workspace = Workspace::new();
    let server = workspace.serve(&[]);
    let (id, token) = server.person("Amal");
    let none = workspace.run(&["reset-second-factor", "amal@example.org"]).refused(1);
    assert!(none.contains("Amal has no second factor"), "{none}");
    assert_eq!(server.ask("POST", "/v1/me/totp", &token, "").0, 201);
    let said = workspace.run(&["reset-second-factor", "Amal@example.org"]).ok();
    assert!(said.contains("Amal logs in with the password alone"), "{said}");
    workspace.run(&["reset-second-factor", &id]).refused(1);
    assert!(
        workspace
            .run(&["reset-second-factor", "basma@example.org"])
            .refused(1)
            .contains("no account")
    );
    let mail = workspace.run(&["outbox"]).ok();
    assert!(mail.contains("The second factor of your account was removed"), "{mail}");
    let difference = r#"{"second_factor":{"from":true,"to":false}}"#;
    let entry = (
        "peerled reset-second-factor".to_owned(),
        format!("/v1/people/{id}"),
        Some(difference.to_owned()),
    );
    assert!(workspace.trail().contains(&entry));
}
