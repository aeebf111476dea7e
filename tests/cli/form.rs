//! `peerled form`: the team former without a server.

use serde_json::{Value, json};

use super::process::Workspace;

fn people(count: usize) -> Vec<Value> {
    (1..=count).map(|n| json!({ "id": format!("p{n:02}") })).collect()
}

fn case(workspace: &Workspace, name: &str, constraints: Value) -> String {
    let weeks: Vec<Value> = (1..=5)
        .map(|week| json!({ "week": week, "sizes": [4, 4, 4, 4] }))
        .collect();
    let case = json!({
        "id": name, "people": people(16), "roles": ["qa", "devops", "ux_lead", "scrum_facilitator"],
        "plan": weeks, "constraints": constraints,
    });
    workspace.file(&format!("{name}.json"), &case.to_string())
}

#[test]
fn five_weeks_for_sixteen_without_a_repeat_and_the_same_again() {
    let workspace = Workspace::new();
    let case = case(&workspace, "sixteen", json!({}));
    let first = workspace.run(&["form", &case, "--effort", "quick"]).ok();
    let result: Value = serde_json::from_str(&first).unwrap();
    let mut met = std::collections::HashSet::new();
    for week in result["weeks"].as_array().unwrap() {
        for team in week["teams"].as_array().unwrap() {
            let team: Vec<&str> = team.as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
            assert_eq!(team.len(), 4);
            for (i, a) in team.iter().enumerate() {
                for b in &team[i + 1..] {
                    assert!(met.insert((*a.min(b), *a.max(b))), "{a} and {b} meet twice");
                }
            }
        }
    }
    assert_eq!(met.len(), 120, "everybody meets everybody");
    assert_eq!(
        workspace.run(&["form", &case, "--effort", "quick", "--seed", "1"]).ok(),
        first
    );
}

