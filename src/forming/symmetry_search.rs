//! Which symmetry? All kinds are tried side by side, those with fewer orbits more.
//!
//! A universal search (Levin 1973): every kind gets moves in proportion to a weight that falls with its number of
//! orbits, so the whole costs little more than the right kind alone would. Under each kind runs are repeated with the
//! universal sequence of lengths (Luby, Sinclair and Zuckerman 1993), and where no repeats are wanted an exact search
//! looks from time to time whether the kind can have such rounds at all.
#![expect(
    clippy::indexing_slicing,
    reason = "classes of rounds and runners are numbered by this module"
)]

use super::symmetry::{MOST_PEOPLE, Symmetry};
use super::symmetry_anneal::Annealer;
use super::symmetry_exact::{Verdict, decide};
use super::symmetry_kinds::{Kind, kinds};
use rand_chacha::ChaCha8Rng;

/// Rounds, each a list of teams.
pub type Rounds = Vec<Vec<Vec<u16>>>;

/// How moves are dealt out.
struct Pace {
    /// By how much a kind is favoured over one with an orbit more.
    favour: f64,
    /// How many orbits more a multiplier counts for, because there are so many.
    multiplier: usize,
    /// Moves that a kind counts for before it has made any.
    head_start: u64,
    /// Moves a seat in the shortest run.
    shortest: u64,
    /// A kind that misses the target by three times as many repeats gets half the moves.
    gap: f64,
}

/// Without repeats most kinds are soon known to be impossible, and short runs tell. With repeats none is, and
/// multipliers seldom help.
const WITHOUT_REPEATS: Pace = Pace {
    favour: 2.5,
    multiplier: 3,
    head_start: 4_000,
    shortest: 100,
    gap: f64::INFINITY,
};
const WITH_REPEATS: Pace = Pace {
    favour: 2.5,
    multiplier: 5,
    head_start: 16_000,
    shortest: 100,
    gap: 12.0,
};

/// The most orbits of a kind.
const MOST_ORBITS: usize = 10;
/// The most kinds tried side by side.
const MOST_KINDS: usize = 2_000;
/// Runs after which a kind is given up if not one of them could begin.
const FALSE_STARTS: u64 = 20;
/// Steps of the first exact search, by how much a later one has more, and the moves that one step takes as long as.
const FIRST_LOOK: u64 = 500;
const LONGER_LOOK: u64 = 4;
const LONGEST_LOOK: u64 = 500_000;
const STEP: u64 = 2;
/// The longest run, for the sake of those who watch.
const LONGEST_RUN: u64 = 2_000_000;
/// Temperatures, where one is the price of one repeat of a whole orbit of pairs.
const HOT: f64 = 0.65;
const COLD: f64 = 0.2;

/// What is searched for: rounds with these team sizes and only `target` repeats.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The team sizes of each round.
    pub sizes_per_round: Vec<Vec<usize>>,
    /// Number of people.
    pub n: usize,
    /// Repeats with which the search is content.
    pub target: u64,
}

/// Rounds with the same team sizes.
struct Class {
    sizes: Vec<usize>,
    rounds: usize,
}

/// A kind of symmetry in the race.
struct Runner {
    kind: Kind,
    symmetry: Symmetry,
    handicap: f64,
    runs: u64,
    moves: u64,
    /// Repeats above the target: as many as the kind forces, then as many as its best run left.
    gap: f64,
    started: bool,
    /// Steps of the exact search so far.
    looked: u64,
}

impl Runner {
    fn score(&self, pace: &Pace) -> f64 {
        (pace.head_start + self.moves) as f64 * self.handicap * (1.0 + self.gap / pace.gap).sqrt()
    }

    /// Whether it has earned a longer exact search: when annealing has taken longer than the last one.
    fn wants_a_look(&self) -> bool {
        self.looked < LONGEST_LOOK && self.moves > 2 * STEP * self.looked
    }

    fn is_hopeless(&self) -> bool {
        !self.started && self.runs >= FALSE_STARTS
    }
}

/// A search under way.
pub struct Race {
    wanted: Wanted,
    pace: Pace,
    classes: Vec<Class>,
    meetings: usize,
    runners: Vec<Runner>,
    /// The number of orbits of the kinds that enter next.
    orbits: usize,
    repeats: u64,
    best: Rounds,
}

impl Race {
    /// A race that has not begun.
    pub fn new(wanted: Wanted) -> Self {
        let meetings = wanted.sizes_per_round.iter().flatten().map(|s| s * (s - 1) / 2);
        Self {
            pace: if wanted.target == 0 {
                WITHOUT_REPEATS
            } else {
                WITH_REPEATS
            },
            meetings: meetings.sum(),
            classes: classes(&wanted.sizes_per_round),
            wanted,
            runners: Vec::new(),
            orbits: 2,
            repeats: u64::MAX,
            best: Vec::new(),
        }
    }

    /// Whether the target is reached.
    pub fn won(&self) -> bool {
        self.repeats <= self.wanted.target
    }

    /// The best rounds so far, in the order of the sizes asked for.
    pub fn rounds(&self) -> Option<Rounds> {
        in_order(self.best.clone(), &self.wanted.sizes_per_round)
    }

    /// How much has been done, in moves of a kind without handicap; infinite when there is nothing left to do.
    pub fn score(&self) -> f64 {
        let scores = self.runners.iter().map(|runner| runner.score(&self.pace));
        let best = scores.fold(f64::INFINITY, f64::min);
        best.min(self.entrance())
    }

