//! Bad input gets a sentence that names the place.

use forming::{Case, Problem};

fn refusal(json: &str) -> String {
    let case: Case = serde_json::from_str(json).unwrap();
    match Problem::new(&case) {
        Ok(_) => panic!("accepted: {json}"),
        Err(error) => error.to_string(),
    }
}

fn with(extra: &str) -> String {
    let people = r#"[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"}]"#;
    format!(r#"{{"id":"x","people":{people},"plan":[{{"week":1,"sizes":[2,2]}}],{extra}}}"#)
}

#[test]
fn names_the_place() {
    for (extra, place) in [
        (
            r#""constraints":{"must_pair":[{"id":"t","pair":["a","z"]}]}"#,
            "/constraints/must_pair/0/pair/1",
        ),
        (
            r#""constraints":{"must_pair":[{"id":"t","pair":["a","a"]}]}"#,
            "/constraints/must_pair/0/pair",
        ),
        (
            r#""constraints":{"locked":[{"id":"l","week":9,"team":0,"members":["a"]}]}"#,
            "/constraints/locked/0/week",
        ),
        (
            r#""constraints":{"locked":[{"id":"l","week":1,"team":2,"members":["a"]}]}"#,
            "/constraints/locked/0/team",
        ),
        (
            r#""constraints":{"must_pair":[{"id":"t","pair":["a","b"]}],"locked":[{"id":"t","week":1,"team":0,"members":["c"]}]}"#,
            "/constraints/locked/0/id: /constraints/must_pair/0 has",
        ),
        (r#""history":[{"week":1,"teams":[]}]"#, "/plan/0/week"),
        (
            r#""history":[{"week":0,"teams":[["a","b"],["c","a"]]}]"#,
            "/history/0/teams/1/1",
        ),
        (r#""roles":["1","2","3","4","5"]"#, "/roles"),
        (r#""roles":["1","1"]"#, "/roles/1"),
        (
            r#""balance":{"experience_tolerance":-1}"#,
            "/balance/experience_tolerance",
        ),
    ] {
        let sentence = refusal(&with(extra));
        assert!(sentence.starts_with(place), "{sentence} does not start with {place}");
    }
}

#[test]
fn names_people_and_rounds() {
    let sentence = refusal(r#"{"id":"x","people":[{"id":"a"},{"id":"a"}],"plan":[{"week":1,"sizes":[2]}]}"#);
    assert_eq!(sentence, r#"/people/1/id: "a" is listed twice"#);
    let sentence = refusal(r#"{"id":"x","people":[{"id":"a"},{"id":"b"}],"plan":[{"week":1,"sizes":[3]}]}"#);
    assert_eq!(sentence, "/plan/0/sizes: 2 people are present in week 1, but 3 make 3");
    let absent = r#""absent":["a"],"sizes":[1]"#;
    let locked = r#"[{"id":"l","week":1,"team":0,"members":["a"]}]"#;
    let sentence = refusal(&format!(
        r#"{{"id":"x","people":[{{"id":"a"}},{{"id":"b"}}],"plan":[{{"week":1,{absent}}}],"constraints":{{"locked":{locked}}}}}"#
    ));
    assert_eq!(
        sentence,
        r#"/constraints/locked/0/members/0: "a" is locked in week 1 but absent"#
    );
    let nobody = r#"{"week":1,"team_size":{"min":0,"max":2}}"#;
    assert_eq!(
        refusal(&format!(r#"{{"id":"x","people":[{{"id":"a"}}],"plan":[{nobody}]}}"#)),
        "/plan/0/team_size/min: a team has at least 1 member"
    );
    assert_eq!(
        refusal(r#"{"id":"x","people":[],"plan":[]}"#),
        "/people: there is nobody to put into teams"
    );
}

#[test]
fn refuses_ten_thousand_people() {
    let mut case = crate::support::plain(10_000, &[&[4; 2_500]]);
    assert!(Problem::new(&case).unwrap_err().to_string().contains("10000 people"));
    case.people.clear();
    assert_eq!(Problem::new(&case).unwrap_err().pointer, "/people");
}

#[test]
fn survives_numbers_out_of_all_proportion() {
    let huge = usize::MAX;
    for plan in [
        format!(r#"{{"week":1,"sizes":[{huge},{huge}]}}"#),
        format!(r#"{{"week":1,"team_size":{{"min":0,"max":{huge}}}}}"#),
        r#"{"week":1}"#.to_owned(),
        r#"{"week":1,"sizes":[0,2]}"#.to_owned(),
        r#"{"week":5,"last_week":4,"sizes":[2]}"#.to_owned(),
        format!(r#"{{"week":1,"team_size":{{"min":{huge},"max":{huge}}}}}"#),
    ] {
        refusal(&format!(
            r#"{{"id":"x","people":[{{"id":"a"}},{{"id":"b"}}],"plan":[{plan}]}}"#
        ));
    }
}

#[test]
fn a_name_is_there_once() {
    for extra in [
        r#""people":[{"id":"a","attrs":{"gender":"w","gender":"m"}}]"#,
        r#""people":[{"id":"a"}],"history":[{"week":1,"teams":[["a"]],"roles":[{"a":"qa","a":"ux"}]}]"#,
    ] {
        let error = serde_json::from_str::<Case>(&format!(r#"{{"id":"x","plan":[],{extra}}}"#)).unwrap_err();
        assert!(error.to_string().starts_with("duplicate field"), "{error}");
    }
}
