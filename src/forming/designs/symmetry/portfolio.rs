//! Which symmetry? All kinds are tried side by side, those with fewer orbits more.
//!
//! A universal search (Levin 1973): every kind gets moves in proportion to a weight that falls with its number of
//! orbits, so the whole costs little more than the right kind alone would. Under each kind runs are repeated with the
//! universal sequence of lengths (Luby, Sinclair and Zuckerman 1993), and where no repeats are wanted an exact search
//! looks from time to time whether the kind can have such rounds at all. Where repeats are wanted, half of the moves go
//! to a halving of kinds under other groups than rotations.

use rand_chacha::ChaCha8Rng;

use super::anneal::Annealer;
use super::exact::{Verdict, decide};
use super::halving::SuccessiveHalving;
use super::kinds::{Kind, others, rotations};
use super::wanted::{Class, Wanted, bases, classes, in_order};
use crate::designs::symmetry::action::{Action, MOST_PEOPLE, Rounds};
use crate::designs::symmetry::partition;

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
    /// Runs after which a kind is given up if not one of them could begin.
    false_starts: u64,
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
    false_starts: 20,
    gap: f64::INFINITY,
};
const WITH_REPEATS: Pace = Pace {
    favour: 2.5,
    multiplier: 5,
    head_start: 16_000,
    shortest: 100,
    false_starts: 1,
    gap: 12.0,
};

/// The most orbits of a kind.
const MOST_ORBITS: usize = 10;
/// The most kinds tried side by side.
const MOST_KINDS: usize = 2_000;
/// The most orbits of a kind under another group in the first halving, in a later one, and the most kinds in any.
const FIRST_OTHER_ORBITS: usize = 6;
const MOST_OTHER_ORBITS: usize = 8;
const MOST_OTHERS: usize = 256;
/// For how many rounds more the last ones of the first halving go on: where moves are few there is no other.
const FIRST_EXTRA_ROUNDS: usize = 3;
/// How often the length of runs doubles from one halving to the next at most.
const DOUBLINGS: usize = 10;
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

/// A kind of symmetry, and how its runs have fared.
struct Candidate {
    action: Action,
    /// What R cannot be below under it.
    floor: f64,
    handicap: f64,
    runs: u64,
    moves: u64,
    /// Repeats above the target: as many as the kind forces, then as many as its best run left.
    gap: f64,
    started: bool,
    /// Steps of the exact search so far.
    looked: u64,
}

impl Candidate {
    fn score(&self, pace: &Pace) -> f64 {
        (pace.head_start + self.moves) as f64 * self.handicap * (1.0 + self.gap / pace.gap).sqrt()
    }

    /// Whether it has earned a longer exact search: when annealing has taken longer than the last one.
    fn wants_a_look(&self) -> bool {
        self.looked < LONGEST_LOOK && self.moves > 2 * STEP * self.looked
    }
}

/// A search under way: many kinds of symmetry, each of which gets a part of the moves (an algorithm portfolio).
pub struct Portfolio {
    wanted: Wanted,
    pace: Pace,
    classes: Vec<Class>,
    meetings: usize,
    candidates: Vec<Candidate>,
    /// The halving of the other groups, how many there have been before, and by how many moves they are ahead of the
    /// candidates.
    halving: Option<SuccessiveHalving>,
    halvings: usize,
    ahead: i64,
    /// The number of orbits of the kinds that enter next.
    orbits: usize,
    repeats: u64,
    /// Rounds with so few repeats, as many as were found.
    best: Vec<Rounds>,
    /// The kind that reached the target, and in how many moves a run.
    solver: Option<(Action, u64)>,
}

