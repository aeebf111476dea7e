//! `peerled form`: the team former without a server.

use serde_json::{Value, json};

use super::process::Place;

fn people(count: usize) -> Vec<Value> {
    (1..=count).map(|n| json!({ "id": format!("p{n:02}") })).collect()
}

fn case(place: &Place, name: &str, constraints: Value) -> String {
    let weeks: Vec<Value> = (1..=5)
        .map(|week| json!({ "week": week, "sizes": [4, 4, 4, 4] }))
        .collect();
    let case = json!({
        "id": name, "people": people(16), "roles": ["qa", "devops", "ux_lead", "scrum_facilitator"],
        "plan": weeks, "constraints": constraints,
    });
    place.file(&format!("{name}.json"), &case.to_string())
}

#[test]
fn five_weeks_for_sixteen_without_a_repeat_and_the_same_again() {
    let place = Place::new();
    let case = case(&place, "sixteen", json!({}));
    let first = place.run(&["form", &case, "--effort", "quick"]).ok();
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
        place.run(&["form", &case, "--effort", "quick", "--seed", "1"]).ok(),
        first
    );
}

#[test]
fn demands_that_contradict_each_other_are_an_answer() {
    let place = Place::new();
    let case = case(
        &place,
        "impossible",
        json!({
            "must_pair": [{ "id": "together", "pair": ["p01", "p02"] }],
            "must_not_pair": [{ "id": "apart", "pair": ["p01", "p02"] }, { "id": "innocent", "pair": ["p03", "p04"] }],
        }),
    );
    let result: Value = serde_json::from_str(&place.run(&["form", &case]).ok()).unwrap();
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
    let place = Place::new();
    let case = case(&place, "sixteen", json!({}));
    let alone = place.run(&["form", &case, "--effort", "quick"]);
    assert_eq!(alone.err, "", "no table unless asked for");
    let beside = place.run(&["form", &case, "--effort", "quick", "--compare"]);
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
    let impossible = self::case(&place, "impossible", impossible);
    assert_eq!(place.run(&["form", &impossible, "--compare"]).err, "");
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
    let place = Place::new();
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
        (spoiled("colour", json!("red")), "colour", "line 1"),
        (spoiled("people", json!("everybody")), "invalid type", "line 1"),
        ("teams, please".to_owned(), "expected", "line 1"),
        (String::new(), "EOF", "line 1"),
        ("[]".to_owned(), "invalid", "case.json"),
    ];
    for (text, at, named) in cases {
        let file = place.file("case.json", &text);
        let begun = std::time::Instant::now();
        let sentence = place.run(&["form", &file]).refused(2);
        assert!(begun.elapsed().as_secs() < 5, "{sentence}");
        let told = sentence.contains("case.json") && sentence.contains(at) && sentence.contains(named);
        assert!(told, "{sentence}");
    }
}

#[test]
fn what_is_not_a_case_is_refused_with_the_place() {
    let place = Place::new();
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
        let file = place.file("case.json", text);
        let sentence = place.run(&["form", &file]).refused(2);
        assert!(
            sentence.contains("case.json") && sentence.contains(named),
            "{name}: {sentence}"
        );
    }
    let missing = place.run(&["form", "missing.json"]).refused(2);
    assert!(missing.contains("missing.json"), "{missing}");
    let effort = place.run(&["form", "missing.json", "--effort", "heroic"]);
    assert_eq!(effort.code, 2);
    assert!(effort.err.contains("heroic"), "{effort:?}");
}
