//! The nearest plans in which two people are parted, or joined: what it would cost that it was otherwise.
//!
//! Two looks from the same plan. The cheapest swap of two people changes that round alone. The price
//! re-plans that round and all later ones with the demand added, from the frozen rounds before it; a
//! bound says what no such plan can be below, so that what is told is "exactly" only where it is.

use std::ops::ControlFlow;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::bounds::Bounds;
use crate::demands::check::{Violation, check, meets};
use crate::demands::feasibility::{Verdict, form};
use crate::input::demand::{Constraint, Demand};
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::round::{PastRound, Round};
use crate::input::teams::{RolePlan, Teams, sizes_of};
use crate::judge::evaluate::{Difference, difference, evaluate_beside};
use crate::plan::Plan;
use crate::rng::FastRng;
use crate::search::anneal::{Cooling, MoveBudget, anneal};
use crate::search::state::ScheduleState;

/// Moves of the re-planning, each half a cooling from warm.
const MOVES: u64 = 400_000;
const WARM: f64 = 0.3;
const COLD: f64 = 0.18;

/// Repeats more than the plan has, in the best plan in which it is otherwise; the rounds before stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// No such plan costs less.
    pub at_least: i64,
    /// Such a plan was found.
    pub at_most: i64,
}

/// The plan nearest by, one swap away, in which it is otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterfactual {
    /// Who changes places.
    pub swap: [String; 2],
    /// What that changes, tier by tier.
    pub change: Difference,
}

/// The least a plan can cost in which the pair's lot in round `r` is otherwise, the rounds before it
/// being as they are. `None` when the demands allow no such plan.
pub(crate) fn price(
    problem: &Problem,
    plan: &Plan,
    r: usize,
    (a, b): (PersonIx, PersonIx),
    together: bool,
    by_swap: Option<i64>,
) -> Option<Price> {
    let turned = turned(problem, plan, r, (a, b), together)?;
    let mut rng = FastRng::from_rng(&mut ChaCha8Rng::seed_from_u64(r as u64));
    let teams = plan.teams.get(r..)?;
    let sizes = sizes_of(teams);
    let round = turned.rounds.first()?;
    let demands: Vec<&Constraint> = turned.demands_in(round).collect();
    let Verdict::Feasible(first) = form(round, sizes.first()?, &demands, &mut rng) else {
        return None;
    };
    let mut start = vec![first];
    for ((round, teams), sizes) in turned.rounds.iter().zip(teams).zip(&sizes).skip(1) {
        start.push(standing(&turned, round, teams, sizes, &mut rng)?);
    }
    let now = ScheduleState::new(problem, &plan.teams).cost;
    let bound = Bounds::new(&turned, &sizes).best();
    let mut state = ScheduleState::new(&turned, &start);
    let mut budget = MoveBudget {
        spent: 0,
        limit: u64::MAX,
        watch: &mut |_, _| ControlFlow::Continue(()),
        stopped: false,
    };
    for hot in [2.0 * WARM, WARM] {
        let cooling = Cooling {
            hot,
            cold: COLD,
            moves: MOVES / 2,
        };
        anneal(&mut state, &mut rng, cooling, bound, &mut budget);
    }
    let (at_least, found) = (bound - now, state.cost - now);
    // After a swap, later rounds are as they were: if they break a demand, that is none of the plans meant.
    let by_swap = by_swap.filter(|_| check(problem, &plan.teams).is_ok());
    let at_most = by_swap.map_or(found, |swap| swap.min(found));
    Some(Price { at_least, at_most })
}

/// A later round as it is, or others in its place if it breaks a demand made since: the search keeps
/// the demands of what it starts from. `None` when there are none.
fn standing(problem: &Problem, round: &Round, teams: &Teams, sizes: &[usize], rng: &mut FastRng) -> Option<Teams> {
    if meets(problem, round, teams) {
        return Some(teams.clone());
    }
    let demands: Vec<&Constraint> = problem.demands_in(round).collect();
    match form(round, sizes, &demands, rng) {
        Verdict::Feasible(teams) => Some(teams),
        _ => None,
    }
}

/// The problem from round `r` on, with the opposite demanded of the pair in that round.
fn turned(problem: &Problem, plan: &Plan, r: usize, (a, b): (PersonIx, PersonIx), together: bool) -> Option<Problem> {
    let mut turned = problem.clone();
    let week = problem.rounds.get(r)?.week;
    for (round, teams) in problem.rounds.iter().zip(&plan.teams).take(r) {
        let teams = std::slice::from_ref(teams);
        turned.past.push(PastRound::of(round.week, teams, &RolePlan::new()));
    }
    turned.rounds.drain(..r);
    turned.previous.drain(..r.min(turned.previous.len()));
    turned.constraints.push(Constraint {
        id: String::new(),
        demand: if together {
            Demand::Apart(a, b)
        } else {
            Demand::Together(a, b)
        },
        weeks: (week, week),
    });
    Some(turned)
}