    /// The score at which the next kinds enter.
    fn entrance(&self) -> f64 {
        if self.orbits > MOST_ORBITS || self.runners.len() > MOST_KINDS || self.wanted.n > MOST_PEOPLE {
            return f64::INFINITY;
        }
        self.pace.head_start as f64 * self.pace.favour.powi(self.orbits as i32)
    }

    /// One run of the runner whose turn it is, or the entrance of further ones; what it cost in moves.
    pub fn step(&mut self, budget: u64, rng: &mut ChaCha8Rng) -> u64 {
        let entrance = self.entrance();
        let scores = self.runners.iter().map(|runner| runner.score(&self.pace)).enumerate();
        match scores.min_by(|a, b| a.1.total_cmp(&b.1)) {
            Some((at, score)) if score <= entrance => self.advance(at, budget, rng),
            _ => self.admit(),
        }
    }

    /// Lets the kinds with the next number of orbits enter.
    fn admit(&mut self) -> u64 {
        let n = self.wanted.n;
        let rounds: Vec<usize> = self.classes.iter().map(|class| class.rounds).collect();
        let mut entering = kinds(n, &rounds, self.orbits, false);
        entering.extend(kinds(
            n,
            &rounds,
            self.orbits.saturating_sub(self.pace.multiplier),
            true,
        ));
        let mut work = (n + entering.len() * n * n / 2) as u64;
        for kind in entering {
            let Some(mut runner) = self.runner(kind) else { continue };
            let (spent, possible) = self.look(&mut runner, FIRST_LOOK);
            work += spent;
            if possible {
                self.runners.push(runner);
            }
            if self.won() {
                return work;
            }
        }
        self.orbits += 1;
        work
    }

    /// Kinds that force repeats beyond the target get the fewer moves the more they are.
    fn runner(&self, kind: Kind) -> Option<Runner> {
        let bundles: Vec<(usize, usize)> = kind.cycles.iter().map(|&length| (length, 1)).collect();
        let symmetry = Symmetry::new(self.wanted.n, &bundles, kind.unit)?;
        let lengths: Vec<usize> = kind.bases.iter().map(|&(_, length)| length).collect();
        let excess = (symmetry.floor(&lengths, self.meetings)? - self.wanted.target as f64).max(0.0);
        Some(Runner {
            kind,
            symmetry,
            handicap: self.pace.favour.powi(self.orbits as i32) * (1.0 + excess).sqrt(),
            runs: 0,
            moves: 0,
            gap: excess,
            started: false,
            looked: 0,
        })
    }

    /// Looks for rounds without repeats by so many steps; what that cost in moves, and whether there can be any.
    fn look(&mut self, runner: &mut Runner, steps: u64) -> (u64, bool) {
        if self.wanted.target > 0 {
            return (0, true);
        }
        let mut left = steps;
        let verdict = decide(&runner.symmetry, &self.bases(&runner.kind), &mut left);
        runner.looked = steps;
        let possible = verdict != Verdict::Impossible;
        if let Verdict::Found(rounds) = verdict {
            (self.repeats, self.best) = (0, rounds);
        }
        (STEP * (steps - left), possible)
    }

    fn bases(&self, kind: &Kind) -> Vec<(&[usize], usize)> {
        let sizes = |class: usize| self.classes[class].sizes.as_slice();
        kind.bases
            .iter()
            .map(|&(class, length)| (sizes(class), length))
            .collect()
    }

    /// A look or a run, as the runner has earned; retires it when there is no hope.
    fn advance(&mut self, at: usize, budget: u64, rng: &mut ChaCha8Rng) -> u64 {
        let mut runner = self.runners.swap_remove(at);
        let (work, goes_on) = if self.wanted.target == 0 && runner.wants_a_look() {
            let steps = LONGER_LOOK * runner.looked;
            self.look(&mut runner, steps)
        } else {
            (self.run(&mut runner, budget, rng), !runner.is_hopeless())
        };
        if goes_on {
            self.runners.push(runner);
        }
        work
    }

    fn run(&mut self, runner: &mut Runner, budget: u64, rng: &mut ChaCha8Rng) -> u64 {
        runner.runs += 1;
        let bases = self.bases(&runner.kind);
        let seats = (self.wanted.n * bases.len()) as u64;
        let mut work = 4 * seats;
        if let Some(mut annealer) = Annealer::new(&runner.symmetry, &bases, rng) {
            let moves = (self.pace.shortest * seats * luby(runner.runs))
                .min(budget)
                .min(LONGEST_RUN);
            work += annealer.run(moves, HOT, COLD, self.wanted.target);
            let gap = annealer.repeats().saturating_sub(self.wanted.target) as f64;
            runner.gap = if runner.started { runner.gap.min(gap) } else { gap };
            runner.started = true;
            if annealer.repeats() < self.repeats {
                self.repeats = annealer.repeats();
                self.best = annealer.rounds();
            }
        }
        runner.moves += work;
        work
    }
}

/// The universal sequence 1 1 2 1 1 2 4 …, from its first term on.
fn luby(mut at: u64) -> u64 {
    loop {
        let above = (at + 1).next_power_of_two();
        if above == at + 1 {
            return above / 2;
        }
        at -= above / 2 - 1;
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

#[cfg(test)]
mod tests {
    use super::{Race, Wanted, luby};
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn the_universal_sequence() {
        let first: Vec<u64> = (1..=15).map(luby).collect();
        assert_eq!(first, [1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8]);
    }

    #[test]
    fn kirkmans_schoolgirls() {
        let mut race = Race::new(Wanted {
            sizes_per_round: vec![vec![3; 5]; 7],
            n: 15,
            target: 0,
        });
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        while !race.won() {
            race.step(100_000, &mut rng);
        }
        assert_eq!(race.rounds().unwrap().len(), 7);
    }
}
