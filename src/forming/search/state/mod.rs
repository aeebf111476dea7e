//! A whole plan while it is searched: who sits where, who meets whom how often, and what a swap would change, by
//! increments.
//!
//! The meeting matrix starts at the past, so history costs the search nothing; a pair that must stay
//! apart starts [`APART`] higher, so a swap that would join it is never worth taking.
#![expect(
    clippy::indexing_slicing,
    reason = "dense tables by validated indices, in the innermost loop"
)]

mod setup;

use crate::input::people::PersonIx;
use crate::input::teams::Teams;

/// What a pair that must stay apart has met in advance.
pub(crate) const APART: u16 = 4_000;
/// The largest block that is moved; larger ones stay where they are.
pub(crate) const LARGEST: usize = 8;
/// Nobody, or no place.
pub(crate) const NONE: u16 = u16::MAX;

/// A plan as flat tables; `row(r)` is where round `r` begins in each.
#[derive(Debug, Clone)]
pub(crate) struct ScheduleState {
    /// People, and the length of every row.
    pub n: usize,
    /// Rounds.
    pub rounds: usize,
    /// How often each two have met, past and offsets included; the diagonal is 0.
    meet: Vec<u16>,
    /// Who sits on a seat.
    seat: Vec<PersonIx>,
    /// On which seat a person sits, or [`NONE`].
    place: Vec<u16>,
    /// From which to before which seat a seat's team goes.
    span: Vec<(u16, u16)>,
    /// The seats of each round whose people may move.
    open: Vec<Vec<u16>>,
    /// Which people move together in a round: equal numbers, 0 for nobody else.
    block: Vec<u16>,
    /// Pairs that stay apart in this round only.
    ranged: Vec<Vec<(PersonIx, PersonIx)>>,
    /// Rounds with blocks or ranged pairs, which take the careful path.
    careful: Vec<bool>,
    /// Repeats, offsets included.
    pub cost: i64,
}

/// The seats of all rounds: what is kept of the best plan seen.
pub(crate) type Seating = Vec<PersonIx>;

impl ScheduleState {
    /// How often two have met, offsets included.
    #[inline]
    pub(crate) fn met(&self, a: PersonIx, b: PersonIx) -> u16 {
        self.meet[usize::from(a) * self.n + usize::from(b)]
    }

    #[inline]
    fn add(&mut self, a: PersonIx, b: PersonIx, times: u16) {
        let (a, b) = (usize::from(a), usize::from(b));
        self.meet[a * self.n + b] += times;
        self.meet[b * self.n + a] += times;
    }

    #[inline]
    fn take(&mut self, a: PersonIx, b: PersonIx) {
        let (a, b) = (usize::from(a), usize::from(b));
        self.meet[a * self.n + b] -= 1;
        self.meet[b * self.n + a] -= 1;
    }

    /// The seats of a round that may be swapped.
    #[inline]
    pub(crate) fn open(&self, r: usize) -> &[u16] {
        &self.open[r]
    }

    /// Whether swapping these seats has to respect a block or a pair of this round only.
    #[inline]
    pub(crate) fn careful(&self, r: usize, p: u16, q: u16) -> bool {
        self.careful[r]
            && (self.block(r, self.at(r, p)) != 0 || self.block(r, self.at(r, q)) != 0 || !self.ranged[r].is_empty())
    }

    /// Whether two people may change places where that is to be asked: neither is tied to anybody, and no pair that
    /// stays apart is joined.
    pub(crate) fn is_free(&self, r: usize, p: u16, q: u16) -> bool {
        let untied = |seat| self.block(r, self.at(r, seat)) == 0;
        untied(p) && untied(q) && self.ranged_delta(r, p, q) <= 0
    }

    /// Whether the person on a seat meets somebody there again who they are not tied to.
    pub(crate) fn repeats(&self, r: usize, seat: u16) -> bool {
        let person = self.at(r, seat);
        let block = self.block(r, person);
        let tied = |mate| block != 0 && self.block(r, mate) == block;
        self.team(r, seat)
            .iter()
            .any(|&mate| self.met(person, mate) > 1 && !tied(mate))
    }

