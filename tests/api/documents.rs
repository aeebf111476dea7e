//! The checked-in documents that are made from the code.

use std::collections::BTreeSet;

use peerled::error::Code;

use crate::harness::compare_with_file;

#[test]
fn the_table_of_problems_is_the_code() {
    let mut text = String::from(
        "# Problems\n\nEvery problem document (RFC 9457) carries one of these codes; they are stable, match on them. The table is\n\
         made from the code, and a test compares it.\n\n| code | status | title |\n|---|---|---|\n",
    );
    let mut codes: Vec<Code> = Code::ALL.to_vec();
    codes.sort_by_key(|code| (code.status(), code.as_str()));
    for code in &codes {
        text.push_str(&format!(
            "| `{}` | {} | {} |\n",
            code.as_str(),
            code.status(),
            code.title()
        ));
    }
    compare_with_file("docs/errors.md", &text);
}

#[test]
fn every_problem_can_be_met() {
    let document = peerled::app::openapi("http://peerled.test").to_string();
    // Answered around the operations, not by one of them.
    let outside = [Code::MethodNotAllowed, Code::OriginNotAllowed];
    for code in Code::ALL.iter().filter(|code| !outside.contains(code)) {
        assert!(
            document.contains(&format!("`{}`", code.as_str())),
            "no operation answers {}",
            code.as_str()
        );
    }
}

/// Path, method and title of every operation, and whether it takes a session whatever it sets.
fn sessions_taken() -> Vec<(String, String, String, bool)> {
    let document = peerled::app::openapi("http://peerled.test");
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let operations = item
            .as_object()
            .unwrap()
            .iter()
            .filter(|(_, one)| one["summary"].is_string());
        for (method, operation) in operations {
            let refused = operation["responses"]["403"].to_string();
            let takes_session = refused.contains("session_required") && !refused.contains("insufficient_scope");
            let summary = operation["summary"].as_str().unwrap().to_owned();
            all.push((path.clone(), method.to_uppercase(), summary, takes_session));
        }
    }
    all.sort();
    all
}

#[test]
fn what_api_tokens_may_do_of_ones_own_and_not_at_a_campus_is_said() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let said = std::fs::read_to_string(root.join("docs/sessions.md")).unwrap();
    let is_own = |path: &str| path == "/v1/me" || path.starts_with("/v1/me/");
    let table = |heading: &str, is_listed: &dyn Fn(&str, bool) -> bool| {
        let listed = sessions_taken();
        let listed = listed
            .iter()
            .filter(|(path, _, _, takes_session)| is_listed(path, *takes_session));
        let rows = listed.map(|(path, method, summary, _)| format!("| `{method} {path}` | {summary} |"));
        format!(
            "| {heading} | |\n|---|---|\n{}\n\n",
            rows.collect::<Vec<String>>().join("\n")
        )
    };
    let open = table("open to tokens", &|path, takes_session| is_own(path) && !takes_session);
    let closed = table("closed to tokens", &|path, takes_session| {
        !is_own(path) && !path.starts_with("/v1/auth/") && takes_session
    });
    for table in [open, closed] {
        assert!(said.contains(&table), "docs/sessions.md should have\n{table}");
    }
}

#[test]
fn what_is_said_of_security_is_shown_by_tests_that_exist() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = std::fs::read_to_string(root.join("docs/security.md")).unwrap();
    let mut lines = BTreeSet::new();
    for row in document.lines().filter(|line| line.starts_with("| ")) {
        let mut cells = row.trim_matches('|').split('|');
        // A line may be told in parts: 15a, 15b.
        let number = cells
            .next()
            .unwrap()
            .trim()
            .trim_end_matches(|sign: char| sign.is_ascii_lowercase());
        let Ok(line) = number.parse::<u32>() else {
            continue;
        };
        lines.insert(line);
        let shown_by: Vec<&str> = cells.next_back().unwrap().split('`').skip(1).step_by(2).collect();
        assert!(!shown_by.is_empty(), "nothing shows line {line}");
        for name in shown_by {
            let (file, test) = name.split_once("::").unwrap_or((name, ""));
            let text = std::fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert!(
                text.contains(&format!("fn {test}(")) || test.is_empty(),
                "{file} has no test {test}"
            );
        }
    }
    assert_eq!(lines, (1..=29).collect());
}
