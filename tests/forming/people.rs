//! What staff and students are told.

use peerled::forming::{Effort, PublishedRound, explain, explain_to_student};

use crate::support::{pair, plain, planned};

#[test]
fn staff_see_the_rule_and_the_price() {
    let mut case = plain(16, &[&[4; 4][..]; 5]);
    case.constraints.must_not_pair = vec![pair("in-confidence", 0, 1)];
    let (problem, planned) = planned(&case, 1, Effort::Quick);
    let why = explain(&problem, &planned.plan, 1, ["p0", "p1"]).unwrap();
    assert!(!why.together);
    assert_eq!(why.constraints, ["in-confidence"]);
    assert_eq!(why.otherwise, None);
    let mate = planned.plan.teams[0]
        .iter()
        .find(|team| team.contains(&2))
        .unwrap()
        .clone();
    let other = format!("p{}", mate.iter().find(|&&p| p != 2).unwrap());
    let why = explain(&problem, &planned.plan, 1, ["p2", &other]).unwrap();
    assert!(why.together);
    assert!(
        why.otherwise.unwrap().change.repeats >= 0,
        "the plan is optimal but for the rule"
    );
    assert!(explain(&problem, &planned.plan, 9, ["p2", &other]).is_err());
}

#[test]
fn students_read_about_published_teams_only() {
    let team = |names: &str| names.chars().map(String::from).collect::<Vec<_>>();
    let published = [
        PublishedRound {
            week: 1,
            teams: vec![team("abcd"), team("efgh")],
        },
        PublishedRound {
            week: 2,
            teams: vec![team("abef"), team("cdgh")],
        },
    ];
    let why = explain_to_student(&published, "a", "b");
    assert_eq!((why.weeks.as_slice(), why.met, why.met_again), (&[1, 2][..], 5, 1));
    let not = explain_to_student(&published, "a", "g");
    assert!(not.weeks.is_empty());
    assert!(!not.text.contains("rule") && !not.text.contains("apart"));
}