    /// Who sits on a seat.
    #[inline]
    pub(crate) fn at(&self, r: usize, seat: u16) -> PersonIx {
        self.seat[r * self.n + usize::from(seat)]
    }

    /// Whether two people are tied to each other in a round.
    pub(crate) fn are_tied(&self, r: usize, a: PersonIx, b: PersonIx) -> bool {
        let block = self.block(r, a);
        block != 0 && block == self.block(r, b)
    }

    /// The pairs that are tied to each other in a round.
    pub(crate) fn tied(&self, r: usize) -> impl Iterator<Item = (PersonIx, PersonIx)> + '_ {
        let tied = (0..self.n as PersonIx).filter(move |&a| self.block(r, a) != 0);
        tied.flat_map(move |a| (0..a).filter(move |&b| self.are_tied(r, a, b)).map(move |b| (a, b)))
    }

    /// The seat of a person, or [`NONE`].
    #[inline]
    pub(crate) fn place(&self, r: usize, person: PersonIx) -> u16 {
        self.place[r * self.n + usize::from(person)]
    }

    /// The block a person belongs to in a round; 0 for none.
    #[inline]
    pub(crate) fn block(&self, r: usize, person: PersonIx) -> u16 {
        self.block[r * self.n + usize::from(person)]
    }

    /// The seats of a seat's team.
    #[inline]
    pub(crate) fn span(&self, r: usize, seat: u16) -> (u16, u16) {
        self.span[r * self.n + usize::from(seat)]
    }

    /// The people of a seat's team.
    #[inline]
    pub(crate) fn team(&self, r: usize, seat: u16) -> &[PersonIx] {
        let (from, to) = self.span(r, seat);
        &self.seat[r * self.n + usize::from(from)..r * self.n + usize::from(to)]
    }

    /// What swapping the people on two seats of different teams would add to the cost.
    ///
    /// Leaving a pair that has met m times saves m − 1, joining one costs m: the difference of
    /// C(m, 2).
    #[inline]
    pub(crate) fn delta(&self, r: usize, p: u16, q: u16) -> i32 {
        let (a, b) = (self.at(r, p), self.at(r, q));
        let (first, second) = (self.team(r, p), self.team(r, q));
        let of_a = &self.meet[usize::from(a) * self.n..][..self.n];
        let of_b = &self.meet[usize::from(b) * self.n..][..self.n];
        let mut delta = first.len() as i32 + second.len() as i32 - 2;
        for &mate in first {
            delta += i32::from(of_b[usize::from(mate)]) - i32::from(of_a[usize::from(mate)]);
        }
        for &mate in second {
            delta += i32::from(of_a[usize::from(mate)]) - i32::from(of_b[usize::from(mate)]);
        }
        // The sums above count the pair (a, b) as met anew in both teams.
        delta - 2 * i32::from(of_a[usize::from(b)])
    }

    /// What exchanging several people of one team for as many of another would add, the pairs of
    /// seats being given.
    pub(crate) fn delta_groups<'a>(&self, r: usize, swaps: impl Iterator<Item = &'a (u16, u16)> + Clone) -> i32 {
        let mut delta = 0;
        for &(p, q) in swaps.clone() {
            delta += self.resettle(r, p, q, swaps.clone().map(|s| s.0), swaps.clone().map(|s| s.1));
            delta += self.resettle(r, q, p, swaps.clone().map(|s| s.1), swaps.clone().map(|s| s.0));
        }
        delta
    }

    /// What one member of a group adds by going to the team of seat `to`: those who stay in either
    /// team are all that matters, for the group itself stays together.
    fn resettle(
        &self,
        r: usize,
        seat: u16,
        to: u16,
        group: impl Iterator<Item = u16> + Clone,
        others: impl Iterator<Item = u16> + Clone,
    ) -> i32 {
        let person = self.at(r, seat);
        let ((from, end), (first, last)) = (self.span(r, seat), self.span(r, to));
        let stay = (from..end).filter(|&s| group.clone().all(|g| g != s));
        let meet = (first..last).filter(|&s| others.clone().all(|o| o != s));
        let left: i32 = stay.map(|s| i32::from(self.met(person, self.at(r, s))) - 1).sum();
        meet.map(|s| i32::from(self.met(person, self.at(r, s)))).sum::<i32>() - left
    }

    /// Whether some pairs stay apart in this round only.
    pub(crate) fn ranged(&self, r: usize) -> bool {
        !self.ranged[r].is_empty()
    }

    /// What a swap would add on account of pairs that stay apart in this round only.
    pub(crate) fn ranged_delta(&self, r: usize, p: u16, q: u16) -> i32 {
        let (a, b) = (self.at(r, p), self.at(r, q));
        let (first, second) = (self.team(r, p), self.team(r, q));
        let clashes = |person: PersonIx, team: &[PersonIx], but: PersonIx| -> i32 {
            let hits = |mate: PersonIx| mate != but && team.contains(&mate);
            let pairs = self.ranged[r].iter();
            pairs
                .map(|&(x, y)| i32::from((x == person && hits(y)) || (y == person && hits(x))))
                .sum()
        };
        let joined = clashes(a, second, b) + clashes(b, first, a);
        let left = clashes(a, first, a) + clashes(b, second, b);
        (joined - left) * i32::from(APART)
    }

    /// Swaps the people on two seats of different teams; `delta` is what [`Self::delta`] said.
    #[inline]
    pub(crate) fn swap(&mut self, r: usize, p: u16, q: u16, delta: i32) {
        let (a, b, row) = (self.at(r, p), self.at(r, q), r * self.n);
        self.exchange_mates(r, p, a, b);
        self.exchange_mates(r, q, b, a);
        self.seat[row + usize::from(p)] = b;
        self.seat[row + usize::from(q)] = a;
        self.place[row + usize::from(a)] = q;
        self.place[row + usize::from(b)] = p;
        self.cost += i64::from(delta);
    }

    /// The team of a seat loses `out` and gains `new`.
    #[inline]
    fn exchange_mates(&mut self, r: usize, seat: u16, out: PersonIx, new: PersonIx) {
        let (from, to) = self.span(r, seat);
        for s in from..to {
            if s != seat {
                let mate = self.at(r, s);
                self.take(out, mate);
                self.add(new, mate, 1);
            }
        }
    }

    /// Everybody's seat.
    pub(crate) fn seating(&self) -> &Seating {
        &self.seat
    }

    /// Goes back (or over) to another seating of the same rounds and sizes.
    pub(crate) fn restore(&mut self, seating: &Seating) {
        self.recount(|state| {
            state.seat.copy_from_slice(seating);
            for r in 0..state.rounds {
                for s in 0..state.n {
                    let person = state.seat[r * state.n + s];
                    if person != NONE {
                        state.place[r * state.n + usize::from(person)] = s as u16;
                    }
                }
            }
        });
    }

    /// Takes all encounters out, lets `change` move people, and counts them in again.
    fn recount(&mut self, change: impl FnOnce(&mut Self)) {
        self.each_encounter(|state, a, b| {
            state.take(a, b);
            state.cost -= i64::from(state.met(a, b));
        });
        change(self);
        self.each_encounter(|state, a, b| {
            state.cost += i64::from(state.met(a, b));
            state.add(a, b, 1);
        });
    }

    fn each_encounter(&mut self, mut visit: impl FnMut(&mut Self, PersonIx, PersonIx)) {
        for r in 0..self.rounds {
            for s in 0..self.n as u16 {
                let (from, person) = (self.span(r, s).0, self.at(r, s));
                if person == NONE {
                    continue;
                }
                for t in from..s {
                    let mate = self.at(r, t);
                    visit(self, person, mate);
                }
            }
        }
    }

    /// The teams of all rounds, as a plan.
    pub(crate) fn plan(&self) -> Vec<Teams> {
        (0..self.rounds).map(|r| self.teams(r)).collect()
    }

    /// The teams of a round, by seat.
    pub(crate) fn teams(&self, r: usize) -> Teams {
        let mut teams = Vec::new();
        let mut s = 0;
        while usize::from(s) < self.n && self.at(r, s) != NONE {
            teams.push(self.team(r, s).to_vec());
            s = self.span(r, s).1;
        }
        teams
    }
}

/// m choose 2.
pub(crate) fn choose2(m: u16) -> i64 {
    let m = i64::from(m);
    m * (m - 1) / 2
}

#[cfg(test)]
mod tests;
