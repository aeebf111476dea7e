//! The search for few repeats: everything that is left to plan at once, from the past on.

use rand_chacha::ChaCha8Rng;

use crate::bounds::Bounds;
use crate::demands::feasibility::{Verdict, form};
use crate::designs;
use crate::input::demand::Constraint;
use crate::input::problem::Problem;
use crate::input::round::Round;
use crate::input::teams::Teams;
use crate::quality::order::{FIRST_LOOK, arrange};
use crate::quality::spacing::Spacing;
use crate::rng::FastRng;
use crate::search::anneal::{Cooling, MoveBudget, anneal};
use crate::search::fresh_groups;
use crate::search::state::ScheduleState;

/// The part of the moves that the search under symmetry leaves for the one without.
const PLAIN_PART: u64 = 5;
/// The part of the first cooling that comes before the search under symmetry: enough where there is much room.
const QUICK_PART: u64 = 8;
/// The part of the moves for rounds of people who have not met.
const COVER_PART: u64 = 6;
/// Size plans tried at most, besides the usual one.
const SIZE_PLANS: usize = 6;
/// Tries at mending one seat before the next one's turn.
const TRIES: usize = 48;
/// Sweeps of mending over all seats.
const SWEEPS: usize = 40;

/// Temperatures: at the first, every other swap that adds a repeat is made; at the last, one in 150.
const HOT: f64 = 0.6;
const COLD: f64 = 0.2;
/// A found plan is warmed to here and cooled again, in so many cycles, each a part of the moves of
/// the first cooling. From a good plan this finds better ones sooner than another start does.
const WARM: f64 = 0.28;
const CYCLES: usize = 16;
const CYCLE_PART: u64 = 2;

/// Random feasible teams for every round; `None` for a round that could not be formed.
pub(crate) fn random_plan(problem: &Problem, sizes: &[Vec<usize>], rng: &mut FastRng) -> Option<Vec<Teams>> {
    let mut plan = Vec::with_capacity(sizes.len());
    for (round, sizes) in problem.rounds.iter().zip(sizes) {
        let demands: Vec<&Constraint> = problem.demands_in(round).collect();
        match form(round, sizes, &demands, rng) {
            Verdict::Feasible(teams) => plan.push(teams),
            _ => return None,
        }
    }
    Some(plan)
}

/// The sizes of all rounds to try, one list after the other until one is repeat-free; the last is the
/// one to fall back on.
///
/// Larger teams come first. Where a range was asked for, rounds go down to smaller teams one after
/// the other, earliest first, as long as that may make the plan repeat-free: twelve people in threes
/// or fours have a repeat-free plan of five rounds, four in threes and one in fours.
pub(crate) fn size_plans(problem: &Problem, rng: &mut FastRng) -> Vec<Vec<Vec<usize>>> {
    let choices: Vec<Vec<&Vec<usize>>> = problem
        .rounds
        .iter()
        .map(|round| formable(problem, round, rng))
        .collect();
    let deepest = choices.iter().map(Vec::len).max().unwrap_or(1);
    let at = |levels: &dyn Fn(usize) -> usize| -> Vec<Vec<usize>> {
        let pick = |(r, own): (usize, &Vec<&Vec<usize>>)| own.get(levels(r).min(own.len() - 1)).map(|s| s.to_vec());
        choices.iter().enumerate().filter_map(pick).collect()
    };
    let usual = at(&|_| 0);
    let mut plans = Vec::new();
    if deepest > 1 {
        for step in 0..(deepest - 1) * choices.len() {
            let (level, lowered) = (step / choices.len(), step % choices.len());
            let sizes = at(&|r| level + usize::from(r < lowered));
            if plans.len() < SIZE_PLANS && plans.last() != Some(&sizes) && Bounds::new(problem, &sizes).best() == 0 {
                plans.push(sizes);
            }
        }
    }
    plans.push(usual);
    plans
}

/// The choices of sizes that the round's demands leave; all of them when the demands leave none.
fn formable<'a>(problem: &'a Problem, round: &'a Round, rng: &mut FastRng) -> Vec<&'a Vec<usize>> {
    let all = || round.size_choices.iter();
    let demands: Vec<&Constraint> = problem.demands_in(round).collect();
    let forms =
        |sizes: &&Vec<usize>, rng: &mut FastRng| matches!(form(round, sizes, &demands, rng), Verdict::Feasible(_));
    match round.size_choices.len() {
        1 => all().collect(),
        _ => all().filter(|sizes| forms(sizes, rng)).collect(),
    }
}

/// Whether nothing distinguishes the people of a problem: nobody has met, is absent, or is asked for.
pub(crate) fn is_clean(problem: &Problem) -> bool {
    problem.past.is_empty()
        && problem.constraints.is_empty()
        && problem.rounds.iter().all(|round| round.present.len() == problem.size())
}

/// A search under symmetry, followed by cycles of warming and cooling without it.
pub(crate) fn symmetric(
    problem: &Problem,
    sizes: &[Vec<usize>],
    best: i64,
    target: i64,
    seeds: &mut ChaCha8Rng,
    budget: &mut MoveBudget<'_>,
) -> Option<ScheduleState> {
    let mut rng = FastRng::from_rng(seeds);
    let left = budget.limit.saturating_sub(budget.spent);
    let mut spend = |moves| budget.spend(moves, best);
    let mut order = rng.clone();
    let mut worth = |plan: &Vec<Teams>| {
        let state = ScheduleState::new(problem, &arrange(problem, plan.clone(), FIRST_LOOK, &mut order));
        Spacing::new(problem, &state).score(problem)
    };
    let plan = designs::schedule(
        sizes,
        problem.size(),
        seeds,
        left - left / PLAIN_PART,
        &mut spend,
        &mut worth,
    )?;
    let mut state = ScheduleState::new(problem, &plan);
    warm(&mut state, &mut rng, first_cooling(problem), target, budget);
    Some(state)
}

