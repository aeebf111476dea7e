//! Balance, roles, the trade-off, and that the same seed gives the same plan.

use std::ops::ControlFlow;

use forming::{
    Case, Effort, Options, Outcome, Person, Problem, ResultFile, RoleFlaw, TeamsOfWeek, evaluate, solve, trade_off,
};

use crate::support::{id, lock, outcome, pair, plain, planned};

const ROLES: [&str; 4] = ["scrum_facilitator", "ux_lead", "qa", "devops"];

/// Sixteen people with experience, gender and roles.
fn cohort(weeks: usize) -> Case {
    let mut case = plain(16, &vec![&[4; 4][..]; weeks]);
    case.roles = ROLES.map(str::to_owned).to_vec();
    for (i, person) in case.people.iter_mut().enumerate() {
        person.experience = [1.0, 2.0, 3.0, 5.0][i / 4];
        person
            .attrs
            .insert("gender".into(), if i / 4 % 2 == 0 { "m" } else { "w" }.into());
    }
    case
}

#[test]
fn balance_costs_no_repeat() {
    let (_, planned) = planned(&cohort(4), 1, Effort::Normal);
    let balance = &planned.report.balance;
    assert_eq!(planned.report.repeats, 0);
    assert_eq!(balance.breaches, [], "{balance:?}");
}

#[test]
fn roles_rotate_without_a_flaw() {
    for weeks in [3, 4, 7, 12, 16] {
        let (_, planned) = planned(&cohort(weeks), 5, Effort::Quick);
        let roles = planned.report.roles.unwrap();
        assert!(roles.spread <= 1, "{weeks} weeks: {roles:?}");
        assert_eq!((roles.twice_running, roles.uncovered), (0, 0), "{weeks} weeks");
    }
}