impl Portfolio {
    /// Nothing has run yet.
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
            candidates: Vec::new(),
            halving: None,
            halvings: 0,
            ahead: 0,
            orbits: 2,
            repeats: u64::MAX,
            best: Vec::new(),
            solver: None,
        }
    }

    /// Whether the target is reached.
    pub fn is_solved(&self) -> bool {
        self.repeats <= self.wanted.target
    }

    /// The best rounds so far, in the order of the sizes asked for.
    pub fn rounds(&self) -> Option<Rounds> {
        self.all_rounds().next()
    }

    /// All that were found with as few repeats as the best.
    pub fn all_rounds(&self) -> impl Iterator<Item = Rounds> {
        self.best
            .iter()
            .filter_map(|rounds| in_order(rounds.clone(), &self.wanted.sizes_per_round))
    }

    /// How many rounds were found with as few repeats as the best.
    pub fn found(&self) -> usize {
        self.best.len()
    }

    /// Another run of the kind that reached the target, which often finds other rounds; what it cost in moves.
    pub fn step_again(&mut self, rng: &mut ChaCha8Rng) -> u64 {
        let Some((action, moves)) = self.solver.take() else {
            return 0;
        };
        let (work, _) = self.attempt(&action, moves, rng);
        self.solver = Some((action, moves));
        work
    }

    /// How much has been done, in moves of a kind without handicap; infinite when there is nothing left to do.
    pub fn score(&self) -> f64 {
        let scores = self.candidates.iter().map(|candidate| candidate.score(&self.pace));
        let best = scores.fold(f64::INFINITY, f64::min);
        best.min(self.entrance())
    }

    /// The score at which the next kinds enter.
    fn entrance(&self) -> f64 {
        if self.orbits > MOST_ORBITS || self.candidates.len() > MOST_KINDS || self.wanted.n > MOST_PEOPLE {
            return f64::INFINITY;
        }
        self.pace.head_start as f64 * self.pace.favour.powi(self.orbits as i32)
    }

    /// One run of the kind whose turn it is, or the entrance of further ones; what it cost in moves.
    pub fn step(&mut self, budget: u64, rng: &mut ChaCha8Rng) -> u64 {
        if self.wanted.target > 0 && self.ahead <= 0 && self.wanted.n <= MOST_PEOPLE {
            let work = self.run_arm(budget, rng);
            self.ahead += work as i64;
            return work;
        }
        let work = self.run_candidate(budget, rng);
        self.ahead -= work as i64;
        work
    }

    fn run_candidate(&mut self, budget: u64, rng: &mut ChaCha8Rng) -> u64 {
        let entrance = self.entrance();
        let scores = self
            .candidates
            .iter()
            .map(|candidate| candidate.score(&self.pace))
            .enumerate();
        match scores.min_by(|a, b| a.1.total_cmp(&b.1)) {
            Some((at, score)) if score <= entrance => self.advance(at, budget, rng),
            _ => self.admit(),
        }
    }

    /// Lets the kinds with the next number of orbits enter.
    fn admit(&mut self) -> u64 {
        let n = self.wanted.n;
        let rounds = self.rounds_of_classes();
        let mut entering = rotations(n, &rounds, self.orbits, false);
        entering.extend(rotations(
            n,
            &rounds,
            self.orbits.saturating_sub(self.pace.multiplier),
            true,
        ));
        let mut work = (n + entering.len() * n * n / 2) as u64;
        for kind in entering {
            let Some(mut candidate) = self.candidate(&kind) else {
                continue;
            };
            let (spent, possible) = self.look(&mut candidate, FIRST_LOOK);
            work += spent;
            if possible {
                self.candidates.push(candidate);
            }
            if self.is_solved() {
                return work;
            }
        }
        self.orbits += 1;
        work
    }

    fn rounds_of_classes(&self) -> Vec<usize> {
        self.classes.iter().map(|class| class.rounds).collect()
    }

    /// One run of the halving, or the opening of the next.
    fn run_arm(&mut self, budget: u64, rng: &mut ChaCha8Rng) -> u64 {
        let Some(mut halving) = self.halving.take() else {
            return self.open_halving();
        };
        let Some(action) = halving.next() else {
            self.halvings += 1;
            return self.open_halving();
        };
        let length = self.pace.shortest << self.halvings.min(DOUBLINGS);
        let moves = length * (self.wanted.n * action.bases.len()) as u64;
        let (work, repeats) = self.attempt(action, moves.min(budget), rng);
        halving.record(repeats);
        self.halving = Some(halving);
        work
    }

    /// The kinds enter that can be better than the best rounds so far, those that force the fewest repeats first.
    fn open_halving(&mut self) -> u64 {
        let (n, rounds) = (self.wanted.n, self.rounds_of_classes());
        let mut entering: Vec<(f64, Kind)> = Vec::new();
        let mut work = n;
        for orbits in 2..=MOST_OTHER_ORBITS.min(FIRST_OTHER_ORBITS + self.halvings) {
            for kind in others(n, &rounds, orbits) {
                work += n * n / 2;
                // Only its floor is kept: the tables of thousands of groups would take much room.
                let floor = kind.action(n).and_then(|action| action.floor(self.meetings));
                entering.extend(
                    floor
                        .filter(|floor| *floor < self.repeats as f64)
                        .map(|floor| (floor, kind)),
                );
            }
        }
        entering.sort_by(|a, b| a.0.total_cmp(&b.0));
        entering.truncate(MOST_OTHERS);
        if entering.is_empty() && self.halvings >= MOST_OTHER_ORBITS - FIRST_OTHER_ORBITS {
            // Without anybody the candidates have all moves to themselves.
            self.ahead = i64::MAX / 2;
        }
        let actions = entering.iter().filter_map(|(_, kind)| kind.action(n)).collect();
        let extra_rounds = if self.halvings == 0 { FIRST_EXTRA_ROUNDS } else { 0 };
        self.halving = Some(SuccessiveHalving::new(actions, extra_rounds));
        work as u64
    }

    /// Kinds that force repeats beyond the target get the fewer moves the more they are.
    fn candidate(&self, kind: &Kind) -> Option<Candidate> {
        let action = kind.action(self.wanted.n)?;
        let floor = action.floor(self.meetings)?;
        let excess = (floor - self.wanted.target as f64).max(0.0);
        (floor < self.repeats as f64).then_some(Candidate {
            action,
            floor,
            handicap: self.pace.favour.powi(self.orbits as i32) * (1.0 + excess).sqrt(),
            runs: 0,
            moves: 0,
            gap: excess,
            started: false,
            looked: 0,
        })
    }

    /// Looks for rounds without repeats by so many steps; what that cost in moves, and whether there can be any.
    fn look(&mut self, candidate: &mut Candidate, steps: u64) -> (u64, bool) {
        if self.wanted.target > 0 {
            return (0, true);
        }
        let mut left = steps;
        let verdict = decide(
            &candidate.action.symmetry,
            &bases(&self.classes, &candidate.action),
            &mut left,
        );
        candidate.looked = steps;
        let possible = verdict != Verdict::Impossible;
        if let Verdict::Found(rounds) = verdict {
            (self.repeats, self.best) = (0, vec![rounds]);
        }
        (STEP * (steps - left), possible)
    }

    /// A look or a run, as the candidate has earned; retires it when there is no hope.
    fn advance(&mut self, at: usize, budget: u64, rng: &mut ChaCha8Rng) -> u64 {
        let mut candidate = self.candidates.swap_remove(at);
        let (work, goes_on) = if self.wanted.target == 0 && candidate.wants_a_look() {
            let steps = LONGER_LOOK * candidate.looked;
            self.look(&mut candidate, steps)
        } else {
            let work = self.run(&mut candidate, budget, rng);
            (work, candidate.started || candidate.runs < self.pace.false_starts)
        };
        if goes_on {
            self.candidates.push(candidate);
        }
        work
    }

    fn run(&mut self, candidate: &mut Candidate, budget: u64, rng: &mut ChaCha8Rng) -> u64 {
        candidate.runs += 1;
        let seats = (self.wanted.n * candidate.action.bases.len()) as u64;
        let moves = (self.pace.shortest * seats * luby(candidate.runs))
            .min(budget)
            .min(LONGEST_RUN);
        let (work, repeats) = self.attempt(&candidate.action, moves, rng);
        if let Some(repeats) = repeats {
            let gap = repeats.saturating_sub(self.wanted.target) as f64;
            candidate.gap = if candidate.started { candidate.gap.min(gap) } else { gap };
            candidate.started = true;
        }
        candidate.moves += work;
        work
    }

    /// One annealing from random base rounds; what it cost in moves, and the repeats it came to if it could begin.
    fn attempt(&mut self, action: &Action, moves: u64, rng: &mut ChaCha8Rng) -> (u64, Option<u64>) {
        let bases = bases(&self.classes, action);
        let work = (4 * self.wanted.n * bases.len()) as u64;
        let Some(mut annealer) = Annealer::new(&action.symmetry, &bases, rng) else {
            return (work + (partition::ATTEMPTS * self.wanted.n) as u64, None);
        };
        let work = work + annealer.run(moves, HOT, COLD, self.wanted.target);
        let repeats = annealer.repeats();
        if repeats < self.repeats {
            self.repeats = repeats;
            self.best = vec![annealer.rounds()];
            let most = repeats.saturating_sub(1).max(self.wanted.target) as f64;
            self.candidates.retain(|candidate| candidate.floor <= most);
            self.solver = self.is_solved().then(|| (action.clone(), moves));
        } else if repeats == self.repeats {
            self.best.push(annealer.rounds());
        }
        (work, Some(repeats))
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

#[cfg(test)]
mod tests {
    use super::luby;
    use crate::designs::symmetry::portfolio::Portfolio;
    use crate::designs::symmetry::wanted::Wanted;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn the_universal_sequence() {
        let first: Vec<u64> = (1..=15).map(luby).collect();
        assert_eq!(first, [1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8]);
    }

    #[test]
    fn kirkmans_schoolgirls() {
        let mut portfolio = Portfolio::new(Wanted {
            sizes_per_round: vec![vec![3; 5]; 7],
            n: 15,
            target: 0,
        });
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        while !portfolio.is_solved() {
            portfolio.step(100_000, &mut rng);
        }
        assert_eq!(portfolio.rounds().unwrap().len(), 7);
    }
}
