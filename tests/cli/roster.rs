//! `peerled import` and `peerled export`.

use serde_json::json;

use super::process::{Served, Workspace, text};

/// A server with the cohort `london/fac14`; the organiser's token and the cohort's id.
fn london(workspace: &Workspace) -> (Served, String, String) {
    let server = workspace.serve(&[]);
    let (_, token) = server.person("Olga");
    let campus = server.london(&token);
    let (status, programmes) = server.get("/v1/programmes?slug=fac-2018");
    assert_eq!(status, 200);
    let programmes: serde_json::Value = serde_json::from_str(&programmes).unwrap();
    let cohort = json!({
        "slug": "fac14", "name": "FAC14", "programme_id": programmes["data"][0]["id"], "starts_on": "2026-01-05",
    });
    let cohort = server.json("POST", &format!("/v1/campuses/{campus}/cohorts"), &token, &cohort);
    (server, token, text(&cohort["id"]))
}

const TABLE: &str = "email,name,experience,gender\n,Amal,2,w\nbea@example.org,Bea,,\n";

#[test]
fn a_roster_is_tried_imported_and_exported() {
    let workspace = Workspace::new();
    let (server, token, cohort) = london(&workspace);
    let file = workspace.file("students.csv", TABLE);
    let enrolled = || {
        server
            .ask("GET", &format!("/v1/cohorts/{cohort}/enrolments"), &token, "")
            .1
    };

    let tried = workspace.run(&["import", "london/fac14", &file, "--dry-run"]).ok();
    assert_eq!(
        tried,
        "line 2  Amal  enrolled\nline 3  bea@example.org  invited\n\
         1 enrolled, 1 invited; this was a dry run, nothing was changed\n"
    );
    assert!(!enrolled().contains("Amal") && workspace.run(&["outbox"]).ok().contains("is empty"));

    let done = workspace.run(&["import", &cohort, &file]).ok();
    assert!(done.ends_with("1 enrolled, 1 invited\n"), "{done}");
    assert!(enrolled().contains("Amal"));
    assert!(workspace.run(&["outbox"]).ok().contains("to bea@example.org"));

    let again = workspace.run(&["import", "london/fac14", &file]).ok();
    assert!(again.ends_with("1 already enrolled, 1 already invited\n"), "{again}");

    let exported = workspace.run(&["export", "london/fac14"]).ok();
    assert!(exported.starts_with("\u{feff}email,name,"), "{exported}");
    assert!(exported.contains(",Amal,,enrolled,"), "{exported}");
    let done: Vec<_> = workspace
        .trail()
        .into_iter()
        .filter(|(command, ..)| command != "peerled outbox")
        .collect();
    let commands = ["import --dry-run", "import", "import", "export"];
    let expected = commands.map(|command| (format!("peerled {command}"), format!("/v1/cohorts/{cohort}")));
    let named = done
        .iter()
        .map(|(command, target, _)| (command.clone(), target.clone()));
    assert_eq!(named.collect::<Vec<_>>(), expected);
    let counted: Vec<bool> = done.iter().map(|(_, _, difference)| difference.is_some()).collect();
    assert_eq!(counted, [false, true, true, false], "{done:?}");
    let file = workspace.file("exported.csv", &exported);
    let back = workspace.run(&["import", "london/fac14", &file]).ok();
    assert!(back.ends_with("1 already enrolled\n"), "{back}");
}

#[test]
fn a_table_is_read_as_spreadsheets_write_it() {
    let workspace = Workspace::new();
    let (server, token, cohort) = london(&workspace);
    let file = workspace.path().join("old.csv");
    std::fs::write(&file, b"name;joined_on;shoe\nZo\xeb;03/02/2026;43\n").unwrap();
    let file = file.to_str().unwrap();
    let sentence = workspace.run(&["import", "london/fac14", file]).refused(1);
    assert!(sentence.contains("--windows-1252"), "{sentence}");
    let told = ["--windows-1252", "--skip-unknown", "--date-format", "dmy"];
    let done = workspace
        .run(&[&["import", "london/fac14", file], told.as_slice()].concat())
        .ok();
    assert_eq!(done, "skipped columns: shoe\nline 2  Zoë  enrolled\n1 enrolled\n");
    let enrolled = server
        .ask("GET", &format!("/v1/cohorts/{cohort}/enrolments"), &token, "")
        .1;
    assert!(
        enrolled.contains("Zoë") && enrolled.contains("2026-02-03"),
        "{enrolled}"
    );
}

#[test]
fn a_row_that_is_not_right_is_named_and_nothing_is_changed() {
    let workspace = Workspace::new();
    let (server, token, cohort) = london(&workspace);
    let file = workspace.file("students.csv", &format!("{TABLE}nobody,Nobody,9,\n"));
    let ran = workspace.run(&["import", "london/fac14", &file]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    assert!(
        ran.err.contains("peerled: line 4: email ") && ran.err.contains("line 4: experience "),
        "{ran:?}"
    );
    assert!(
        ran.err.ends_with("peerled: 1 row is not right; nothing was changed\n"),
        "{ran:?}"
    );
    let enrolled = server
        .ask("GET", &format!("/v1/cohorts/{cohort}/enrolments"), &token, "")
        .1;
    assert!(!enrolled.contains("Amal"), "{enrolled}");
}

#[test]
fn what_is_no_roster_or_no_cohort_is_a_sentence() {
    let workspace = Workspace::new();
    let (_server, _, _) = london(&workspace);
    let file = workspace.file("students.csv", TABLE);
    for cohort in ["fac14", "london/fac99", "paris/fac14", "London/FAC!", "0ds8x2v4fmg00"] {
        let sentence = workspace.run(&["import", cohort, &file]).refused(1);
        assert!(sentence.contains(&format!("there is no cohort {cohort}")), "{sentence}");
        workspace.run(&["export", cohort]).refused(1);
    }
    let wrong = workspace.file("wrong.csv", "email,colour\n");
    let sentence = workspace.run(&["import", "london/fac14", &wrong]).refused(1);
    assert!(
        sentence.contains("`colour`") && sentence.contains("`name`"),
        "{sentence}"
    );
    assert!(
        workspace
            .run(&["import", "london/fac14", "missing.csv"])
            .refused(1)
            .contains("missing.csv")
    );
}
