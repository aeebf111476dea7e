//! How few repeats a plan must have: four lower bounds, the best of which counts.
//!
//! 1. *Pairs*: each pair starts at its history plus its forced meetings and can take as many more as
//!    both are present for; spreading the remaining meetings over the cheapest is exact for this
//!    relaxation (water-filling of a separable convex cost; with an empty past it is the averaging
//!    bound P·C(q,2) + r·q).
//! 2. *People*: the same for each person's own meetings, half the sum; stronger when absences make
//!    some meet more than others.
//! 3. *Pairs of rounds*: R is also the number of pairs that two rounds share, summed over pairs of
//!    rounds, and two rounds must share some where there are fewer teams than members of a team.
//! 4. *The only round*: where one round is left and the ways to form it are few enough to look through, the best.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

mod last_round;

use crate::input::demand::{Constraint, Demand};
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::round::Round;
use crate::search::state::choose2;
use last_round::least_added;

/// The lower bounds on R of a plan with given sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// From the pairs.
    pub pairs: i64,
    /// From each person's meetings.
    pub people: i64,
    /// From the pairs of rounds.
    pub rounds: i64,
    /// From all ways to form the only round; 0 where they were not looked through.
    pub only_round: i64,
}

impl Bounds {
    /// The bounds of `problem` when round r has the sizes `sizes[r]`.
    #[must_use]
    pub fn new(problem: &Problem, sizes: &[Vec<usize>]) -> Self {
        let limits = Limits::new(problem, sizes);
        let meetings: i64 = sizes.iter().flatten().map(|&s| choose2(s as u16)).sum();
        Self {
            pairs: pair_bound(&limits, meetings),
            people: person_bound(problem, sizes, &limits, meetings),
            rounds: round_bound(problem, sizes),
            // Where this is known nothing is forced, so what there is anyway is the past.
            only_round: least_added(problem, sizes).map_or(0, |added| added + limits.repeats_anyway()),
        }
    }

    /// The best of them.
    #[must_use]
    pub fn best(&self) -> i64 {
        self.pairs.max(self.people).max(self.rounds).max(self.only_round)
    }
}

/// For each pair, the meetings it has anyway and how many more it can have.
struct Limits {
    n: usize,
    least: Vec<u16>,
    more: Vec<u16>,
    forced: i64,
    forced_of: Vec<i64>,
}

impl Limits {
    fn new(problem: &Problem, sizes: &[Vec<usize>]) -> Self {
        let n = problem.size();
        let mut limits = Self {
            n,
            least: vec![0; n * n],
            more: co_presence(problem),
            forced: 0,
            forced_of: vec![0; n],
        };
        for team in problem.past.iter().flat_map(|round| &round.teams) {
            for (a, b) in pairs_of(team) {
                limits.least[cell(n, a, b)] += 1;
            }
        }
        for round in problem.rounds.iter().take(sizes.len()) {
            limits.force(problem, round);
            limits.part(problem, round);
        }
        limits
    }

    /// R of the meetings that there are anyway.
    fn repeats_anyway(&self) -> i64 {
        self.least.iter().map(|&times| choose2(times)).sum()
    }

    /// Meetings that a round's *together* rules and locks force, directly or through a third person.
    fn force(&mut self, problem: &Problem, round: &Round) {
        let mut units: Vec<Vec<PersonIx>> = Vec::new();
        for constraint in problem.demands_in(round) {
            let group = match &constraint.demand {
                &Demand::Together(a, b) if both_here(round, a, b) => vec![a, b],
                Demand::Locked(team, _) => locked_into(problem, round, *team),
                _ => continue,
            };
            let (joined, apart) = units
                .into_iter()
                .partition(|unit| unit.iter().any(|p| group.contains(p)));
            units = apart;
            let joined: Vec<Vec<PersonIx>> = joined;
            units.push(joined.into_iter().flatten().chain(group).collect());
        }
        let mut together: Vec<_> = units
            .iter()
            .flat_map(|unit| pairs_of(unit))
            .filter(|(a, b)| a != b)
            .collect();
        together.sort_unstable();
        together.dedup();
        for (a, b) in together {
            let i = cell(self.n, a, b);
            self.least[i] += 1;
            self.more[i] = self.more[i].saturating_sub(1);
            self.forced += 1;
            self.forced_of[usize::from(a)] += 1;
            self.forced_of[usize::from(b)] += 1;
        }
    }

