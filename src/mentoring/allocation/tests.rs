//! Against all allocations there are, and the failures of sign-up that have been seen.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore as _, SeedableRng as _},
};

use super::{
    cost::{Cost, Weights},
    solve::solve_within,
    *,
};
use crate::primitives::Id;

fn slot(week: i32, min: usize, places: usize) -> OpenSlot {
    OpenSlot {
        id: Id::new(),
        week,
        min,
        taken: 0,
        places,
    }
}

fn applicant(slots: &[usize]) -> Applicant {
    let wish = |(at, slot): (usize, &usize)| Wish {
        slot: *slot,
        rank: at + 1,
    };
    Applicant {
        person: Id::new(),
        wishes: slots.iter().enumerate().map(wish).collect(),
        barred: Vec::new(),
        at_most: slots.len(),
        load: 0,
        weeks: Vec::new(),
        together: Vec::new(),
        draws_lost: 0,
        name_hash: None,
        named_id: None,
    }
}

fn problem(slots: Vec<OpenSlot>, applicants: Vec<Applicant>) -> Problem {
    Problem {
        slots,
        competing: Vec::new(),
        applicants,
        weeks_in_a_row: 2,
    }
}

fn solved(problem: &Problem, seed: i64) -> Solution {
    let solution = solve(problem, seed, &mut || true).unwrap();
    assert_eq!(solution.proved, 7, "{solution:?}");
    assert!(is_allowed(problem, &solution.chosen));
    solution
}

/// The slots that everybody gets.
fn given(problem: &Problem, solution: &Solution) -> Vec<Vec<usize>> {
    let slots = |(one, chosen): (&Applicant, &Vec<usize>)| chosen.iter().map(|at| one.wishes[*at].slot).collect();
    problem.applicants.iter().zip(&solution.chosen).map(slots).collect()
}

/// Whether an allocation breaks no rule, looked at without anything that the search uses.
fn is_allowed(problem: &Problem, chosen: &[Vec<usize>]) -> bool {
    let mut taken = vec![0; problem.slots.len()];
    for (person, one) in problem.applicants.iter().enumerate() {
        let slots: Vec<usize> = chosen[person].iter().map(|at| one.wishes[*at].slot).collect();
        slots.iter().for_each(|slot| taken[*slot] += 1);
        let at_once = |a: &usize, b: &usize| problem.competing.contains(&(*a.min(b), *a.max(b)));
        let overlaps = slots.iter().any(|a| slots.iter().any(|b| at_once(a, b)));
        let new: Vec<i32> = slots.iter().map(|slot| problem.slots[*slot].week).collect();
        let has = |week: &i32| new.contains(week) || one.weeks.contains(week);
        let length =
            |week: i32| (week..).take_while(has).count() + (1..).take_while(|back| has(&(week - back))).count();
        let most = usize::try_from(problem.weeks_in_a_row).unwrap();
        let too_long = new.iter().any(|week| !one.weeks.contains(week) && length(*week) > most);
        let torn = one.together.iter().any(|other| {
            let theirs = &problem.applicants[*other];
            let has = |slot: usize| chosen[*other].iter().any(|at| theirs.wishes[*at].slot == slot);
            let both = theirs.wishes.iter().filter(|wish| one.wish_for(wish.slot).is_some());
            both.into_iter()
                .any(|wish| slots.contains(&wish.slot) != has(wish.slot))
        });
        if slots.len() > one.at_most || overlaps || too_long || torn {
            return false;
        }
    }
    taken
        .iter()
        .zip(&problem.slots)
        .all(|(taken, slot)| *taken <= slot.places)
}

/// The cost of the best of all allocations.
fn by_force(problem: &Problem, seed: i64) -> Cost {
    let weights = Weights::of(problem, seed);
    let wishes: Vec<(usize, usize)> = problem
        .applicants
        .iter()
        .enumerate()
        .flat_map(|(person, one)| (0..one.wishes.len()).map(move |at| (person, at)))
        .collect();
    let each = (0_u32..1 << wishes.len()).filter_map(|subset| {
        let mut chosen = vec![Vec::new(); problem.applicants.len()];
        for (bit, (person, at)) in wishes.iter().enumerate() {
            if subset >> bit & 1 == 1 {
                chosen[*person].push(*at);
            }
        }
        is_allowed(problem, &chosen).then(|| weights.cost(problem, &chosen))
    });
    each.min().unwrap()
}

