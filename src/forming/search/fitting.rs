//! Who is who in a schedule made without regard to anybody: fitting it to what has happened.
//!
//! With W(a, b) the meetings of two people so far and D(x, y) those of two places of the schedule,
//! R = Σ C(W + D, 2) is a constant and Σ W·D: a quadratic assignment problem (Koopmans and Beckmann
//! 1957), annealed by exchanging two people's places. Those who must be apart have met often.
#![expect(
    clippy::indexing_slicing,
    reason = "tables of people × people, all indexed by people"
)]

use crate::input::demand::Demand;
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::round::Round;
use crate::input::teams::Teams;
use crate::rng::FastRng;

/// Exchanges tried for every pair of people.
const EXCHANGES: usize = 100;
/// Temperatures, in repeats.
const HOT: f64 = 3.0;
const COLD: f64 = 0.2;
/// How often those who must be apart have met.
const APART: i32 = 20;

/// The sizes of each round with the absent added where teams are smallest.
pub(crate) fn filled(problem: &Problem, sizes: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let fill = |(round, sizes): (&Round, &Vec<usize>)| {
        let mut sizes = sizes.clone();
        for _ in round.present.len()..problem.size() {
            if let Some(least) = sizes.iter_mut().min() {
                *least += 1;
            }
        }
        sizes
    };
    problem.rounds.iter().zip(sizes).map(fill).collect()
}

/// The schedule with people in its places so that few meet again, without the absent and with the
/// sizes asked for.
pub(crate) fn fit(problem: &Problem, sizes: &[Vec<usize>], schedule: &[Teams], rng: &mut FastRng) -> Vec<Teams> {
    let n = problem.size();
    let mut assignment = Assignment {
        n,
        who: (0..n).collect(),
        met: past(problem),
        meets: meetings(n, schedule.iter()),
    };
    rng.shuffle(&mut assignment.who);
    assignment.anneal(rng);
    let person = |&place: &PersonIx| assignment.who[usize::from(place)] as PersonIx;
    let named = |team: &Vec<PersonIx>| team.iter().map(person).collect();
    let rounds = problem.rounds.iter().zip(sizes).zip(schedule);
    rounds
        .map(|((round, sizes), teams)| resize(round, sizes, teams.iter().map(named).collect(), rng))
        .collect()
}

/// How often each two are together in these rounds.
fn meetings<'a>(n: usize, rounds: impl Iterator<Item = &'a Teams>) -> Vec<i32> {
    let mut meetings = vec![0; n * n];
    for team in rounds.flatten() {
        for &a in team {
            for &b in team.iter().filter(|&&b| b != a) {
                meetings[usize::from(a) * n + usize::from(b)] += 1;
            }
        }
    }
    meetings
}

fn past(problem: &Problem) -> Vec<i32> {
    let n = problem.size();
    let mut met = meetings(n, problem.past.iter().map(|round| &round.teams));
    for constraint in &problem.constraints {
        if let Demand::Apart(a, b) = constraint.demand {
            met[usize::from(a) * n + usize::from(b)] += APART;
            met[usize::from(b) * n + usize::from(a)] += APART;
        }
    }
    met
}

/// People in places.
struct Assignment {
    n: usize,
    /// Who is in each place.
    who: Vec<usize>,
    met: Vec<i32>,
    meets: Vec<i32>,
}

impl Assignment {
    fn anneal(&mut self, rng: &mut FastRng) {
        let all = EXCHANGES * self.n * self.n / 2;
        let unit = 1.0 / (1u64 << 53) as f64;
        for done in 0..all {
            let temperature = HOT * (COLD / HOT).powf(done as f64 / all as f64);
            let (x, y) = (rng.below(self.n), rng.below(self.n));
            let luck = -((rng.bits() >> 11) as f64 * unit).max(unit).ln();
            if f64::from(self.change(x, y)) <= temperature * luck {
                self.who.swap(x, y);
            }
        }
    }

    /// What exchanging the people in two places adds to Σ W·D.
    fn change(&self, x: usize, y: usize) -> i32 {
        let row = |of: usize| of * self.n..(of + 1) * self.n;
        let (a, b) = (self.who[x], self.who[y]);
        let (of_a, of_b) = (&self.met[row(a)], &self.met[row(b)]);
        let (at_x, at_y) = (&self.meets[row(x)], &self.meets[row(y)]);
        let others = (0..self.n).filter(|&z| z != x && z != y);
        others
            .map(|z| (of_a[self.who[z]] - of_b[self.who[z]]) * (at_y[z] - at_x[z]))
            .sum()
    }
}

/// Takes the absent out of a round and moves as few of the others as give the sizes asked for.
fn resize(round: &Round, sizes: &[usize], mut teams: Teams, rng: &mut FastRng) -> Teams {
    for team in &mut teams {
        team.retain(|&p| round.here[usize::from(p)]);
        rng.shuffle(team);
    }
    teams.sort_by_key(|team| std::cmp::Reverse(team.len()));
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(sizes[at]));
    let mut spare = Vec::new();
    for (team, &at) in teams.iter_mut().zip(&order) {
        spare.extend(team.drain(sizes[at].min(team.len())..));
    }
    let mut resized = vec![Vec::new(); sizes.len()];
    for (mut team, &at) in teams.into_iter().zip(&order) {
        let missing = sizes[at] - team.len();
        team.extend(spare.drain(spare.len().saturating_sub(missing)..));
        resized[at] = team;
    }
    resized
}

#[cfg(test)]
mod tests {
    use super::{Assignment, resize};
    use crate::input::round::PastRound;
    use crate::rng::FastRng;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn exchanges_add_up() {
        let n = 7;
        let mut rng = FastRng::from_rng(&mut ChaCha8Rng::seed_from_u64(3));
        let mut symmetric = || {
            let mut table = vec![0; n * n];
            for a in 0..n {
                for b in 0..a {
                    table[a * n + b] = rng.below(4) as i32;
                    table[b * n + a] = table[a * n + b];
                }
            }
            table
        };
        let (met, meets) = (symmetric(), symmetric());
        let who = vec![3, 1, 6, 0, 2, 5, 4];
        let mut assignment = Assignment { n, who, met, meets };
        let total = |all: &Assignment| -> i32 {
            let pairs = (0..n).flat_map(|x| (0..x).map(move |y| (x, y)));
            pairs
                .map(|(x, y)| all.met[all.who[x] * n + all.who[y]] * all.meets[x * n + y])
                .sum()
        };
        for (x, y) in [(0, 1), (2, 5), (6, 3), (4, 4)] {
            let (before, change) = (total(&assignment), assignment.change(x, y));
            assignment.who.swap(x, y);
            assert_eq!(total(&assignment), before + change);
        }
    }

    #[test]
    fn the_absent_leave_and_sizes_are_kept() {
        let past = PastRound {
            week: 1,
            teams: vec![vec![0, 1, 4], vec![5, 6, 7, 8]],
            roles: Vec::new(),
        };
        let mut rng = FastRng::from_rng(&mut ChaCha8Rng::seed_from_u64(3));
        let teams = vec![vec![0, 1, 2, 3], vec![4, 5, 6, 7, 8]];
        let resized = resize(&past.as_round(9), &[3, 4], teams, &mut rng);
        assert_eq!(resized.iter().map(Vec::len).collect::<Vec<_>>(), [3, 4]);
        let mut people = resized.concat();
        people.sort_unstable();
        assert_eq!(people, [0, 1, 4, 5, 6, 7, 8]);
    }
}