#[test]
fn demands_that_contradict_each_other_are_an_answer() {
    let workspace = Workspace::new();
    let case = case(
        &workspace,
        "impossible",
        json!({
            "must_pair": [{ "id": "together", "pair": ["p01", "p02"] }],
            "must_not_pair": [{ "id": "apart", "pair": ["p01", "p02"] }, { "id": "innocent", "pair": ["p03", "p04"] }],
        }),
    );
    let result: Value = serde_json::from_str(&workspace.run(&["form", &case]).ok()).unwrap();
    assert_eq!(result["infeasible"], true);
    let mut conflict: Vec<&str> = result["conflict"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    conflict.sort_unstable();
    assert_eq!(conflict, ["apart", "together"]);
}

#[test]
fn a_plan_is_set_beside_random_and_greedy_ones() {
    let workspace = Workspace::new();
    let case = case(&workspace, "sixteen", json!({}));
    let alone = workspace.run(&["form", &case, "--effort", "quick"]);
    assert_eq!(alone.err, "", "no table unless asked for");
    let beside = workspace.run(&["form", &case, "--effort", "quick", "--compare"]);
    assert_eq!(beside.out, alone.out, "standard output stays the plan");
    let repeats = |name: &str| -> f64 {
        let row = beside.err.lines().find(|line| line.starts_with(name));
        let row = row.unwrap_or_else(|| panic!("{name}: {}", beside.err));
        row[name.len()..].split_whitespace().next().unwrap().parse().unwrap()
    };
    let [ours, greedy, random] = ["this plan", "week by week, greedily", "at random, mean of 20"].map(repeats);
    assert!(ours == 0.0 && ours <= greedy && greedy < random, "{}", beside.err);
    let impossible = json!({
        "must_pair": [{ "id": "t", "pair": ["p01", "p02"] }],
        "must_not_pair": [{ "id": "a", "pair": ["p01", "p02"] }],
    });
    let impossible = self::case(&workspace, "impossible", impossible);
    assert_eq!(workspace.run(&["form", &impossible, "--compare"]).err, "");
}

/// A case in which one part is replaced.
fn spoiled(part: &str, value: Value) -> String {
    let mut case = json!({
        "id": "x", "people": people(8), "plan": [{ "week": 1, "sizes": [4, 4] }],
    });
    case[part] = value;
    case.to_string()
}

#[test]
fn bad_input_is_refused_at_once_with_the_place() {
    let workspace = Workspace::new();
    let stranger = json!({ "must_pair": [{ "id": "t", "pair": ["p01", "zoe"] }] });
    let absent = json!([{ "week": 1, "absent": ["p01"], "sizes": [4, 3] }]);
    let locked = json!({ "locked": [{ "id": "l", "week": 1, "team": 0, "members": ["p01"] }] });
    let mut locked_away: Value = serde_json::from_str(&spoiled("plan", absent)).unwrap();
    locked_away["constraints"] = locked;
    let mut twice = people(8);
    twice[7] = twice[0].clone();
    let past = json!([{ "week": 0, "teams": [["p01", "p02"], ["p03", "p01"]] }]);
    let cases = [
        (
            spoiled("constraints", stranger),
            "/constraints/must_pair/0/pair/1",
            "zoe",
        ),
        (spoiled("people", json!(twice)), "/people/7/id", "p01"),
        (spoiled("history", past), "/history/0/teams/1/1", "p01"),
        (
            spoiled("plan", json!([{ "week": 1, "sizes": [4, 5] }])),
            "/plan/0/sizes",
            "4 + 5 make 9",
        ),
        (
            spoiled("plan", json!([{ "week": 1, "sizes": [4, 4, 0] }])),
            "/plan/0/sizes/2",
            "no members",
        ),
        (locked_away.to_string(), "/constraints/locked/0/members/0", "absent"),
        (spoiled("roles", json!(["a", "b", "c", "d", "e"])), "/roles", "5 roles"),
        (spoiled("people", json!(people(10_000))), "/people", "10000 people"),
        (spoiled("people", json!([])), "/people", "nobody"),
        (spoiled("plan", json!([])), "/plan", "no round"),
        (spoiled("plan", json!([{ "week": 1 }])), "/plan/0", "sizes or team_size"),
        (
            spoiled("colour", json!("red")),
            "/colour (line 1, ",
            "no field `colour`",
        ),
        (
            spoiled("people", json!("everybody")),
            "/people (line 1, ",
            "a list of people",
        ),
        ("teams, please".to_owned(), "line 1, column", "not JSON"),
        (" \n".to_owned(), "line 1, column 1", "the file is empty"),
        ("[]".to_owned(), "line 1, column 1", "an object"),
    ];
    for (text, at, named) in cases {
        let file = workspace.file("case.json", &text);
        let sentence = workspace.run(&["form", &file]).refused(2);
        let told = sentence.contains("case.json") && sentence.contains(at) && sentence.contains(named);
        assert!(told, "{sentence}");
    }
}

/// Each part that is spoiled, by what, with the place and the words it is told with.
#[test]
fn what_is_of_the_wrong_kind_is_told_in_plain_words() {
    let workspace = Workspace::new();
    let lock = |team: Value| json!({ "locked": [{ "id": "l", "week": 1, "team": team, "members": ["p01"] }] });
    let pair = |pair: Value| json!({ "must_pair": [{ "id": "t", "pair": pair }] });
    let round = |sizes: Value| json!([{ "week": 1, "sizes": sizes }]);
    let person = |person: Value| {
        let mut all = people(8);
        all[3] = person;
        json!(all)
    };
    let cases = [
        (
            "people",
            person(json!({ "id": "x", "experience": "much" })),
            "/people/3/experience",
            "from 0 to 5",
        ),
        (
            "people",
            person(json!({ "id": "x", "experience": null })),
            "/people/3/experience",
            "not null",
        ),
        ("people", person(json!("amal")), "/people/3 ", r#"{"id": "amal""#),
        ("people", person(json!(["amal"])), "/people/3 ", "not a list"),
        (
            "people",
            person(json!({ "experience": 1 })),
            "/people/3 ",
            "`id` is missing",
        ),
        ("people", person(json!({ "id": 4 })), "/people/3/id", "a text in quotes"),
        (
            "people",
            person(json!({ "id": "x", "attrs": { "gender": 1 } })),
            "/people/3/attrs/gender",
            "not 1",
        ),
        (
            "plan",
            round(json!([-4, 12])),
            "/plan/0/sizes/0",
            "a whole number of people is expected here, not -4",
        ),
        ("plan", round(json!([4.0, 4])), "/plan/0/sizes/0", "not 4.0"),
        ("plan", round(json!(4)), "/plan/0/sizes", "[4, 4, 3]"),
        ("plan", round(json!([])), "/plan/0/sizes", "there is no team"),
        (
            "plan",
            json!([{ "week": 1.5, "sizes": [4, 4] }]),
            "/plan/0/week",
            "a whole number",
        ),
        (
            "plan",
            json!([{ "week": 1, "sizes": [4, 4] }, { "week": 1, "sizes": [4, 4] }]),
            "/plan/1/week",
            "already",
        ),
        (
            "plan",
            json!([{ "week": 1, "team_size": [3, 4] }]),
            "/plan/0/team_size",
            r#"{"min": 3, "max": 4}"#,
        ),
        ("plan", Value::Null, "/plan ", "a list of rounds"),
        (
            "constraints",
            pair(json!(["p01", "p02", "p03"])),
            "/constraints/must_pair/0/pair",
            "two ids",
        ),
        (
            "constraints",
            pair(json!(["p01"])),
            "/constraints/must_pair/0/pair",
            "two ids",
        ),
        (
            "constraints",
            lock(json!(-1)),
            "/constraints/locked/0/team",
            "0 for the first",
        ),
        ("constraints", json!({ "apart": [] }), "/constraints/apart", "known are"),
        ("roles", json!(["qa", 3]), "/roles/1", "a text in quotes"),
        (
            "history",
            json!([{ "week": 0, "teams": ["p01"] }]),
            "/history/0/teams/0",
            "a list of ids",
        ),
        (
            "min_rounds_between",
            json!(-1),
            "/min_rounds_between",
            "a whole number of rounds",
        ),
        ("balance", json!("fair"), "/balance", "an object"),
        ("rules", json!(["prefer_new_teams"]), "/rules", "an object"),
        (
            "rules",
            json!({"prefer_new_teams": "yes"}),
            "/rules/prefer_new_teams",
            "true or false",
        ),
    ];
    for (part, value, at, words) in cases {
        let file = workspace.file("case.json", &spoiled(part, value));
        let sentence = workspace.run(&["form", &file]).refused(2);
        assert!(sentence.contains(&format!("case.json: {at}")), "{sentence}");
        assert!(
            sentence.contains("(line 1, column ") && sentence.contains(words),
            "{sentence}"
        );
        assert!(
            !sentence.contains("invalid") && !sentence.contains("struct"),
            "{sentence}"
        );
    }
}

#[test]
fn line_and_column_are_those_of_the_place() {
    let workspace = Workspace::new();
    let text = concat!(
        "{\n",
        r#"  "id": "x", "note": "}\" ü", "people": [{"id": "a"}, {"id": "b"}],"#,
        "\n",
        r#"  "plan": [{"week": 1, "sizes": [2]},"#,
        "\n",
        r#"    {"week": 2, "sizes": [1, 3]}]"#,
        "\n}"
    );
    let spoilt = [
        ("", "", "/plan/1/sizes (line 4, column 26): 2 people"),
        ("[1, 3]", "[1, \"1\"]", "/plan/1/sizes/1 (line 4, column 30): "),
        (
            r#""id": "x","#,
            r#""id": "x", "id": "y","#,
            "line 2, column 17: the field `id` is there twice",
        ),
        (
            "[1, 3]",
            "[1, NaN]",
            "/plan/1/sizes/1 (line 4, column 30): this is not JSON",
        ),
        ("\n}", "", "line 4, column 33: this is not JSON: the file ends"),
    ];
    for (part, other, told) in spoilt {
        let file = workspace.file(
            "case.json",
            &text.replace(if part.is_empty() { "\u{0}" } else { part }, other),
        );
        let sentence = workspace.run(&["form", &file]).refused(2);
        assert!(sentence.contains(told), "{sentence}");
    }
}

#[test]
fn what_is_not_a_case_is_refused_with_the_place() {
    let workspace = Workspace::new();
    let cases = [
        ("not json", "{", "line 1"),
        (
            "an unknown field",
            r#"{"id":"x","people":[],"colour":1,"plan":[]}"#,
            "colour",
        ),
        (
            "a stranger",
            r#"{"id":"x","people":[{"id":"a"},{"id":"b"},{"id":"c"}],"plan":[{"week":1,"sizes":[3],"absent":["zoe"]}]}"#,
            "zoe",
        ),
    ];
    for (name, text, named) in cases {
        let file = workspace.file("case.json", text);
        let sentence = workspace.run(&["form", &file]).refused(2);
        assert!(
            sentence.contains("case.json") && sentence.contains(named),
            "{name}: {sentence}"
        );
    }
    let missing = workspace.run(&["form", "missing.json"]).refused(2);
    assert!(missing.contains("missing.json"), "{missing}");
    let effort = workspace.run(&["form", "missing.json", "--effort", "heroic"]);
    assert_eq!(effort.code, 2);
    assert!(effort.err.contains("heroic"), "{effort:?}");
}
