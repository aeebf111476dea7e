//! The log of a whole run holds no password, token, code or address.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::process::{Served, Workspace, text};

#[path = "../api/mail/smtp.rs"]
mod smtp;

const PASSWORD: &str = "weaver lamp orbit";

/// Somebody's tokens.
fn log_in(server: &Served, email: &str) -> (String, String) {
    let tokens = server.json(
        "POST",
        "/v1/auth/login",
        "",
        &json!({"email": email, "password": PASSWORD}),
    );
    (text(&tokens["access_token"]), text(&tokens["refresh_token"]))
}

/// The code in the newest letter to somebody, once they have so many.
fn code(mail: &smtp::SmtpServer, email: &str, letters: usize) -> String {
    let to = |seen: &smtp::Received| -> Vec<String> {
        let own = seen.taken.iter().filter(|(recipient, _)| recipient == email);
        own.map(|(_, text)| text.clone()).collect()
    };
    let letter = to(&mail.until(|seen| to(seen).len() == letters)).pop().unwrap();
    let line = letter.lines().find_map(|line| line.trim_end().strip_prefix("    "));
    line.unwrap().to_owned()
}

/// Somebody's access token, and the code that opened their account.
fn open_account(server: &Served, mail: &smtp::SmtpServer, email: &str, letters: usize) -> (String, String) {
    let account = json!({"email": email, "name": "X", "password": PASSWORD});
    server.json("POST", "/v1/people", "", &account);
    let code = code(mail, email, letters);
    server.json("POST", "/v1/people/verifications", "", &json!({ "code": code }));
    (log_in(server, email).0, code)
}

#[test]
fn a_whole_run_leaves_no_secret_and_no_address_in_the_log() {
    let (workspace, mail) = (Workspace::new(), smtp::SmtpServer::start());
    let server = workspace.serve(&["--log", "human,debug", "--smtp-url", &mail.url]);
    let mut secrets: Vec<String> = vec![PASSWORD.into(), "not the password".into(), "@example.org".into()];

    let (token, opened) = open_account(&server, &mail, "olga@example.org", 1);
    secrets.extend([token.clone(), opened]);
    let (status, _) = server.ask(
        "POST",
        "/v1/people",
        "",
        r#"{"email":"olga@example.org","name":"O","password":"another lamp orbit"}"#,
    );
    assert_eq!(status, 202);
    let forgotten = r#"{"email":"olga@example.org"}"#;
    assert_eq!(server.ask("POST", "/v1/auth/password-resets", "", forgotten).0, 202);
    secrets.push(code(&mail, "olga@example.org", 3));
    let wrong = json!({"email": "olga@example.org", "password": "not the password"}).to_string();
    assert_eq!(server.ask("POST", "/v1/auth/login", "", &wrong).0, 401);
    let broken = "{\"email\":\"olga@example.org\",\"password\":";
    assert_eq!(server.ask("POST", "/v1/auth/login", "", broken).0, 400);
    let (access, refresh) = log_in(&server, "olga@example.org");
    let body = json!({ "refresh_token": refresh });
    let next = server.json("POST", "/v1/auth/refresh", "", &body);
    let used = json!({"refresh_token": next["refresh_token"]});
    server.json("POST", "/v1/auth/refresh", "", &used);
    // The first one again ends the session.
    assert_eq!(server.ask("POST", "/v1/auth/refresh", "", &body.to_string()).0, 401);
    assert_eq!(server.ask("GET", "/v1/me", &access, "").0, 401);
    assert_eq!(server.ask("GET", "/v1/me?token=olga@example.org", &token, "").0, 400);
    assert_eq!(server.ask("GET", "/v1/people/olga@example.org", &token, "").0, 404);
    secrets.extend([
        access,
        refresh,
        text(&next["refresh_token"]),
        text(&next["access_token"]),
    ]);

    let campus = server.london(&token);
    let programmes: Value = serde_json::from_str(&server.get("/v1/programmes?slug=fac-2018").1).unwrap();
    let cohort = json!({
        "slug": "fac14", "name": "FAC14", "programme_id": programmes["data"][0]["id"], "starts_on": "2026-01-05",
    });
    let cohort = text(&server.json("POST", &format!("/v1/campuses/{campus}/cohorts"), &token, &cohort)["id"]);
    for name in ["refused", "later", "taken"] {
        let guest = json!({"email": format!("{name}@example.org"), "name": name});
        server.json("POST", &format!("/v1/cohorts/{cohort}/enrolments"), &token, &guest);
    }
    let code = code(&mail, "taken@example.org", 1);
    let (taken, opened) = open_account(&server, &mail, "taken@example.org", 2);
    secrets.push(opened);
    let accept = json!({ "token": code });
    server.json("POST", "/v1/invitations/acceptances", &taken, &accept);
    assert_eq!(
        server
            .ask("POST", "/v1/invitations/acceptances", &taken, &accept.to_string())
            .0,
        409
    );
    secrets.push(code);
    let table = workspace.file("students.csv", "email,name\nrow@example.org,Row\n");
    workspace.run(&["import", "london/fac14", &table]).ok();

    // What was refused is told, without whom.
    let began = Instant::now();
    while !server.log().contains("refuses this message") {
        assert!(began.elapsed() < Duration::from_secs(60), "{}", server.log());
        std::thread::sleep(Duration::from_millis(50));
    }
    let log = server.log();
    for path in [
        "/v1/auth/login",
        "/v1/auth/password-resets",
        "/v1/invitations/acceptances",
    ] {
        assert!(log.contains(path), "{log}");
    }
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log:\n{log}");
    }
}
