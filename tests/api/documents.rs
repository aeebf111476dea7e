//! The checked-in documents that are made from the code.

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
