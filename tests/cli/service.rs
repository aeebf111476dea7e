//! Commands for whoever runs the service.

use serde_json::{Value, json};

use super::process::{Workspace, text};

#[test]
fn help_lists_every_command_and_says_what_each_is_for() {
    let workspace = Workspace::new();
    let help = workspace.run(&["--help"]).ok();
    for command in [
        "serve",
        "migrate",
        "backup",
        "restore",
        "config",
        "form",
        "import",
        "export",
        "approve-campus",
        "grant-admin",
        "reset-second-factor",
        "revoke-admin",
        "disable",
        "ban",
        "enable",
        "erase",
        "keys",
        "reset-password",
        "synth",
        "outbox",
    ] {
        assert!(help.contains(&format!("  {command} ")), "{command} is not in:\n{help}");
        let own = workspace.run(&[command, "--help"]).ok();
        assert!(own.contains("Usage: peerled"), "{own}");
    }
    assert!(workspace.run(&["--version"]).ok().starts_with("peerled "));
    assert_eq!(workspace.run(&[]).code, 2);
    assert_eq!(workspace.run(&["dance"]).code, 2);
}

#[test]
fn migrate_brings_a_database_up_to_date_once() {
    let workspace = Workspace::new();
    let first = workspace.run(&["migrate"]).ok();
    assert!(
        first.contains("up to date") && workspace.path().join("data/peerled.db").exists(),
        "{first}"
    );
    assert!(workspace.run(&["migrate"]).ok().contains("took 0 steps"));
}

#[test]
fn serve_answers_and_stops_when_asked() {
    let workspace = Workspace::new();
    let server = workspace.serve(&[]);
    assert_eq!(server.get("/healthz").0, 200);
    assert_eq!(server.get("/readyz").0, 200);
    let (status, page) = server.get("/docs");
    assert!(status == 200 && page.contains("<html"), "{page}");
    let document: Value = serde_json::from_str(&server.get("/openapi.json").1).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(server.stop().code, 0);
    // The same folder serves again, with the same keys and data.
    assert_eq!(workspace.serve(&[]).stop().code, 0);
}

