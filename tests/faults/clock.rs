//! The clock of the machine jumps, forward and back. Needs Debian's package `libfaketime`.

use std::{collections::BTreeSet, fs, path::PathBuf};

use serde_json::{Value, json};

use crate::{
    load::Camp,
    process::{Served, Workspace, text},
};

/// What puts another clock under a process.
pub fn library() -> PathBuf {
    let folders = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let mut found = folders.map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"));
    let found = found.find(|library| library.exists());
    found.expect("libfaketime was not found: run 'sudo apt-get install libfaketime' and try again")
}

fn serve(workspace: &Workspace, library: &PathBuf) -> Served {
    let mut command = workspace.command(&["serve", "--rate-limit", "off"]);
    command
        .env("LD_PRELOAD", library)
        .env("FAKETIME_TIMESTAMP_FILE", workspace.path().join("clock"))
        .env("FAKETIME_NO_CACHE", "1")
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    Workspace::start(command)
}

/// The status of what somebody with this token asks, which must be an answer.
fn ask(server: &Served, camp: &Camp, made: &mut Vec<String>) -> u16 {
    let slot = r#"{"week":1,"kind":"week","min":0,"capacity":1}"#;
    let (status, said) = server.ask("POST", &camp.slots(), &camp.token, slot);
    assert!(status < 500, "{status} {said}");
    if status == 201 {
        let slot: Value = serde_json::from_str(&said).unwrap();
        made.push(text(&slot["id"]));
    }
    status
}

#[test]
fn a_clock_that_jumps_ends_sessions_at_most_and_makes_no_id_twice() {
    let library = library();
    let workspace = Workspace::new();
    workspace.file("clock", "+0");
    let mut server = serve(&workspace, &library);
    let mut camp = Camp::open(&server);
    let mut made = Vec::new();
    assert_eq!(ask(&server, &camp, &mut made), 201);
    // A token of a time to come is good until then, or refused; logging in again always helps.
    for jump in ["+20m", "+40d", "-40d", "+1d", "-1d"] {
        workspace.file("clock", jump);
        let status = ask(&server, &camp, &mut made);
        assert!([201, 401].contains(&status), "{jump}: {status}");
        assert_eq!(server.get("/readyz").0, 200);
        // A process that starts meanwhile goes on making ids of its own.
        if jump.starts_with('-') {
            assert_eq!(server.stop().code, 0);
            server = serve(&workspace, &library);
            camp.url = server.url.clone();
        }
        let login = json!({"email": "olga@example.org", "password": "weaver lamp orbit"});
        camp.token = text(&server.json("POST", "/v1/auth/login", "", &login)["access_token"]);
        for _ in 0..20 {
            assert_eq!(ask(&server, &camp, &mut made), 201, "{jump}");
        }
    }
    let ids: BTreeSet<&String> = made.iter().collect();
    assert_eq!(ids.len(), made.len());
    assert!(!server.log().contains("panicked"), "{}", server.log());
    assert_eq!(server.stop().code, 0);
}
