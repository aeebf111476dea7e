//! Which symmetry? Random ones race, and the better half of each heat runs on with twice the effort.
//!
//! Successive halving (Jamieson and Talwalkar, AISTATS 2016) over cycle types of people and rounds.
#![expect(clippy::indexing_slicing, reason = "classes of rounds are numbered by this module")]

use super::symmetry::{MOST_PEOPLE, Symmetry};
use super::symmetry_anneal::Annealer;
use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// Rounds, each a list of teams.
pub type Rounds = Vec<Vec<Vec<u16>>>;

/// Runners in the first heat, and those kept for the next race.
const FIELD: usize = 32;
const ELITE: usize = 2;
/// Symmetries drawn for a race; the most promising enter it.
const DRAWS: usize = 400;
/// Moves a seat in the first heat.
const FIRST_EFFORT: u64 = 80;
/// Temperatures, where one is the price of one repeat of a whole orbit of pairs.
const HOT: f64 = 0.65;
const COLD: f64 = 0.2;

/// Rounds with the same team sizes.
struct Class {
    sizes: Vec<usize>,
    rounds: usize,
}

/// A symmetry to try: bundles of cycles (length, cycles) of people, a multiplier, and for every base round its class
/// and the length of its orbit.
#[derive(Clone, Debug, PartialEq)]
struct Plan {
    bundles: Vec<(usize, usize)>,
    unit: usize,
    bases: Vec<(usize, usize)>,
}

/// A symmetry in the race.
struct Runner {
    plan: Plan,
    symmetry: Symmetry,
    /// Place in the queue to enter.
    queue: f64,
    /// Repeats above the target at the last heat, in orbits of pairs.
    gap: f64,
}

/// A search under way.
struct Race<'a> {
    classes: Vec<Class>,
    n: usize,
    meetings: usize,
    target: u64,
    rng: &'a mut ChaCha8Rng,
    moves: &'a mut u64,
    best: Option<(u64, Rounds)>,
}

/// The best schedule found within the budget of moves, at once when it has only `target` repeats, and its repeats.
pub fn search(
    sizes_per_round: &[Vec<usize>],
    n: usize,
    target: u64,
    rng: &mut ChaCha8Rng,
    moves: &mut u64,
) -> Option<(u64, Rounds)> {
    if n > MOST_PEOPLE || sizes_per_round.is_empty() {
        return None;
    }
    let meetings = sizes_per_round.iter().flatten().map(|s| s * (s - 1) / 2).sum();
    let mut race = Race {
        classes: classes(sizes_per_round),
        n,
        meetings,
        target,
        rng,
        moves,
        best: None,
    };
    let mut field = Vec::new();
    while *race.moves > 0 && !race.won() {
        race.fill(&mut field);
        race.run(&mut field);
    }
    let (repeats, rounds) = race.best?;
    Some((repeats, in_order(rounds, sizes_per_round)?))
}

