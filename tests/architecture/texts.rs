//! What callers are told is in people's words: a page shows a `detail` to somebody who has never heard of a path.

use std::{fs, path::Path};

use super::{files, root, without_tests};

/// What speaks to developers: the document of the operations, and what is read at a terminal.
const FOR_DEVELOPERS: &[&str] = &[
    "src/web/openapi.rs",
    "src/web/parameters.rs",
    "src/cli/",
    "src/accounts/http/totp.rs",
];

const METHODS: [&str; 5] = ["GET", "PUT", "POST", "PATCH", "DELETE"];

/// The texts in quotes in a file without its tests and comments, a line that goes on with what it goes on with.
fn quoted(text: &str) -> Vec<String> {
    let code = without_tests(text);
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: Vec<&str> = lines.collect();
    let code = code.join("\n").replace("\\\n", " ");
    let mut found = Vec::new();
    let mut rest = code.as_str();
    while let Some(begins) = rest.find('"') {
        let inside = &rest[begins + 1..];
        let after = super::after_quotes(inside);
        found.push(inside[..inside.len() - after.len()].to_owned());
        rest = after;
    }
    found
}

/// Whether a text has a method with a path behind it, or tells somebody to send one.
fn speaks_http(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let method = pair[0].trim_matches(|c: char| !c.is_alphabetic());
        METHODS.contains(&method) && (pair[1].starts_with(['/', '…']) || pair[1].starts_with(char::is_lowercase))
    })
}

fn is_for_developers(path: &str) -> bool {
    path.ends_with("operations.rs") || FOR_DEVELOPERS.iter().any(|one| path.starts_with(one))
}

#[test]
fn no_message_tells_people_methods_and_paths() {
    let mut found = Vec::new();
    for file in files() {
        let name = Path::new(&file.name)
            .strip_prefix(root())
            .map_or(file.name.as_str().into(), Path::to_path_buf);
        let name = name.to_string_lossy().into_owned();
        if is_for_developers(&name) {
            continue;
        }
        let text = fs::read_to_string(root().join(&name)).unwrap();
        let spoken = quoted(&text).into_iter().filter(|text| speaks_http(text));
        found.extend(spoken.map(|text| format!("{name}: {text}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn methods_with_paths_are_found() {
    for (text, speaks) in [
        ("Remove one first: DELETE /v1/pair-rules/{id}.", true),
        ("Get a secret first, with `POST /v1/me/totp`.", true),
        ("give them a link (POST …/claim-links)", true),
        ("PATCH their enrolment with status `withdrawn` first.", true),
        ("Remove one first.", false),
        ("GET", false),
    ] {
        assert_eq!(speaks_http(text), speaks, "{text}");
    }
    assert_eq!(
        quoted("let a = \"one \\\n   two\"; // \n /// \"no\"\nlet b = \"three\";"),
        ["one     two", "three"]
    );
}