    /// Meetings that a round's *apart* rules and locks in different teams exclude, each once however many demand it.
    fn part(&mut self, problem: &Problem, round: &Round) {
        let locks: Vec<_> = problem.demands_in(round).filter_map(lock_of).collect();
        let mut parted: Vec<(PersonIx, PersonIx)> = Vec::new();
        for (i, (team, members)) in locks.iter().enumerate() {
            for (_, others) in locks.iter().skip(i + 1).filter(|(other, _)| other != team) {
                parted.extend(members.iter().flat_map(|&a| others.iter().map(move |&b| ordered(a, b))));
            }
        }
        for constraint in problem.demands_in(round) {
            if let Demand::Apart(a, b) = constraint.demand
                && both_here(round, a, b)
            {
                parted.push(ordered(a, b));
            }
        }
        parted.sort_unstable();
        parted.dedup();
        for (a, b) in parted.into_iter().filter(|(a, b)| a != b) {
            let i = cell(self.n, a, b);
            self.more[i] = self.more[i].saturating_sub(1);
        }
    }
}

/// Everybody whom some lock puts into a team.
fn locked_into(problem: &Problem, round: &Round, team: usize) -> Vec<PersonIx> {
    let locks = problem.demands_in(round).filter_map(lock_of);
    let members = locks
        .filter(|&(other, _)| other == team)
        .flat_map(|(_, members)| members);
    members.copied().collect()
}

fn lock_of(constraint: &Constraint) -> Option<(usize, &[PersonIx])> {
    match &constraint.demand {
        Demand::Locked(team, members) => Some((*team, members)),
        _ => None,
    }
}

fn both_here(round: &Round, a: PersonIx, b: PersonIx) -> bool {
    round.here[usize::from(a)] && round.here[usize::from(b)]
}

fn ordered(a: PersonIx, b: PersonIx) -> (PersonIx, PersonIx) {
    (a.min(b), a.max(b))
}

fn pairs_of(team: &[PersonIx]) -> impl Iterator<Item = (PersonIx, PersonIx)> + '_ {
    let after = |i: usize| team.iter().skip(i + 1);
    team.iter()
        .enumerate()
        .flat_map(move |(i, &a)| after(i).map(move |&b| ordered(a, b)))
}

/// Pairs live in the upper triangle.
fn cell(n: usize, a: PersonIx, b: PersonIx) -> usize {
    let (a, b) = ordered(a, b);
    usize::from(a) * n + usize::from(b)
}

/// In how many rounds both of a pair are present.
fn co_presence(problem: &Problem) -> Vec<u16> {
    let n = problem.size();
    let words = problem.rounds.len().div_ceil(64);
    let mut presence = vec![0_u64; n * words];
    for (r, round) in problem.rounds.iter().enumerate() {
        for &p in &round.present {
            presence[usize::from(p) * words + r / 64] |= 1 << (r % 64);
        }
    }
    let mut more = vec![0; n * n];
    for a in 0..n {
        for b in a + 1..n {
            let shared = (0..words).map(|w| (presence[a * words + w] & presence[b * words + w]).count_ones());
            more[a * n + b] = shared.sum::<u32>() as u16;
        }
    }
    more
}

/// How many further meetings there are at each price: a pair that has met m times sells its next
/// meetings at m, m + 1, …
struct Prices {
    at: Vec<i64>,
}

impl Prices {
    fn new(levels: usize) -> Self {
        Self {
            at: vec![0; levels + 2],
        }
    }

    /// Offers the prices from `least` on, `more` of them; stored as differences until [`Self::sum`].
    fn offer(&mut self, least: u16, more: u16) {
        self.at[usize::from(least)] += 1;
        self.at[usize::from(least) + usize::from(more)] -= 1;
    }

    fn sum(&mut self) {
        let mut running = 0;
        for level in &mut self.at {
            running += *level;
            *level = running;
        }
    }

    /// The cost of the `count` cheapest, and how many there were.
    fn cheapest(&self, count: i64) -> (i64, i64) {
        let (mut cost, mut left) = (0, count.max(0));
        for (price, &offered) in self.at.iter().enumerate() {
            let taken = offered.min(left);
            cost += taken * price as i64;
            left -= taken;
        }
        (cost, count.max(0) - left)
    }

    /// Removes the `count` cheapest.
    fn remove(&mut self, count: i64) {
        let mut left = count;
        for offered in &mut self.at {
            let taken = (*offered).min(left);
            *offered -= taken;
            left -= taken;
        }
    }

    /// Keeps only the `count` cheapest.
    fn truncate(&mut self, count: i64) {
        let mut left = count.max(0);
        for offered in &mut self.at {
            *offered = (*offered).min(left);
            left -= *offered;
        }
    }
}

