//! Settings: where they come from, and what a wrong one gets.

use super::process::Workspace;

#[test]
fn each_wrong_setting_ends_the_start_with_a_sentence_that_names_it() {
    let workspace = Workspace::new();
    let cases = [
        ("PEERLED_DATABASE_URL", "mysql://root@localhost/peerled"),
        ("PEERLED_DATABASE_URL", "sqlite://"),
        ("PEERLED_BIND", "8080"),
        ("PEERLED_BIND", "localhost:http"),
        ("PEERLED_PUBLIC_URL", "api.example.org"),
        ("PEERLED_CORS_ORIGINS", "*"),
        ("PEERLED_CORS_ORIGINS", "https://app.example.org,example.net"),
        ("PEERLED_CONSOLE", "maybe"),
        ("PEERLED_RATE_LIMIT", "maybe"),
        ("PEERLED_SMTP_URL", "http://mail.example.org"),
        ("PEERLED_SMTP_URL", "file:"),
        ("PEERLED_MAIL_FROM", "nobody"),
        ("PEERLED_LOG", "loud"),
        ("PEERLED_REGISTRATION", "ajar"),
        ("PEERLED_REQUIRE_SECOND_FACTOR", "everybody"),
        ("PEERLED_REFRESH_GRACE", "61"),
        ("PEERLED_DRAIN", "soon"),
        ("PEERLED_STOP_TIMEOUT", "301"),
        ("PEERLED_TRUSTED_PROXIES", "proxy"),
        ("PEERLED_WEBHOOK_HOSTS", "https://hooks.internal"),
        ("PEERLED_SIGNING_KEY", "not a key"),
        ("PEERLED_OIDC_ISSUER", "http://login.example.org"),
        ("PEERLED_GITHUB_URL", "github.example.org"),
    ];
    for (name, value) in cases {
        let sentence = workspace.run_with((name, value), &["serve"]).refused(1);
        assert!(sentence.starts_with(&format!("{name}: ")), "{name}={value}: {sentence}");
    }
}

#[test]
fn an_address_in_use_is_named() {
    let workspace = Workspace::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = workspace.run(&["serve", "--bind", &address]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.err.contains(&format!("PEERLED_BIND: cannot listen on {address}")),
        "{ran:?}"
    );
}

#[test]
fn a_database_that_cannot_be_reached_or_written_is_a_sentence() {
    let workspace = Workspace::new();
    let file = workspace.file("file", "");
    let below = format!("sqlite://{file}/peerled.db");
    workspace.run(&["migrate", "--database-url", &below]).refused(1);
    let text = workspace.file("text.db", &"this is not a database ".repeat(100));
    workspace
        .run(&["migrate", "--database-url", &format!("sqlite://{text}")])
        .refused(1);
    let unreachable = workspace.run(&["migrate", "--database-url", "postgres://nobody@127.0.0.1:1/none"]);
    assert_eq!(unreachable.code, 1);
    assert!(
        unreachable.err.starts_with("peerled: cannot reach PostgreSQL"),
        "{unreachable:?}"
    );
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let workspace = Workspace::new();
    let file = workspace.file(
        "peerled.toml",
        "mail_from = \"file@example.org\"\nrate_limit = \"off\"\nlog = \"json\"\n",
    );
    let shown = |workspace: &Workspace, arguments: &[&str]| {
        let all = [&["config", "--config", &file], arguments].concat();
        workspace
            .run_with(("PEERLED_MAIL_FROM", "environment@example.org"), &all)
            .ok()
    };
    let both = shown(&workspace, &[]);
    assert!(both.contains("mail_from = \"environment@example.org\""), "{both}");
    assert!(
        both.contains("rate_limit = \"off\"") && both.contains("log = \"json,"),
        "{both}"
    );
    let all = shown(&workspace, &["--mail-from", "flag@example.org"]);
    assert!(all.contains("mail_from = \"flag@example.org\""), "{all}");
}

#[test]
fn a_file_that_is_missing_or_has_an_unknown_setting_is_named() {
    let workspace = Workspace::new();
    let missing = workspace.run(&["config", "--config", "missing.toml"]).refused(1);
    assert!(missing.contains("missing.toml"), "{missing}");
    let file = workspace.file("wrong.toml", "colour = \"blue\"\n");
    let unknown = workspace.run(&["config", "--config", &file]).refused(1);
    assert!(unknown.contains("colour"), "{unknown}");
}

#[test]
fn config_prints_no_secret() {
    let workspace = Workspace::new();
    let shown = workspace
        .run(&[
            "config",
            "--database-url",
            "postgres://peerled:hush-database@localhost/peerled",
            "--smtp-url",
            "smtps://peerled:hush-mail@mail.example.org",
            "--oidc-issuer",
            "https://a.example,https://b.example",
            "--oidc-client-id",
            "one,two",
            "--oidc-client-secret",
            "hush-a,hush-b",
            "--github-client-id",
            "three",
            "--github-client-secret",
            "hush-c",
        ])
        .ok();
    assert!(
        shown.contains("postgres://peerled:<redacted>@localhost/peerled"),
        "{shown}"
    );
    assert!(!shown.contains("hush"), "{shown}");
    assert!(shown.contains("oidc_client_id = \"one,two\""), "{shown}");
    assert!(shown.contains("github_url = \"https://github.com\""), "{shown}");
}