#[test]
fn roles_rotate_when_weeks_are_planned_one_by_one() {
    let mut case = cohort(12);
    while let Some(first) = case.plan.first().cloned() {
        let (problem, planned) = planned(&case, 2, Effort::Quick);
        let mut weeks = planned.plan.weeks(&problem);
        let TeamsOfWeek { week, teams, roles, .. } = weeks.remove(0);
        case.previous = weeks;
        assert_eq!(week, first.week);
        let report = planned.report.roles.unwrap();
        assert_eq!((report.twice_running, report.uncovered), (0, 0), "week {week}");
        assert!(report.spread <= 1, "week {week}");
        case.history.push(forming::TeamsOfWeek {
            week,
            teams,
            roles,
            last_week: None,
        });
        case.plan.remove(0);
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let mut case = cohort(9);
    case.constraints.must_not_pair = vec![pair("a", 1, 2)];
    case.constraints.must_pair = vec![pair("t", 3, 4)];
    case.constraints.locked = vec![lock("l", 3, 1, &[7])];
    let bytes = |seed| {
        let (problem, outcome) = outcome(&case, seed, Effort::Quick);
        serde_json::to_string(&ResultFile::new(&problem, outcome)).unwrap()
    };
    assert_eq!(bytes(7), bytes(7));
    assert_ne!(bytes(7), bytes(8));
}

#[test]
fn a_solve_that_is_stopped_has_a_plan() {
    let problem = Problem::new(&cohort(16)).unwrap();
    let outcome = solve(&problem, &Options::default(), &mut |_| ControlFlow::Break(()));
    let Outcome::Planned(planned) = outcome else {
        panic!("feasible")
    };
    assert!(planned.report.effort.as_ref().unwrap().stopped_early);
    assert!(evaluate(&problem, &planned.plan).violations.is_empty());
}

#[test]
fn an_earlier_plan_that_is_as_good_is_kept() {
    let mut case = plain(16, &[&[4; 4][..]; 5]);
    let (problem, first) = planned(&case, 1, Effort::Quick);
    case.previous = first.plan.weeks(&problem);
    let (_, second) = planned(&case, 99, Effort::Quick);
    assert_eq!(first.plan.teams, second.plan.teams);
}

/// A course whose people change carries on with what was planned: its later weeks are not begun from nothing.
#[test]
fn an_earlier_plan_is_begun_from_though_people_have_changed() {
    let mut case = plain(24, &vec![&[4; 6][..]; 16]);
    let (problem, whole) = planned(&case, 1, Effort::Normal);
    let mut weeks = whole.plan.weeks(&problem);
    case.history = weeks.drain(..8).collect();
    case.plan.drain(..8);
    case.plan[0].absent = vec![id(3)];
    case.plan[0].sizes = Some(vec![4, 4, 4, 4, 4, 3]);
    let (_, alone) = planned(&case, 2, Effort::Quick);
    case.previous = weeks;
    let (_, begun) = planned(&case, 2, Effort::Quick);
    assert!(
        begun.report.repeats < alone.report.repeats,
        "{} {}",
        begun.report.repeats,
        alone.report.repeats
    );
}

#[test]
fn an_edited_plan_is_judged() {
    let mut case = plain(8, &[&[4, 4], &[4, 4]]);
    case.constraints.must_not_pair = vec![pair("a", 0, 1)];
    let (problem, planned) = planned(&case, 1, Effort::Quick);
    assert!(evaluate(&problem, &planned.plan).violations.is_empty());
    let mate = planned.plan.teams[0].iter().find(|team| team.contains(&1)).unwrap();
    let other = mate.iter().find(|&&p| p != 1).unwrap();
    let swapped = planned
        .plan
        .swapped(&problem, 1, ["p0", &id(usize::from(*other))])
        .unwrap();
    let judged = evaluate(&problem, &swapped);
    assert_eq!(judged.violations.len(), 1);
    assert_eq!(judged.violations[0].constraint.as_deref(), Some("a"));
    let moved = planned.plan.moved(&problem, 2, "p0", 1);
    assert!(moved.is_ok());
    assert!(planned.plan.moved(&problem, 2, "p0", 2).is_err());
    assert!(planned.plan.swapped(&problem, 3, ["p0", "p1"]).is_err());
}

#[test]
fn the_curve_has_five_points() {
    let (problem, planned) = planned(&cohort(12), 1, Effort::Normal);
    let options = Options {
        seed: 1,
        ..Options::default()
    };
    let points = trade_off(&problem, &planned.plan, &options, &mut |_| ControlFlow::Continue(()));
    assert!(
        points.len() >= 5,
        "{:?}",
        points.iter().map(|p| (p.repeats, p.bands)).collect::<Vec<_>>()
    );
    assert!(points.windows(2).all(|p| p[0].repeats < p[1].repeats));
    assert!(points.iter().all(|p| evaluate(&problem, &p.plan).violations.is_empty()));
}

#[test]
fn no_team_has_a_majority_of_men_however_they_write_it() {
    let mut case = plain(16, &[&[4; 4][..]; 3]);
    let words = ["m", "Man", "male", "MALE", " men", "M"];
    for (i, person) in case.people.iter_mut().enumerate() {
        let word = words.get(i).copied().unwrap_or("woman");
        person.attrs.insert("gender".into(), word.into());
    }
    let (_, some) = planned(&case, 1, Effort::Quick);
    assert_eq!(some.report.balance.majority, 0, "six of sixteen are men");
    for person in case.people.iter_mut().skip(4) {
        person.attrs.insert("gender".into(), "man".into());
    }
    let (_, most) = planned(&case, 1, Effort::Quick);
    let broken = &most.report.balance.breaches;
    assert_eq!(most.report.balance.majority, 12, "all of sixteen are men");
    assert!(
        broken.iter().all(|band| band.why.contains("cannot be avoided")),
        "{broken:?}"
    );
}

/// Publishes the first week of a plan.
fn publish(case: &mut Case, mut weeks: Vec<TeamsOfWeek>) {
    case.history.push(weeks.remove(0));
    case.plan.remove(0);
}

#[test]
fn roles_rotate_through_absences_and_a_changed_roster() {
    let mut case = cohort(10);
    for round in &mut case.plan {
        let absent: &[usize] = match round.week {
            1..=3 => &[0, 5],
            4 => &[2],
            8.. => &[9],
            _ => &[],
        };
        round.absent = absent.iter().map(|&person| id(person)).collect();
        round.sizes = Some([vec![4; 4 - absent.len()], vec![3; absent.len()]].concat());
        if absent.len() == 2 {
            round.sizes = Some(vec![4, 4, 3, 3]);
        }
    }
    while !case.plan.is_empty() {
        let (problem, planned) = planned(&case, 4, Effort::Quick);
        let roles = planned.report.roles.as_ref().unwrap();
        let flaws = (roles.spread.saturating_sub(1), roles.twice_running, roles.uncovered);
        assert_eq!(flaws, (0, 0, 0), "week {}: {:?}", case.plan[0].week, roles.notes);
        publish(&mut case, planned.plan.weeks(&problem));
    }
}

#[test]
fn roles_that_a_past_has_made_uneven_are_explained() {
    let mut case = plain(4, &[&[4]]);
    case.roles = ROLES.map(str::to_owned).to_vec();
    for week in 0..3 {
        case.history.push(TeamsOfWeek {
            week,
            teams: vec![(0..4).map(id).collect()],
            roles: vec![(0..4).map(|p| (id(p), ROLES[p].to_owned())).collect()],
            last_week: None,
        });
    }
    case.plan[0].week = 3;
    let (_, planned) = planned(&case, 1, Effort::Quick);
    let roles = planned.report.roles.unwrap();
    assert_eq!((roles.spread, roles.least_spread, roles.twice_running), (3, 3, 0));
    assert!(
        (roles.notes.iter()).all(|note| note.person.is_some() && note.flaw == RoleFlaw::UnevenPast && note.count == 3),
        "{roles:?}"
    );
}

#[test]
fn the_cool_down_is_kept_as_far_as_it_goes() {
    let mut case = plain(20, &[&[4; 5][..]; 10]);
    let too_soon = |case: &Case| {
        let (problem, planned) = planned(case, 1, Effort::Quick);
        let mut as_if_asked = case.clone();
        as_if_asked.min_rounds_between = 1;
        let judged = evaluate(&Problem::new(&as_if_asked).unwrap(), &planned.plan);
        (judged.report.too_soon, planned.plan.weeks(&problem))
    };
    let free = too_soon(&case).0;
    case.min_rounds_between = 1;
    let (kept, weeks) = too_soon(&case);
    assert!(kept <= free, "{kept} beside {free}");
    // The roster changes and the past counts: somebody joins after four weeks.
    case.people.push(Person {
        id: "late".into(),
        experience: 2.5,
        ..Person::default()
    });
    case.history.extend(weeks.into_iter().take(4));
    case.plan.drain(..4);
    for round in &mut case.plan {
        round.sizes = Some(vec![5, 4, 4, 4, 4]);
    }
    let kept = too_soon(&case).0;
    case.min_rounds_between = 0;
    let free = too_soon(&case).0;
    assert!(kept <= free, "{kept} beside {free}");
}