fn levels(limits: &Limits) -> usize {
    let top = |i: usize| usize::from(limits.least[i]) + usize::from(limits.more[i]);
    (0..limits.least.len()).map(top).max().unwrap_or(0)
}

fn pair_bound(limits: &Limits, meetings: i64) -> i64 {
    let n = limits.n;
    let mut prices = Prices::new(levels(limits));
    for i in (0..n).flat_map(|a| (a + 1..n).map(move |b| a * n + b)) {
        prices.offer(limits.least[i], limits.more[i]);
    }
    prices.sum();
    limits.repeats_anyway() + prices.cheapest(meetings - limits.forced).0
}

fn person_bound(problem: &Problem, sizes: &[Vec<usize>], limits: &Limits, meetings: i64) -> i64 {
    let (n, levels) = (limits.n, levels(limits));
    let (mut cost, mut used) = (0, 0);
    let mut spare = Prices::new(levels);
    for person in 0..n as PersonIx {
        let (least, most) = contacts(problem, sizes, person);
        let forced = limits.forced_of[usize::from(person)];
        let mut prices = Prices::new(levels);
        for other in (0..n as PersonIx).filter(|&other| other != person) {
            let i = cell(n, person, other);
            cost += choose2(limits.least[i]);
            prices.offer(limits.least[i], limits.more[i]);
        }
        prices.sum();
        prices.truncate(most - forced);
        let (own, taken) = prices.cheapest(least - forced);
        cost += own;
        used += forced + taken;
        prices.remove(taken);
        spare.at.iter_mut().zip(&prices.at).for_each(|(all, own)| *all += own);
    }
    cost += spare.cheapest(2 * meetings - used).0;
    (cost + 1) / 2
}

/// How many people a person meets at least and at most, repeats counted.
fn contacts(problem: &Problem, sizes: &[Vec<usize>], person: PersonIx) -> (i64, i64) {
    let rounds = problem.rounds.iter().zip(sizes);
    let own = rounds.filter(|(round, _)| round.here[usize::from(person)]);
    own.fold((0, 0), |(least, most), (_, sizes)| {
        let of = |size: Option<&usize>| size.map_or(0, |&s| s as i64 - 1);
        (least + of(sizes.iter().min()), most + of(sizes.iter().max()))
    })
}

fn round_bound(problem: &Problem, sizes: &[Vec<usize>]) -> i64 {
    let mut bound = 0;
    for (i, first) in problem.past.iter().enumerate() {
        for second in problem.past.iter().skip(i + 1) {
            let mut team_of = vec![usize::MAX; problem.size()];
            for (t, team) in second.teams.iter().enumerate() {
                team.iter().for_each(|&p| team_of[usize::from(p)] = t);
            }
            for team in &first.teams {
                bound += shared_pairs(team.iter().map(|&p| team_of[usize::from(p)]));
            }
        }
    }
    for (r, round) in problem.rounds.iter().enumerate().take(sizes.len()) {
        for past in &problem.past {
            let there = |team: &Vec<PersonIx>| team.iter().filter(|&&p| round.here[usize::from(p)]).count();
            let parts: Vec<usize> = past.teams.iter().map(there).filter(|&b| b > 0).collect();
            if parts.iter().sum::<usize>() == round.present.len() {
                bound += least_overlap(&sizes[r], &parts);
            }
        }
        for (s, other) in problem.rounds.iter().enumerate().take(sizes.len()).skip(r + 1) {
            if other.present == round.present {
                bound += least_overlap(&sizes[r], &sizes[s]);
            }
        }
    }
    bound
}

fn shared_pairs(teams: impl Iterator<Item = usize>) -> i64 {
    let mut teams: Vec<usize> = teams.filter(|&t| t != usize::MAX).collect();
    teams.sort_unstable();
    teams
        .chunk_by(|a, b| a == b)
        .map(|same| choose2(same.len() as u16))
        .sum()
}

/// How many pairs two rounds share at least: each team of one is cut into as many parts as the other
/// has teams.
pub(crate) fn least_overlap(first: &[usize], second: &[usize]) -> i64 {
    let side = |sizes: &[usize], parts: usize| -> i64 {
        let cut = |&size: &usize| {
            let (base, larger) = (size / parts, size % parts);
            larger as i64 * choose2(base as u16 + 1) + (parts - larger) as i64 * choose2(base as u16)
        };
        sizes.iter().map(cut).sum()
    };
    side(first, second.len()).max(side(second, first.len()))
}