impl Race<'_> {
    fn won(&self) -> bool {
        self.best.as_ref().is_some_and(|&(repeats, _)| repeats <= self.target)
    }

    fn spend(&mut self, moves: u64) {
        *self.moves = self.moves.saturating_sub(moves);
    }

    /// Draws symmetries and lets the most promising of them enter.
    fn fill(&mut self, field: &mut Vec<Runner>) {
        let mut queue: Vec<Runner> = Vec::new();
        for _ in 0..DRAWS {
            let Some(plan) = self.draw() else { continue };
            if !queue.iter().chain(field.iter()).any(|r| r.plan == plan) {
                queue.extend(self.enter(plan));
            }
        }
        queue.sort_by(|a, b| a.queue.total_cmp(&b.queue));
        queue.truncate(FIELD - field.len());
        field.append(&mut queue);
    }

    /// Queues at random, but those with few base rounds and no repeats forced by the symmetry rather in front.
    fn enter(&mut self, plan: Plan) -> Option<Runner> {
        self.spend(8 * self.n as u64);
        let symmetry = Symmetry::new(self.n, &plan.bundles, plan.unit)?;
        let lengths: Vec<usize> = plan.bases.iter().map(|&(_, length)| length).collect();
        let excess = (symmetry.floor(&lengths, self.meetings)? - self.target as f64).max(0.0);
        let luck = -(1.0 - self.rng.random::<f64>()).ln();
        let free: f64 = lengths
            .iter()
            .map(|&length| (self.n * length) as f64 / symmetry.order() as f64)
            .sum();
        let queue = (1.0 + excess) * free * luck;
        Some(Runner {
            plan,
            symmetry,
            queue,
            gap: f64::INFINITY,
        })
    }

    /// Heats of twice the effort for half the runners, until few are left.
    fn run(&mut self, field: &mut Vec<Runner>) {
        let mut effort = FIRST_EFFORT;
        loop {
            for runner in field.iter_mut() {
                self.heat(runner, effort);
                if self.won() || *self.moves == 0 {
                    return;
                }
            }
            field.retain(|r| r.gap < f64::INFINITY);
            field.sort_by(|a, b| a.gap.total_cmp(&b.gap));
            if field.len() <= ELITE {
                return;
            }
            field.truncate((field.len() / 2).max(ELITE));
            effort *= 2;
        }
    }

    fn heat(&mut self, runner: &mut Runner, effort: u64) {
        runner.gap = f64::INFINITY;
        self.spend(self.n as u64);
        let bases: Vec<(&[usize], usize)> = runner
            .plan
            .bases
            .iter()
            .map(|&(class, length)| (self.classes[class].sizes.as_slice(), length))
            .collect();
        let Some(mut annealer) = Annealer::new(&runner.symmetry, &bases, self.rng) else {
            return;
        };
        let budget = (effort * (self.n * bases.len()) as u64).min(*self.moves);
        let work = annealer.run(budget, HOT, COLD, self.target);
        self.spend(work);
        let found = annealer.repeats();
        runner.gap = (found as f64 - self.target as f64) / (runner.symmetry.order() as f64).powf(0.9);
        if self.best.as_ref().is_none_or(|&(repeats, _)| found < repeats) {
            self.best = Some((found, annealer.rounds().concat()));
        }
    }

    /// A random plan: an orbit length for the rounds, a multiple of it for the people, and now and then a multiplier.
    fn draw(&mut self) -> Option<Plan> {
        let most = self.classes.iter().map(|c| c.rounds).max()?;
        let length = self.rng.random_range(1..=most);
        if most % length > 2 && self.rng.random_range(0..3) > 0 {
            return None;
        }
        let order = length * self.pick(&[1, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6]);
        let power = self.pick(&[1, 1, 1, 1, 2, 2, 3, 4, 5, 6]);
        if order > self.n {
            return None;
        }
        let is_root = |&u: &usize| (0..power).fold(1, |product, _| product * u % order) == 1 % order;
        let units: Vec<usize> = (1..=order).filter(is_root).collect();
        let unit = self.pick(&units);
        let cycles = self.divide(self.n, order, order);
        let mut bundles = Vec::new();
        for same in cycles.chunk_by(|a, b| a == b) {
            bundles.extend(
                self.divide(same.len(), power, power)
                    .into_iter()
                    .map(|width| (same[0], width)),
            );
        }
        let mut bases = Vec::new();
        for class in 0..self.classes.len() {
            let lengths = self.divide(self.classes[class].rounds, order, length);
            bases.extend(lengths.into_iter().map(|length| (class, length)));
        }
        Some(Plan { bundles, unit, bases })
    }

    fn pick(&mut self, choices: &[usize]) -> usize {
        choices[self.rng.random_range(0..choices.len())]
    }

    /// Splits `total` into falling divisors of `order`: as many `largest` as fit or one fewer, then rather large ones.
    fn divide(&mut self, total: usize, order: usize, largest: usize) -> Vec<usize> {
        let mut whole = total / largest;
        if whole > 1 && self.rng.random_range(0..8) == 0 {
            whole -= 1;
        }
        let mut parts = vec![largest; whole];
        let mut left = total - whole * largest;
        let mut divisors: Vec<usize> = (1..=largest).filter(|d| order.is_multiple_of(*d)).collect();
        while left > 0 {
            divisors.retain(|&d| d <= left);
            let pick = self.rng.random_range(0..2 * divisors.len());
            let Some(&part) = divisors.get(pick).or(divisors.last()) else {
                break;
            };
            divisors.retain(|&d| d <= part);
            parts.push(part);
            left -= part;
        }
        parts
    }
}

/// The different lists of sizes, and how many rounds have each.
fn classes(sizes_per_round: &[Vec<usize>]) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    for sizes in sizes_per_round {
        match classes.iter_mut().find(|class| class.sizes == *sizes) {
            Some(class) => class.rounds += 1,
            None => classes.push(Class {
                sizes: sizes.clone(),
                rounds: 1,
            }),
        }
    }
    classes
}

/// The rounds in the order of the sizes asked for.
fn in_order(mut rounds: Rounds, sizes_per_round: &[Vec<usize>]) -> Option<Rounds> {
    let fits = |round: &Vec<Vec<u16>>, sizes: &[usize]| round.iter().map(Vec::len).eq(sizes.iter().copied());
    let mut next = |sizes: &Vec<usize>| Some(rounds.swap_remove(rounds.iter().position(|round| fits(round, sizes))?));
    sizes_per_round.iter().map(&mut next).collect()
}