/// The best plan found for the given sizes; stops at `target`.
pub(crate) fn search(
    problem: &Problem,
    sizes: &[Vec<usize>],
    start: Option<Vec<Teams>>,
    target: i64,
    seeds: &mut ChaCha8Rng,
    budget: &mut MoveBudget<'_>,
) -> Option<Vec<Teams>> {
    let mut rng = FastRng::from_rng(seeds);
    let mut best: Option<ScheduleState> = start.map(|plan| ScheduleState::new(problem, &plan));
    let mut moves = first_cooling(problem);
    if let Some(state) = &mut best {
        warm(state, &mut rng, moves, target, budget);
    }
    if best.as_ref().is_none_or(|b| b.cost > target) {
        let mut state = ScheduleState::new(problem, &random_plan(problem, sizes, &mut rng)?);
        mend(&mut state, &mut rng, target, budget);
        let quick = if is_clean(problem) { moves / QUICK_PART } else { moves };
        cool_once(&mut state, &mut rng, quick, target, budget);
        best = better(best, Some(state));
    }
    if is_clean(problem) && best.as_ref().is_none_or(|b| b.cost > target) && budget.goes_on() {
        let known = cost(best.as_ref());
        best = better(best, symmetric(problem, sizes, known, target, seeds, budget));
    }
    if target == 0 && best.as_ref().is_some_and(|b| b.cost > 0) {
        let steps = budget.limit / COVER_PART;
        let found = fresh_groups::cover(problem, sizes, &mut rng, steps, budget);
        best = better(best, found.map(|plan| ScheduleState::new(problem, &plan)));
    }
    while best.as_ref().is_none_or(|b| b.cost > target && budget.goes_on()) {
        let mut state = ScheduleState::new(problem, &random_plan(problem, sizes, &mut rng)?);
        mend(&mut state, &mut rng, target, budget);
        cool(&mut state, &mut rng, moves, target, budget);
        best = better(best, Some(state));
        moves += moves / 2;
    }
    best.map(|state| state.plan())
}

/// One cooling from hot, then cycles from warm, each from the best plan so far.
fn cool(state: &mut ScheduleState, rng: &mut FastRng, moves: u64, target: i64, budget: &mut MoveBudget<'_>) {
    cool_once(state, rng, moves, target, budget);
    warm(state, rng, moves, target, budget);
}

/// One cooling from hot.
fn cool_once(state: &mut ScheduleState, rng: &mut FastRng, moves: u64, target: i64, budget: &mut MoveBudget<'_>) {
    if state.cost > target && budget.goes_on() {
        let moves = moves.min(budget.limit - budget.spent);
        let cooling = Cooling {
            hot: HOT,
            cold: COLD,
            moves,
        };
        anneal(state, rng, cooling, target, budget);
    }
}

/// Cycles from warm.
fn warm(state: &mut ScheduleState, rng: &mut FastRng, moves: u64, target: i64, budget: &mut MoveBudget<'_>) {
    for _ in 0..CYCLES {
        if state.cost <= target || !budget.goes_on() {
            return;
        }
        let moves = (moves / CYCLE_PART).min(budget.limit - budget.spent);
        anneal(
            state,
            rng,
            Cooling {
                hot: WARM,
                cold: COLD,
                moves,
            },
            target,
            budget,
        );
    }
}

fn cost(state: Option<&ScheduleState>) -> i64 {
    state.map_or(i64::MAX, |state| state.cost)
}

fn better(first: Option<ScheduleState>, second: Option<ScheduleState>) -> Option<ScheduleState> {
    match (first, second) {
        (Some(a), Some(b)) => Some(if b.cost < a.cost { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// The length of the first cooling: in proportion to how many swaps there are.
fn first_cooling(problem: &Problem) -> u64 {
    let swaps: usize = problem.rounds.iter().map(|round| round.present.len().pow(2) / 2).sum();
    (swaps as u64 * 200).clamp(100_000, 4_000_000)
}

/// Descent on the seats whose people meet again: cheap, and enough where there is much room, as with
/// a thousand people.
pub(crate) fn mend(state: &mut ScheduleState, rng: &mut FastRng, target: i64, budget: &mut MoveBudget<'_>) {
    for _ in 0..SWEEPS {
        let before = state.cost;
        for r in 0..state.rounds {
            let tried = mend_round(state, rng, r, target);
            if !budget.spend(tried, state.cost) || state.cost <= target {
                return;
            }
        }
        if state.cost >= before {
            return;
        }
    }
}

fn mend_round(state: &mut ScheduleState, rng: &mut FastRng, r: usize, target: i64) -> u64 {
    let mut tried = 0;
    for i in 0..state.open(r).len() {
        let Some(&p) = state.open(r).get(i) else {
            break;
        };
        if !state.repeats(r, p) {
            continue;
        }
        for _ in 0..TRIES {
            tried += 1;
            if improve(state, rng, r, p) {
                break;
            }
        }
        if state.cost <= target {
            break;
        }
    }
    tried
}

/// Swaps a seat with a random other one if that lowers the cost.
fn improve(state: &mut ScheduleState, rng: &mut FastRng, r: usize, p: u16) -> bool {
    let open = state.open(r);
    let Some(&q) = open.get(rng.below(open.len())) else {
        return false;
    };
    if state.span(r, p) == state.span(r, q) {
        return false;
    }
    if state.careful(r, p, q) {
        return crate::search::anneal::exchange(state, rng, r, (p, q), |delta| delta < 0);
    }
    let delta = state.delta(r, p, q);
    if delta < 0 {
        state.swap(r, p, q, delta);
    }
    delta < 0
}