fn random(rng: &mut ChaCha8Rng) -> Problem {
    let mut below = |end: usize| rng.next_u32() as usize % end;
    let count = 2 + below(3);
    let slots: Vec<OpenSlot> = (0..count)
        .map(|at| OpenSlot {
            taken: below(2),
            ..slot(1 + i32::try_from(at).unwrap(), below(4), 1 + below(3))
        })
        .collect();
    let people = 2 + below(3);
    let mut applicants = Vec::new();
    for _ in 0..people {
        let mut wishes: Vec<usize> = (0..count).filter(|_| below(4) > 0).collect();
        let turn = below(count);
        wishes.sort_by_key(|slot| (slot + turn) % count);
        applicants.push(Applicant {
            at_most: below(4),
            load: below(3),
            draws_lost: u32::try_from(below(2)).unwrap(),
            ..applicant(&wishes)
        });
        if below(4) == 0 {
            applicants.last_mut().unwrap().weeks = vec![1 + i32::try_from(below(count)).unwrap()];
        }
    }
    if below(2) == 0 {
        (applicants[0].together, applicants[1].together) = (vec![1], vec![0]);
    }
    let mut competing = Vec::new();
    if below(2) == 0 {
        competing.push((0, 1));
    }
    Problem {
        competing,
        weeks_in_a_row: 1 + i32::try_from(below(3)).unwrap(),
        ..problem(slots, applicants)
    }
}

#[test]
fn nothing_is_better_than_what_is_found() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut branched = 0;
    for seed in 0..400 {
        let problem = random(&mut rng);
        let solution = solved(&problem, seed);
        branched += usize::from(solution.work > 1);
        assert_eq!(solution.cost, by_force(&problem, seed), "{problem:?}");
    }
    assert!(branched > 40, "only {branched} needed more than a flow");
}

#[test]
fn whoever_gets_nothing_is_in_a_contest_that_proves_it() {
    let mut rng = ChaCha8Rng::seed_from_u64(8);
    let mut seen = 0;
    for seed in 0..300 {
        let mut problem = random(&mut rng);
        for one in &mut problem.applicants {
            (one.together, one.at_most) = (Vec::new(), 1);
            one.weeks.clear();
        }
        let contests = contests(&problem);
        for contest in &contests {
            assert!(contest.places < contest.people.len());
            let wished = contest
                .people
                .iter()
                .flat_map(|person| &problem.applicants[*person].wishes);
            assert!(wished.into_iter().all(|wish| contest.slots.contains(&wish.slot)));
        }
        let short: usize = contests
            .iter()
            .map(|contest| contest.people.len() - contest.places)
            .sum();
        // Nothing comes before serving everybody here, so what is proved is all that is missing.
        problem.slots.iter_mut().for_each(|slot| slot.min = 0);
        let solution = solved(&problem, seed);
        assert_eq!(solution.cost.unserved, i128::try_from(short).unwrap(), "{problem:?}");
        seen += contests.len();
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn fifteen_who_want_the_same_week_are_spread_over_those_they_also_like() {
    // Week 1 is everybody's first choice; the second is spread over the others.
    let slots: Vec<OpenSlot> = (1..=16).map(|week| slot(week, 2, 2)).collect();
    let people = (0..15).map(|person| applicant(&[0, 1 + person % 8, 1 + (person + 1) % 8]));
    let problem = problem(slots, people.collect());
    let solution = solved(&problem, 1);
    let given = given(&problem, &solution);
    assert_eq!(given.iter().filter(|slots| slots.contains(&0)).count(), 2);
    assert!(given.iter().all(|slots| (1..=2).contains(&slots.len())), "{given:?}");
    assert_eq!(solution.cost.short_slots, 7);
    assert!(contests(&problem).is_empty());
    let lost = draws_lost(&problem, &solution.chosen);
    assert_eq!(lost.iter().filter(|count| **count == 1).count(), 13);
}

#[test]
fn whoever_lost_a_draw_goes_first_the_next_time() {
    // One place that all like best, and room for everybody elsewhere.
    let slots = vec![slot(1, 0, 1), slot(3, 0, 3)];
    let first = problem(slots, (0..3).map(|_| applicant(&[0, 1])).collect());
    let winner = |solution: &Solution| solution.chosen.iter().position(|chosen| chosen == &[0]).unwrap();
    for seed in 0..20 {
        let (mut problem, mut won) = (first.clone(), Vec::new());
        for _ in 0..3 {
            let solution = solved(&problem, seed);
            won.push(winner(&solution));
            let lost = draws_lost(&problem, &solution.chosen);
            problem
                .applicants
                .iter_mut()
                .zip(lost)
                .for_each(|(one, lost)| one.draws_lost = lost);
        }
        won.sort_unstable();
        assert_eq!(won, [0, 1, 2]);
    }
}

#[test]
fn nobody_is_left_alone_where_two_could_come() {
    // Each likes another week best; together they fill one.
    let problem = problem(
        vec![slot(1, 2, 2), slot(3, 2, 2)],
        vec![
            Applicant {
                at_most: 1,
                ..applicant(&[0, 1])
            },
            Applicant {
                at_most: 1,
                ..applicant(&[1, 0])
            },
        ],
    );
    let solution = solved(&problem, 1);
    assert_eq!((solution.cost.short_slots, solution.cost.unserved), (1, 0));
    let given = given(&problem, &solution);
    assert_eq!(given[0], given[1]);
}

#[test]
fn rules_hold_and_say_why() {
    let whys = |problem: &Problem| -> Vec<Vec<Why>> {
        let solution = solved(problem, 3);
        let outcomes = explain(problem, &solution.chosen);
        outcomes
            .iter()
            .map(|all| all.iter().map(|one| one.why).collect())
            .collect()
    };
    // Three weeks in a row are too many, whoever lacks.
    let row = problem(
        (1..=3).map(|week| slot(week, 1, 1)).collect(),
        vec![applicant(&[0, 1, 2])],
    );
    let reasons = whys(&row).remove(0);
    assert_eq!(reasons.iter().filter(|why| **why == Why::ReachesMinimum).count(), 2);
    assert_eq!(reasons.iter().filter(|why| **why == Why::InARow).count(), 1);
    // Two slots at one time.
    let mut at_once = problem(vec![slot(1, 1, 1), slot(1, 1, 1)], vec![applicant(&[0, 1])]);
    at_once.competing = vec![(0, 1)];
    assert_eq!(whys(&at_once), [[Why::ReachesMinimum, Why::Competes]]);
    // One of two who come together has no place.
    let mut pair = problem(
        vec![slot(1, 0, 1), slot(2, 0, 2)],
        vec![applicant(&[0, 1]), applicant(&[0, 1])],
    );
    (pair.applicants[0].together, pair.applicants[1].together) = (vec![1], vec![0]);
    assert_eq!(
        whys(&pair),
        [[Why::Together, Why::BestPossible], [Why::Together, Why::BestPossible]]
    );
    // Dates that cannot be made, and a place that two want as much.
    let mut busy = problem(
        vec![slot(1, 0, 1)],
        vec![
            applicant(&[0]),
            applicant(&[0]),
            Applicant {
                at_most: 1,
                ..applicant(&[])
            },
        ],
    );
    busy.applicants[2].barred = vec![Barred {
        slot: Id::new(),
        rank: 1,
        why: Why::Busy,
    }];
    let mut reasons = whys(&busy);
    assert_eq!(reasons.remove(2), [Why::Busy]);
    reasons.sort();
    assert_eq!(reasons, [[Why::BestPossible], [Why::LostDraw]]);
    let found = contests(&busy);
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].people.len(), found[0].places), (2, 1));
    assert_eq!((found[1].people.len(), found[1].places), (1, 0));
}

