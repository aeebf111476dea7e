//! Together again too soon, and the same team again: what makes plans with equally many repeats differ.
//!
//! Each meeting of a pair weighs by how many rounds ago their earlier ones were, up to [`REACH`]; a whole team that was
//! there before weighs besides. The weights do not depend on the cool-down that a case asks for, so asking for less
//! gives nobody more.
#![expect(
    clippy::indexing_slicing,
    reason = "dense tables by validated indices, in the search loop"
)]

use crate::bits::ones;
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::Teams;
use crate::search::state::ScheduleState;

/// How many rounds back, or on, a meeting is seen.
const REACH: usize = 8;
/// What a meeting weighs after one round, two, and so on.
const WEIGHTS: [i32; REACH] = [112, 56, 5, 3, 2, 1, 1, 1];
/// Meetings again within so many rounds are soon.
pub(crate) const SOON: usize = 2;
/// What it weighs that a whole team is there again: less than a pair that meets again soon, and where new teams are
/// preferred, more.
const SAME_TEAM: i64 = 12;
const PREFERRED: i64 = 144;
/// No swap saves more than this by people who meet later.
const MOST_SAVED: i64 = 1_200;
/// Teams of two are pairs, which count already.
pub(crate) const SMALLEST: usize = 3;
/// The rounds around one as bits: [`REACH`] earlier ones, itself, and as many later ones.
const WINDOW: u64 = (1 << (2 * REACH + 1)) - 1;
/// Bits of a word.
const WORD: usize = u64::BITS as usize;

/// The weight of a meeting so many rounds after another.
pub(crate) fn weight(rounds: usize) -> i64 {
    rounds
        .checked_sub(1)
        .and_then(|at| WEIGHTS.get(at))
        .map_or(0, |&weight| i64::from(weight))
}

/// For each set of rounds in a row, the weight of their meetings to one next to the highest of them, or to the lowest.
const fn weights(is_before: bool) -> [i32; 1 << REACH] {
    let mut all = [0; 1 << REACH];
    let mut set = 0;
    while set < all.len() {
        let mut bit = 0;
        while bit < REACH {
            if set >> bit & 1 == 1 {
                all[set] += WEIGHTS[if is_before { REACH - 1 - bit } else { bit }];
            }
            bit += 1;
        }
        set += 1;
    }
    all
}

static BEFORE: [i32; 1 << REACH] = weights(true);
static AFTER: [i32; 1 << REACH] = weights(false);

/// In which rounds each two are together, past and planned, in the order of weeks.
pub(crate) struct Lateness {
    people: usize,
    /// Words of a pair: a bit for each round, and [`REACH`] more at either end.
    words: usize,
    together: Vec<u64>,
    /// The bit of each planned round, and which bits are of planned rounds.
    bit: Vec<usize>,
    planned: Vec<bool>,
    /// The team sizes of each round, by bit and first member: what tells a whole team from a part of one.
    sizes: Vec<Vec<u16>>,
    /// What a whole team weighs.
    team_weight: i64,
    /// The weight of all meetings, those of past rounds among themselves left out.
    meetings: i64,
    /// Whole teams that are there again.
    same_teams: i64,
    /// The weight of the meetings of people who are tied to each other, which no swap changes.
    tied: i64,
}

/// What a swap changes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LatenessChange {
    meetings: i64,
    same_teams: i64,
}

impl Lateness {
    /// For a schedule.
    pub(crate) fn new(problem: &Problem, state: &ScheduleState) -> Self {
        let mut order: Vec<(u32, Option<usize>)> = problem.past.iter().map(|round| (round.week, None)).collect();
        order.extend(
            problem
                .rounds
                .iter()
                .enumerate()
                .map(|(r, round)| (round.week, Some(r))),
        );
        order.sort_unstable();
        let width = order.len() + 2 * REACH;
        let words = width.div_ceil(WORD);
        let mut lateness = Self {
            people: state.n,
            words,
            together: vec![0; state.n * state.n * words],
            bit: vec![0; state.rounds],
            planned: vec![false; width],
            sizes: vec![vec![0; state.n]; width],
            team_weight: if problem.rules.prefer_new_teams {
                PREFERRED
            } else {
                SAME_TEAM
            },
            meetings: 0,
            same_teams: 0,
            tied: 0,
        };
        let mut past = problem.past.iter();
        for (bit, &(_, planned)) in (REACH..).zip(&order) {
            match planned {
                Some(r) => {
                    lateness.bit[r] = bit;
                    lateness.planned[bit] = true;
                }
                None => past
                    .next()
                    .into_iter()
                    .for_each(|round| lateness.put(bit, &round.teams)),
            }
        }
        lateness.count(state);
        lateness.tied = lateness.tied_cost(state);
        lateness
    }