#[test]
fn grant_admin_needs_an_account() {
    let workspace = Workspace::new();
    let server = workspace.serve(&[]);
    let unknown = workspace.run(&["grant-admin", "amal@example.org"]).refused(1);
    assert!(unknown.contains("amal@example.org"), "{unknown}");
    assert!(workspace.run(&["grant-admin", "amal"]).refused(1).contains("amal"));

    server.person("Amal");
    let (id, _) = server.person("Basma");
    let granted = workspace.run(&["grant-admin", "Amal@example.org"]).ok();
    assert!(granted.contains("Amal runs the whole service"), "{granted}");
    let granted = workspace.run(&["grant-admin", &id]).ok();
    assert!(
        granted.contains("Basma runs the whole service") && granted.contains(&id),
        "{granted}"
    );
    workspace.run(&["grant-admin", "0ds8x2v4fmg00"]).refused(1);
    let trail = workspace.trail();
    let grants: Vec<_> = trail
        .iter()
        .filter(|(command, ..)| command == "peerled grant-admin")
        .collect();
    let difference = Some(r#"{"is_admin":{"from":false,"to":true}}"#.to_owned());
    assert_eq!(
        (grants.len(), &grants[1].1, &grants[1].2),
        (2, &format!("/v1/people/{id}"), &difference)
    );
}

#[test]
fn what_a_command_changes_beside_the_server_is_not_answered_as_it_was() {
    let workspace = Workspace::new();
    let server = workspace.serve(&[]);
    let (_, organiser) = server.person("Olga");
    let id = server.london(&organiser);
    let (_, amal) = server.person("Amal");
    let approves = || {
        server
            .ask("DELETE", &format!("/v1/campuses/{id}/approval"), &amal, "")
            .0
    };
    // What she is, is kept in memory from here on.
    assert_eq!((approves(), approves()), (403, 403));
    workspace.run(&["grant-admin", "amal@example.org"]).ok();
    // The server looks every ten milliseconds.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while approves() != 204 {
        assert!(std::time::Instant::now() < deadline, "the server has not noticed");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn a_campus_is_approved_and_no_longer() {
    let workspace = Workspace::new();
    let server = workspace.serve(&[]);
    let (_, token) = server.person("Olga");
    let id = server.london(&token);
    let is_approved = || {
        let campus: Value = serde_json::from_str(&server.get(&format!("/v1/campuses/{id}")).1).unwrap();
        campus["approved_at"].is_string()
    };
    assert!(!is_approved());
    let said = workspace.run(&["approve-campus", "london"]).ok();
    assert!(is_approved() && said.contains("FAC London"), "{said}");
    workspace.run(&["approve-campus", &id, "--withdraw"]).ok();
    assert!(!is_approved());
    let trail = workspace.trail();
    assert_eq!(
        trail[0],
        (
            "peerled approve-campus".into(),
            format!("/v1/campuses/{id}"),
            Some(r#"{"approved":{"from":false,"to":true}}"#.into()),
        )
    );
    assert_eq!(trail[1].2.as_deref(), Some(r#"{"approved":{"from":true,"to":false}}"#));
    for unknown in ["paris", "0ds8x2v4fmg00", "No Slug"] {
        let sentence = workspace.run(&["approve-campus", unknown]).refused(1);
        assert!(
            sentence.contains(&format!("there is no campus {unknown}")),
            "{sentence}"
        );
    }
}

#[test]
fn an_empty_outbox_says_so() {
    let workspace = Workspace::new();
    // A command that only looks makes no database.
    assert!(workspace.run(&["outbox"]).refused(1).contains("peerled migrate"));
    assert!(!workspace.path().join("data").exists());
    workspace.run(&["migrate"]).ok();
    assert_eq!(workspace.run(&["outbox"]).ok(), "The outbox is empty.\n");
    let told: Vec<String> = workspace.trail().into_iter().map(|(command, ..)| command).collect();
    assert_eq!(told, ["peerled migrate", "peerled outbox"]);
}

#[test]
fn the_demonstration_has_something_in_it_and_leaves_nothing_behind() {
    let workspace = Workspace::new();
    let mut server = workspace.serve(&["--demo"]);
    let url = server.url.clone();
    let told = server.told("Everything else, with");
    for line in [
        "organiser in London",
        "facilitator in London",
        "organiser in Gaza",
        "mentors fac15",
    ] {
        assert!(told.contains(line), "{told}");
    }
    // What it says to try works, as it stands.
    let picture = workspace.path().join("encounters.svg");
    let commands = told.split("15 minutes:\n").nth(1).unwrap();
    let commands = commands.split("Everything else").next().unwrap();
    let script = workspace.file("try.sh", &commands.replace("curl ", "curl --fail-with-body -sS "));
    let ran = std::process::Command::new("bash")
        .args(["-euo", "pipefail", &script])
        .current_dir(workspace.path())
        .output()
        .unwrap();
    let (out, err) = (
        String::from_utf8(ran.stdout).unwrap(),
        String::from_utf8(ran.stderr).unwrap(),
    );
    assert!(ran.status.success(), "{commands}\n{out}\n{err}");
    assert!(
        out.contains("\"members\":[") && out.contains("\"status\":\"draft\""),
        "{out}"
    );
    assert!(std::fs::read_to_string(picture).unwrap().starts_with("<svg"));

    let all = |path: &str| -> Vec<Value> {
        let (status, text) = server.get(path);
        assert_eq!(status, 200, "{text}");
        let page: Value = serde_json::from_str(&text).unwrap();
        page["data"].as_array().unwrap().clone()
    };
    assert_eq!(all("/v1/campuses").len(), 2);
    let mut statuses: Vec<String> = all("/v1/cohorts")
        .iter()
        .map(|cohort| text(&cohort["status"]))
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, ["graduated", "planned", "planned", "running"]);

    // Every account logs in with the one password.
    let password = told.split("with the password ").nth(1).unwrap().lines().next().unwrap();
    for line in told.lines().filter(|line| line.contains("@example.org")) {
        let credentials = json!({ "email": line.split_whitespace().next(), "password": password });
        server.json("POST", "/v1/auth/login", "", &credentials);
    }
    assert!(told.contains(&url));

    // What it would mail is there to read.
    let folder = told
        .split("Mail is written to ")
        .nth(1)
        .unwrap()
        .split(", a file")
        .next()
        .unwrap()
        .to_owned();
    let newcomer = json!({ "email": "new@example.org", "name": "New", "password": "weaver lamp orbit" });
    server.json("POST", "/v1/people", "", &newcomer);
    let is_there = || {
        let mut files = std::fs::read_dir(&folder).unwrap();
        files.any(|file| {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap_or_default();
            text.contains("To: new@example.org") && text.contains("Subject: Open your account")
        })
    };
    let began = std::time::Instant::now();
    while !is_there() {
        assert!(began.elapsed().as_secs() < 60, "no mail in {folder}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(server.stop().code, 0);
    let left: Vec<String> = std::fs::read_dir(workspace.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("peerled-demo-") || name == "data")
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// A file of the system's time zone data (RFC 9636): a zone whose clocks are always so many hours ahead of UTC.
fn zone_ahead(hours: i32) -> Vec<u8> {
    let block = |version: u8| {
        let counts = [0, 0, 0, 0, 1, 4_u32].map(u32::to_be_bytes).concat();
        let header = [b"TZif".as_slice(), &[version], &[0; 15], &counts].concat();
        let kind = [(hours * 3600).to_be_bytes().as_slice(), &[0, 0]].concat();
        [header, kind, b"ZZZ\0".to_vec()].concat()
    };
    [block(b'2'), block(b'2'), format!("\nZZZ-{hours}\n").into_bytes()].concat()
}

#[test]
fn clocks_follow_the_rules_of_the_system() {
    let workspace = Workspace::new();
    std::fs::create_dir_all(workspace.path().join("zones/Europe")).unwrap();
    std::fs::write(workspace.path().join("zones/Europe/London"), zone_ahead(9)).unwrap();
    let mut command = workspace.command(&["serve"]);
    command.env("TZDIR", workspace.path().join("zones"));
    let server = Workspace::start(command);
    let (_, token) = server.person("Olga");
    let due = |campus: &str| {
        let programmes: Value =
            serde_json::from_str(&server.ask("GET", "/v1/programmes?slug=fac-2018", &token, "").1).unwrap();
        let cohort = json!({
            "slug": "fac99", "name": "FAC99", "programme_id": programmes["data"][0]["id"], "starts_on": "2099-01-05",
        });
        let cohort = server.json("POST", &format!("/v1/campuses/{campus}/cohorts"), &token, &cohort);
        let week = server
            .ask(
                "GET",
                &format!("/v1/cohorts/{}/weeks/1", text(&cohort["id"])),
                &token,
                "",
            )
            .1;
        let week: Value = serde_json::from_str(&week).unwrap();
        (text(&week["project"]["due_local"]), text(&week["project"]["due_at"]))
    };
    let expected = |local: &str, instant: &str| (local.to_owned(), instant.to_owned());
    assert_eq!(
        due(&server.london(&token)),
        expected("2099-01-09T17:00:00", "2099-01-09T08:00:00Z")
    );
    // What the system does not have is compiled in.
    let gaza = json!({
        "slug": "gaza", "name": "FAC Gaza", "city": "Gaza", "country": "Palestine",
        "time_zone": "Asia/Jakarta", "work_week": ["mon", "tue", "wed", "thu", "fri"],
    });
    let gaza = text(&server.json("POST", "/v1/campuses", &token, &gaza)["id"]);
    assert_eq!(due(&gaza), expected("2099-01-09T17:00:00", "2099-01-09T10:00:00Z"));
    // What was set by the clock on the wall moves with it when its rules are others than they were.
    let cohorts: Value = serde_json::from_str(&server.ask("GET", "/v1/cohorts?slug=fac99", &token, "").1).unwrap();
    let cohorts = cohorts["data"].as_array().unwrap();
    let in_london = cohorts
        .iter()
        .find(|cohort| text(&cohort["campus_id"]) != gaza)
        .unwrap();
    let slot = json!({
        "week": 1, "kind": "week", "min": 1, "capacity": 1, "starts_at": "2099-01-06T14:00", "ends_at": "2099-01-06T15:00",
    });
    let slots = format!("/v1/cohorts/{}/mentor-slots", text(&in_london["id"]));
    let made = server.json("POST", &slots, &token, &slot);
    assert_eq!(text(&made["starts_at"]), "2099-01-06T05:00:00Z");
    assert_eq!(server.stop().code, 0);
    std::fs::write(workspace.path().join("zones/Europe/London"), zone_ahead(10)).unwrap();
    let mut command = workspace.command(&["serve"]);
    command.env("TZDIR", workspace.path().join("zones"));
    let server = Workspace::start(command);
    let read = server
        .ask("GET", &format!("/v1/mentor-slots/{}", text(&made["id"])), &token, "")
        .1;
    let read: Value = serde_json::from_str(&read).unwrap();
    assert_eq!(
        (text(&read["starts_local"]), text(&read["starts_at"])),
        expected("2099-01-06T14:00:00", "2099-01-06T04:00:00Z")
    );
}