#[test]
fn one_seed_gives_the_same_and_others_draw_otherwise() {
    let problem = problem(vec![slot(1, 0, 1)], (0..6).map(|_| applicant(&[0])).collect());
    let winner = |seed| {
        solved(&problem, seed)
            .chosen
            .iter()
            .position(|chosen| !chosen.is_empty())
    };
    assert!((0..20).all(|seed| winner(seed) == winner(seed)));
    let winners: std::collections::BTreeSet<_> = (0..60).map(winner).collect();
    assert!(winners.len() >= 5, "{winners:?}");
}

/// As large as there are: 18 weeks with two slots each, 40 people with a few wishes.
fn large(seed: u64) -> Problem {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut below = |end: usize| rng.next_u32() as usize % end;
    let slots: Vec<OpenSlot> = (0..36)
        .map(|at| slot(1 + at / 2, 1 + usize::from(at % 2 == 0), 2))
        .collect();
    let mut applicants: Vec<Applicant> = (0..40)
        .map(|_| {
            let mut wishes: Vec<usize> = (0..8).map(|_| below(36)).collect();
            wishes.sort_unstable();
            wishes.dedup();
            let turn = below(36);
            wishes.sort_by_key(|slot| (slot + turn) % 36);
            Applicant {
                at_most: 1 + below(3),
                ..applicant(&wishes)
            }
        })
        .collect();
    for pair in 0..4 {
        (applicants[2 * pair].together, applicants[2 * pair + 1].together) = (vec![2 * pair + 1], vec![2 * pair]);
    }
    Problem {
        competing: (0..18).map(|week| (2 * week, 2 * week + 1)).collect(),
        ..problem(slots, applicants)
    }
}

#[test]
fn what_the_limit_of_work_leaves_open_is_said() {
    let problem = large(1);
    let stopped = solve_within(&problem, 1, 2, &mut || true).unwrap();
    assert!(is_allowed(&problem, &stopped.chosen) && stopped.proved < 7);
    assert_eq!(solve(&problem, 1, &mut || false), None);
}

#[test]
fn the_largest_there_are_cover_all_that_can_be_and_serve_everybody() {
    for seed in 0..3 {
        let problem = large(seed);
        let solution = solve(&problem, 1, &mut || true).unwrap();
        assert!(is_allowed(&problem, &solution.chosen));
        assert!(solution.proved >= 2, "{seed}: {solution:?}");
        assert_eq!(solution, solve(&problem, 1, &mut || true).unwrap());
    }
}
