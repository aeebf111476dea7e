//! What an allocation is worth.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore as _, SeedableRng as _},
};

use super::problem::Problem;

/// What an allocation costs: the first number counts most, and the next only between those that are equal in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// Slots that do not reach their minimum.
    pub short_slots: i128,
    /// People who get none of their wishes.
    pub unserved: i128,
    /// The draws that these have lost before.
    pub unserved_losers: i128,
    /// The sum of the squares of everybody's slots in the cohort.
    pub load: i128,
    /// The sum of the ranks of what they get.
    pub rank: i128,
    /// The same, counting for each as often as they lost a draw before.
    pub losers_rank: i128,
    /// What the seed says of it.
    pub draw: i128,
}

impl Cost {
    /// Its numbers, the first first.
    pub fn levels(&self) -> [i128; 7] {
        [
            self.short_slots,
            self.unserved,
            self.unserved_losers,
            self.load,
            self.rank,
            self.losers_rank,
            self.draw,
        ]
    }
}

/// Weights with which one number says the same as a [`Cost`]: each is greater than all that the later ones can come to.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    pub short_slot: i128,
    pub unserved: i128,
    pub unserved_loser: i128,
    pub load: i128,
    pub rank: i128,
    pub loser_rank: i128,
    /// By applicant and wish.
    draws: Vec<Vec<i128>>,
}

/// So much is drawn for a wish, at the most.
const LARGEST_DRAW: u32 = 1 << 16;

impl Weights {
    pub fn of(problem: &Problem, seed: i64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed.cast_unsigned());
        let mut draw = || i128::from(rng.next_u32() % LARGEST_DRAW);
        let people = &problem.applicants;
        let draws: Vec<Vec<i128>> = people
            .iter()
            .map(|one| one.wishes.iter().map(|_| draw()).collect())
            .collect();
        let sum = |each: &dyn Fn(&super::Applicant) -> i128| people.iter().map(each).sum::<i128>();
        let ranks = |one: &super::Applicant| one.wishes.iter().map(|wish| number(wish.rank)).sum::<i128>();
        let loser_rank = draws.iter().flatten().sum::<i128>() + 1;
        let rank = loser_rank * (sum(&|one| ranks(one) * i128::from(one.draws_lost)) + 1);
        let load = rank * (sum(&ranks) + 1);
        let unserved_loser = load * (sum(&|one| number(one.load + one.wishes.len()).pow(2)) + 1);
        let unserved = unserved_loser * (sum(&|one| i128::from(one.draws_lost)) + 1);
        let short_slot = unserved * (number(people.len()) + 1);
        // A part of it for each place that a slot lacks, without a remainder.
        let parts = problem.slots.iter().map(super::OpenSlot::missing);
        let parts = parts.fold(1, |all, missing| least_common_multiple(all, number(missing.max(1))));
        Self {
            short_slot: (short_slot / parts + 1) * parts,
            unserved,
            unserved_loser,
            load,
            rank,
            loser_rank,
            draws,
        }
    }

    /// What it costs that somebody gets a wish, by their places.
    pub fn of_wish(&self, problem: &Problem, person: usize, wish: usize) -> i128 {
        let (Some(applicant), Some(draws)) = (problem.applicants.get(person), self.draws.get(person)) else {
            return 0;
        };
        let rank = applicant.wishes.get(wish).map_or(0, |wish| number(wish.rank));
        let draw = draws.get(wish).copied().unwrap_or(0);
        rank * (self.rank + i128::from(applicant.draws_lost) * self.loser_rank) + draw
    }

    /// What it costs that somebody gets nothing.
    pub fn of_nothing(&self, draws_lost: u32) -> i128 {
        self.unserved + i128::from(draws_lost) * self.unserved_loser
    }

    /// What the numbers come to.
    pub fn total(&self, cost: &Cost) -> i128 {
        cost.short_slots * self.short_slot
            + cost.unserved * self.unserved
            + cost.unserved_losers * self.unserved_loser
            + cost.load * self.load
            + cost.rank * self.rank
            + cost.losers_rank * self.loser_rank
            + cost.draw
    }

    /// How many of the numbers of a cost, from the first, nothing can be better in that comes to `least` at the least.
    pub fn proved(&self, cost: &Cost, least: i128) -> usize {
        let weights = [
            self.short_slot,
            self.unserved,
            self.unserved_loser,
            self.load,
            self.rank,
            self.loser_rank,
            1,
        ];
        let mut left = least;
        let is_reached = |(level, weight): (&i128, &i128)| {
            let reached = left.div_euclid(*weight);
            left -= level * weight;
            reached >= *level
        };
        cost.levels()
            .iter()
            .zip(&weights)
            .map(is_reached)
            .take_while(|reached| *reached)
            .count()
    }

    /// What an allocation costs; `chosen` are the places of what everybody gets among their wishes.
    pub fn cost(&self, problem: &Problem, chosen: &[Vec<usize>]) -> Cost {
        let mut cost = Cost::default();
        let mut filled = vec![0; problem.slots.len()];
        for ((person, applicant), chosen) in problem.applicants.iter().enumerate().zip(chosen) {
            let lost = i128::from(applicant.draws_lost);
            if chosen.is_empty() && applicant.asks() {
                cost.unserved += 1;
                cost.unserved_losers += lost;
            }
            cost.load += number(applicant.load + chosen.len()).pow(2);
            for wish in chosen {
                let Some(found) = applicant.wishes.get(*wish) else {
                    continue;
                };
                filled.get_mut(found.slot).into_iter().for_each(|filled| *filled += 1);
                cost.rank += number(found.rank);
                cost.losers_rank += number(found.rank) * lost;
                cost.draw += self
                    .draws
                    .get(person)
                    .and_then(|draws| draws.get(*wish))
                    .copied()
                    .unwrap_or(0);
            }
        }
        let is_short = |(slot, filled): (&super::OpenSlot, &usize)| *filled < slot.missing();
        cost.short_slots = number(problem.slots.iter().zip(&filled).filter(|pair| is_short(*pair)).count());
        cost
    }
}

pub(super) fn number(count: usize) -> i128 {
    i128::try_from(count).unwrap_or(i128::MAX)
}

/// Up to a bound beyond which the numbers would not fit; there the parts are rounded up instead.
fn least_common_multiple(a: i128, b: i128) -> i128 {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    let multiple = a / x * b;
    if multiple > 1_000_000 { a } else { multiple }
}