/// Every swap in the round that makes the pair's lot otherwise, and of those that break no demand that
/// is kept now the one that costs least.
pub(crate) fn cheapest_swap(
    problem: &Problem,
    plan: &Plan,
    r: usize,
    (a, b): (PersonIx, PersonIx),
    together: bool,
) -> Option<Counterfactual> {
    let teams = plan.teams.get(r)?;
    let met = Meetings::of(problem, plan, r);
    let mut candidates: Vec<(i64, PersonIx, PersonIx)> = swaps(teams, (a, b), together)
        .into_iter()
        .map(|(x, y)| (met.change(teams, x, y), x, y))
        .collect();
    candidates.sort_unstable();
    let before = evaluate_beside(problem, plan, 0);
    let week = problem.rounds.get(r)?.week;
    candidates.into_iter().find_map(|(_, x, y)| {
        let names = [problem.name(x), problem.name(y)];
        let other = plan.swapped(problem, week, names).ok()?;
        // Teams may break demands made since: a swap need not mend that, but must not add to it.
        let broken = check(problem, &other.teams).err().unwrap_or_default();
        let is_new = |violation: &Violation| {
            let mut known = before.violations.iter();
            !known.any(|old| old.week == violation.week && old.constraint == violation.constraint)
        };
        if broken.iter().any(is_new) {
            return None;
        }
        let after = evaluate_beside(problem, &other, 0);
        let change = difference(problem, (plan, &before), (&other, &after));
        Some(Counterfactual {
            swap: names.map(str::to_owned),
            change,
        })
    })
}

/// The swaps that part a pair, or join it.
fn swaps(teams: &Teams, (a, b): (PersonIx, PersonIx), together: bool) -> Vec<(PersonIx, PersonIx)> {
    let team = |p: PersonIx| teams.iter().find(|team| team.contains(&p));
    let (Some(of_a), Some(of_b)) = (team(a), team(b)) else {
        return Vec::new();
    };
    if together {
        let others = || teams.iter().filter(|team| !team.contains(&a)).flatten().copied();
        others().map(|x| (a, x)).chain(others().map(|x| (b, x))).collect()
    } else {
        let to_b = of_b.iter().filter(|&&x| x != b).map(|&x| (a, x));
        let to_a = of_a.iter().filter(|&&x| x != a).map(|&x| (b, x));
        to_b.chain(to_a).collect()
    }
}

/// How often each two meet outside one round.
struct Meetings {
    n: usize,
    met: Vec<i64>,
}

impl Meetings {
    fn of(problem: &Problem, plan: &Plan, but: usize) -> Self {
        let n = problem.size();
        let mut meetings = Self { n, met: vec![0; n * n] };
        let past = problem.past.iter().map(|round| &round.teams);
        let planned = plan
            .teams
            .iter()
            .enumerate()
            .filter(|&(r, _)| r != but)
            .map(|(_, teams)| teams);
        past.chain(planned).for_each(|teams| meetings.count(teams));
        meetings
    }

    fn count(&mut self, teams: &Teams) {
        for team in teams {
            for (i, &a) in team.iter().enumerate() {
                for &b in team.iter().take(i) {
                    for cell in [(a, b), (b, a)] {
                        let at = usize::from(cell.0) * self.n + usize::from(cell.1);
                        self.met.get_mut(at).into_iter().for_each(|met| *met += 1);
                    }
                }
            }
        }
    }

    fn met(&self, a: PersonIx, b: PersonIx) -> i64 {
        self.met
            .get(usize::from(a) * self.n + usize::from(b))
            .copied()
            .unwrap_or(0)
    }

    /// What a swap adds to the repeats.
    fn change(&self, teams: &Teams, a: PersonIx, b: PersonIx) -> i64 {
        let mates = |p: PersonIx| {
            teams
                .iter()
                .find(|team| team.contains(&p))
                .into_iter()
                .flatten()
                .copied()
        };
        let gain = |person: PersonIx, from: PersonIx| -> i64 {
            mates(from)
                .filter(|&m| m != from && m != person)
                .map(|m| self.met(person, m))
                .sum()
        };
        gain(a, b) + gain(b, a) - gain(a, a) - gain(b, b)
    }
}