    /// The weight of the meetings of people who are tied to each other.
    fn tied_cost(&self, state: &ScheduleState) -> i64 {
        let mut cost = 0;
        for r in 0..state.rounds {
            for (a, b) in state.tied(r) {
                let at = self.pair(a, b);
                let earlier = ones(&self.together[at..at + self.words]).filter(|&other| {
                    let planned = self.bit.iter().position(|&bit| bit == other);
                    planned.is_none_or(|s| s < r && state.are_tied(s, a, b))
                });
                cost += earlier.map(|other| weight(other.abs_diff(self.bit[r]))).sum::<i64>();
            }
        }
        cost
    }

    /// The weight of all meetings and whole teams.
    #[inline]
    pub(crate) fn cost(&self) -> i64 {
        self.meetings + self.team_weight * self.same_teams
    }

    /// Whole teams that are there again.
    pub(crate) fn same_teams(&self) -> i64 {
        self.same_teams
    }

    /// The weight of meetings within [`SOON`] rounds and of whole teams.
    pub(crate) fn soon(&self, state: &ScheduleState) -> i64 {
        let (meetings, same_teams) = self.again(state, SOON);
        meetings + self.team_weight * same_teams
    }

    /// The weight of a change.
    #[inline]
    pub(crate) fn weigh(&self, change: LatenessChange) -> i64 {
        change.meetings + self.team_weight * change.same_teams
    }

    /// Whether no swap can make anything better.
    pub(crate) fn is_least(&self) -> bool {
        self.cost() == self.tied
    }

    /// What one swap can save at most.
    #[inline]
    pub(crate) fn to_save(&self) -> i64 {
        (self.cost() - self.tied).min(MOST_SAVED + 2 * self.team_weight)
    }

    /// Notes the teams of a round in which nobody is noted.
    fn put(&mut self, bit: usize, teams: &Teams) {
        for team in teams {
            for (i, &a) in team.iter().enumerate() {
                self.sizes[bit][usize::from(a)] = team.len() as u16;
                team[..i].iter().for_each(|&b| self.toggle(bit, a, b));
            }
        }
    }

    #[inline]
    fn pair(&self, a: PersonIx, b: PersonIx) -> usize {
        (usize::from(a) * self.people + usize::from(b)) * self.words
    }

    #[inline]
    fn toggle(&mut self, bit: usize, a: PersonIx, b: PersonIx) {
        for at in [self.pair(a, b), self.pair(b, a)] {
            self.together[at + bit / WORD] ^= 1 << (bit % WORD);
        }
    }

    /// Counts anew.
    pub(crate) fn recount(&mut self, state: &ScheduleState) {
        let mut is_planned = vec![0_u64; self.words];
        self.bit
            .iter()
            .for_each(|bit| is_planned[bit / WORD] |= 1 << (bit % WORD));
        for words in self.together.chunks_mut(self.words) {
            words
                .iter_mut()
                .zip(&is_planned)
                .for_each(|(word, planned)| *word &= !planned);
        }
        self.count(state);
    }

    /// Counts planned rounds in which nobody is noted.
    fn count(&mut self, state: &ScheduleState) {
        for r in 0..state.rounds {
            self.put(self.bit[r], &state.teams(r));
        }
        (self.meetings, self.same_teams) = self.again(state, REACH);
    }

    /// The weight of the meetings that come again within so many rounds, and whole teams that are there again.
    fn again(&self, state: &ScheduleState, rounds: usize) -> (i64, i64) {
        let (mut meetings, mut teams) = (0, 0);
        for r in 0..state.rounds {
            let bit = self.bit[r];
            // Of two planned rounds the later one counts.
            let counts = |&other: &usize| other < bit || (other > bit && !self.planned[other]);
            for team in state.teams(r) {
                teams += self.rounds_of(&team).filter(counts).count() as i64;
                for (i, &a) in team.iter().enumerate() {
                    for &b in &team[..i] {
                        let at = self.pair(a, b);
                        let all = ones(&self.together[at..at + self.words]).filter(counts);
                        let near = all.map(|other| other.abs_diff(bit)).filter(|&gap| gap <= rounds);
                        meetings += near.map(|gap| weight(gap).max(1)).sum::<i64>();
                    }
                }
            }
        }
        (meetings, teams)
    }

