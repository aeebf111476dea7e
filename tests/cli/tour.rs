//! The tour in `docs/tour.md` is run block by block, and prints what the page says it prints.

use std::process::Command;

use super::process::Workspace;

const TOUR: &str = include_str!("../../docs/tour.md");
/// Printed after each block, to tell their outputs apart.
const MARK: &str = "--- end of block ---";

/// A block of commands, and what it prints if the page says so; `…` stands for anything.
struct Block {
    commands: String,
    prints: Option<String>,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else {
            continue;
        };
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let text = text.join("\n");
        match language {
            "sh" => blocks.push(Block {
                commands: text,
                prints: None,
            }),
            "text" => blocks.last_mut().unwrap().prints = Some(text),
            _ => {}
        }
    }
    blocks
}

/// Whether a line is the one expected: its parts around `…` in their order.
fn fits(line: &str, expected: &str) -> bool {
    let mut parts = expected.split('…');
    let Some(mut rest) = line.strip_prefix(parts.next().unwrap()) else {
        return false;
    };
    let mut open = false;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
        open = part.is_empty();
    }
    open || rest.is_empty()
}

#[test]
fn the_tour_runs_and_prints_what_it_says() {
    let workspace = Workspace::new();
    let server = workspace.serve(&[]);
    let blocks = blocks(TOUR);
    assert!(blocks.len() > 8, "the page has its blocks");
    let script: String = blocks
        .iter()
        .map(|block| format!("{}\necho '{MARK}'\n", block.commands))
        .collect();
    let script = workspace.file("tour.sh", &script);
    let ran = Command::new("bash")
        .args(["-euo", "pipefail", &script])
        .current_dir(workspace.path())
        .env("PEERLED", &server.url)
        .output()
        .unwrap();
    let (out, err) = (
        String::from_utf8(ran.stdout).unwrap(),
        String::from_utf8(ran.stderr).unwrap(),
    );
    assert!(ran.status.success(), "{out}\n{err}");
    for (block, printed) in blocks.iter().zip(out.split(&format!("{MARK}\n"))) {
        let Some(expected) = &block.prints else { continue };
        let (printed, expected): (Vec<_>, Vec<_>) = (printed.lines().collect(), expected.lines().collect());
        let same = printed.len() == expected.len() && printed.iter().zip(&expected).all(|(a, b)| fits(a, b));
        assert!(same, "{}\nprints {printed:#?}\nand not {expected:#?}", block.commands);
    }
    let picture = std::fs::read_to_string(workspace.path().join("encounters.svg")).unwrap();
    assert!(picture.starts_with("<svg"), "{picture}");
}

#[test]
fn an_ellipsis_stands_for_anything() {
    for (line, expected, fit) in [
        ("same", "same", true),
        ("same", "sam", false),
        ("a long line", "a …", true),
        ("a long line", "a … line", true),
        ("a long line", "a … word", false),
        ("a long line", "b …", false),
    ] {
        assert_eq!(fits(line, expected), fit, "{line} / {expected}");
    }
}
