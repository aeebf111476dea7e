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