    /// The rounds with exactly this team.
    fn rounds_of(&self, team: &[PersonIx]) -> impl Iterator<Item = usize> {
        let (first, size) = (team.first().copied().unwrap_or_default(), team.len());
        let mut all = vec![if size < SMALLEST { 0 } else { u64::MAX }; self.words];
        for &member in team.iter().skip(1) {
            let at = self.pair(first, member);
            all.iter_mut()
                .zip(&self.together[at..])
                .for_each(|(all, word)| *all &= word);
        }
        let sizes = &self.sizes;
        let whole = move |&bit: &usize| usize::from(sizes[bit][usize::from(first)]) == size;
        ones(&all).collect::<Vec<_>>().into_iter().filter(whole)
    }

    /// What it weighs that two people are together in a round.
    #[inline]
    fn weight(&self, bit: usize, a: PersonIx, b: PersonIx) -> i32 {
        let (at, shift) = (self.pair(a, b) + (bit - REACH) / WORD, (bit - REACH) % WORD);
        let mut window = self.together[at] >> shift;
        if shift > WORD - 2 * REACH - 1 {
            window |= self.together[at + 1] << (WORD - shift);
        }
        window &= WINDOW;
        BEFORE[(window & 0xff) as usize] + AFTER[(window >> (REACH + 1)) as usize]
    }

    /// What a swap of two people of different teams changes.
    #[inline]
    pub(crate) fn change(&self, state: &ScheduleState, r: usize, p: u16, q: u16) -> LatenessChange {
        let (a, b, bit) = (state.at(r, p), state.at(r, q), self.bit[r]);
        let mut change = 0;
        for &mate in state.team(r, p).iter().filter(|&&mate| mate != a) {
            change += self.weight(bit, b, mate) - self.weight(bit, a, mate);
        }
        for &mate in state.team(r, q).iter().filter(|&&mate| mate != b) {
            change += self.weight(bit, a, mate) - self.weight(bit, b, mate);
        }
        LatenessChange {
            meetings: i64::from(change),
            same_teams: self.more_teams(state, r, p, a, b) + self.more_teams(state, r, q, b, a),
        }
    }

    /// By how much the other rounds have the team of a seat more often with `new` in the place of `old`.
    fn more_teams(&self, state: &ScheduleState, r: usize, seat: u16, old: PersonIx, new: PersonIx) -> i64 {
        let team = state.team(r, seat);
        if team.len() < SMALLEST {
            return 0;
        }
        let others = || team.iter().copied().filter(|&mate| mate != old);
        let count = |person: PersonIx| -> i64 {
            let mut rounds = 0;
            for word in 0..self.words {
                let mut all = u64::MAX;
                for mate in others() {
                    all &= self.together[self.pair(person, mate) + word];
                    if all == 0 {
                        break;
                    }
                }
                while all != 0 {
                    let bit = word * WORD + all.trailing_zeros() as usize;
                    all &= all - 1;
                    let whole = usize::from(self.sizes[bit][usize::from(person)]) == team.len();
                    rounds += i64::from(whole && bit != self.bit[r]);
                }
            }
            rounds
        };
        count(new) - count(old)
    }

    /// Notes a swap that is about to be made.
    pub(crate) fn swap(&mut self, state: &ScheduleState, r: usize, p: u16, q: u16, change: LatenessChange) {
        let (a, b, bit) = (state.at(r, p), state.at(r, q), self.bit[r]);
        self.meetings += change.meetings;
        self.same_teams += change.same_teams;
        for &mate in state.team(r, p).iter().filter(|&&mate| mate != a) {
            self.toggle(bit, a, mate);
            self.toggle(bit, b, mate);
        }
        for &mate in state.team(r, q).iter().filter(|&&mate| mate != b) {
            self.toggle(bit, a, mate);
            self.toggle(bit, b, mate);
        }
        self.sizes[bit].swap(usize::from(a), usize::from(b));
    }
}
