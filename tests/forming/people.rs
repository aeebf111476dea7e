//! What staff and students are told.

use forming::{Effort, Plan, Problem, explain};

use crate::oracle::{all_teams, repeats};
use crate::support::{pair, plain, planned, random_small};

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
fn what_would_be_if_somebody_were_there_is_not_told() {
    let mut case = plain(16, &[&[4; 4][..], &[4, 4, 4, 3], &[4; 4]]);
    case.plan[1].absent = vec!["p3".into()];
    let (problem, planned) = planned(&case, 1, Effort::Quick);
    let why = explain(&problem, &planned.plan, 2, ["p2", "p3"]).unwrap();
    assert_eq!((why.together, why.otherwise, why.price), (false, None, None));
    assert_eq!(why.absent, ["p3"]);
    assert!(why.text.ends_with("Not there in that week: p3."), "{}", why.text);
    let there = explain(&problem, &planned.plan, 2, ["p2", "p4"]).unwrap();
    assert!(there.absent.is_empty() && there.price.is_some());
}

/// The fewest repeats of two rounds, of which the first `kept` are as planned, when the pair's lot in
/// the round after them is `together`.
fn fewest(problem: &Problem, plan: &Plan, kept: usize, pair: (u16, u16), together: bool) -> Option<i64> {
    let as_wanted = |teams: &forming::Teams| {
        teams
            .iter()
            .any(|team| team.contains(&pair.0) && team.contains(&pair.1))
            == together
    };
    let free = |r: usize| all_teams(problem, &problem.rounds[r], &|_| true);
    let (first, second) = match kept {
        0 => (free(0).into_iter().filter(as_wanted).collect(), free(1)),
        _ => (
            vec![plan.teams[0].clone()],
            free(1).into_iter().filter(as_wanted).collect(),
        ),
    };
    let plans = first.iter().flat_map(|a| second.iter().map(move |b| [a, b]));
    plans.map(|plan| repeats(problem, plan.into_iter())).min()
}

#[test]
fn what_it_costs_to_have_it_otherwise_is_never_told_wrong() {
    let mut exact = 0;
    let mut told = 0;
    for seed in 0..25 {
        let case = random_small(seed);
        let (problem, outcome) = crate::support::outcome(&case, seed, Effort::Quick);
        let forming::Outcome::Planned(planned) = outcome else {
            continue;
        };
        for (kept, week) in [(0, 1), (1, 2)] {
            let here = &problem.rounds[kept].present;
            let (a, b) = (here[0], here[here.len() - 1]);
            let names = [
                problem.people[usize::from(a)].id.as_str(),
                problem.people[usize::from(b)].id.as_str(),
            ];
            let why = explain(&problem, &planned.plan, week, names).unwrap();
            let truth = fewest(&problem, &planned.plan, kept, (a, b), !why.together);
            let cost = truth.map(|repeats| repeats - planned.report.repeats);
            match (cost, why.price) {
                (Some(cost), Some(price)) => {
                    assert!(price.at_least <= cost, "seed {seed}: {} > {cost}", price.at_least);
                    assert_eq!(price.at_most, cost, "seed {seed}: not the best of so few");
                    told += 1;
                    exact += usize::from(price.at_least == price.at_most);
                }
                (None, None) => assert_eq!(why.otherwise, None),
                (cost, price) => panic!("seed {seed}: {cost:?} but told {price:?}"),
            }
        }
    }
    assert!(3 * exact > told, "{exact} of {told} are exact");
}
