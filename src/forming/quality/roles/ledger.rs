//! The roles of a plan under the search's hands: a role belongs to a seat, and whoever swaps seats
//! swaps roles.
//!
//! With the teams fixed, [`crate::quality::roles`] finds the best rotation. After a past that has given
//! everybody some of the roles, the teams decide whether there is a good one at all: a team whose
//! members all lack the same role cannot be served. So teams and roles are searched together.
#![expect(
    clippy::indexing_slicing,
    reason = "dense tables by validated indices, in the search loop"
)]

use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::RolePlan;
use crate::quality::roles::given::Given;
use crate::quality::roles::weights::{TWICE, Weights, least_squares};
use crate::rng::Dice;
use crate::search::board::{Board, NONE};

/// No role: somebody who has had none, or a seat that nobody has.
const UNSET: u8 = u8::MAX;

/// Who has which role when, and how uneven that is.
pub(crate) struct Ledger {
    people: usize,
    roles: usize,
    /// The role of each seat, by round.
    role: Vec<u8>,
    /// How often each person has each role before the plan.
    past: Vec<i64>,
    /// For each person, round and role, the counts after it and later rounds, weighed and summed.
    sums: Vec<i64>,
    /// The sum of the weights from each round on.
    rest: Vec<i64>,
    weights: Weights,
    given: Given,
    /// The round in which each person is there before and after a round.
    before: Vec<u16>,
    after: Vec<u16>,
    /// The least unrest each person can have.
    floor: Vec<i64>,
    /// How much more there is: 0 when nothing can be better.
    pub unrest: i64,
}

impl Ledger {
    /// Opens the books for the board's plan with these roles.
    pub(crate) fn new(problem: &Problem, board: &Board, roles: &RolePlan) -> Self {
        let (people, k, cells) = (board.n, problem.roles.len(), board.n * board.rounds);
        let mut ledger = Self {
            people,
            roles: k,
            role: vec![UNSET; cells],
            past: vec![0; people * k],
            sums: Vec::new(),
            rest: Vec::new(),
            weights: Weights::new(people, board.rounds),
            given: Given::new(problem),
            before: vec![NONE; cells],
            after: vec![NONE; cells],
            floor: vec![0; people],
            unrest: 0,
        };
        for &(person, role) in problem.past.iter().flat_map(|round| &round.roles) {
            ledger.past[usize::from(person) * k + role] += 1;
        }
        for (r, roles) in roles.iter().enumerate() {
            for (seat, &role) in roles.iter().flatten().enumerate() {
                ledger.role[r * people + seat] = role as u8;
            }
        }
        ledger.rest = (0..board.rounds)
            .map(|r| ledger.weights.even[r..].iter().sum())
            .collect();
        ledger.link(board);
        ledger.floors(board);
        ledger.recount(board);
        ledger
    }

    /// Links each person's rounds.
    fn link(&mut self, board: &Board) {
        for person in 0..self.people {
            let here = |r: &usize| board.place(*r, person as PersonIx) != NONE;
            let rounds: Vec<usize> = (0..board.rounds).filter(here).collect();
            for pair in rounds.windows(2) {
                self.after[pair[0] * self.people + person] = pair[1] as u16;
                self.before[pair[1] * self.people + person] = pair[0] as u16;
            }
        }
    }

    fn floors(&mut self, board: &Board) {
        for person in 0..self.people {
            let past = &self.past[person * self.roles..(person + 1) * self.roles];
            let mut attended = 0;
            for r in 0..board.rounds {
                attended += usize::from(board.place(r, person as PersonIx) != NONE);
                self.floor[person] += least_squares(past, attended) * self.weights.even[r];
            }
        }
    }

    /// Counts the plan's roles in.
    fn recount(&mut self, board: &Board) {
        self.sums = vec![0; self.people * board.rounds * self.roles];
        let mut counts = self.past.clone();
        for r in 0..board.rounds {
            for seat in (0..self.people as u16).filter(|&seat| board.at(r, seat) != NONE) {
                let at = usize::from(board.at(r, seat)) * self.roles + usize::from(self.at(r, seat));
                counts[at] += 1;
            }
            for person in 0..self.people {
                for role in 0..self.roles {
                    self.sums[(person * board.rounds + r) * self.roles + role] =
                        counts[person * self.roles + role] * self.weights.even[r];
                }
            }
        }
        for row in self.sums.chunks_mut(board.rounds * self.roles) {
            for at in (self.roles..row.len()).rev() {
                row[at - self.roles] += row[at];
            }
        }
        self.unrest = (0..self.people).map(|person| self.unrest_of(board, person)).sum();
    }

    fn unrest_of(&self, board: &Board, person: usize) -> i64 {
        let mut counts = self.past[person * self.roles..(person + 1) * self.roles].to_vec();
        let (mut unrest, mut last) = (0, UNSET);
        for r in 0..board.rounds {
            let seat = board.place(r, person as PersonIx);
            if seat != NONE {
                let role = self.at(r, seat);
                let (before, after) = self.given_beside(r, person, last, UNSET);
                unrest += (i64::from(role == before) + i64::from(role == after)) * TWICE;
                last = role;
                counts[usize::from(last)] += 1;
            }
            unrest += counts.iter().map(|count| count * count).sum::<i64>() * self.weights.even[r];
        }
        unrest - self.floor[person]
    }

    #[inline]
    fn at(&self, r: usize, seat: u16) -> u8 {
        self.role[r * self.people + usize::from(seat)]
    }

    /// The roles before and after a round: the given ones, or else these.
    #[inline]
    fn given_beside(&self, r: usize, person: usize, before: u8, after: u8) -> (u8, u8) {
        let or = |given: Option<usize>, planned: u8| given.map_or(planned, |role| role as u8);
        (
            or(self.given.before(r, person), before),
            or(self.given.after(r, person), after),
        )
    }

    /// The role somebody has in the round planned before or after another, if there is one.
    #[inline]
    fn beside(&self, board: &Board, r: u16, person: PersonIx) -> u8 {
        match r {
            NONE => UNSET,
            r => self.at(usize::from(r), board.place(usize::from(r), person)),
        }
    }

    /// What it changes that somebody has another role in a round.
    #[inline]
    fn change(&self, board: &Board, r: usize, person: PersonIx, (old, new): (u8, u8)) -> i64 {
        if old == new {
            return 0;
        }
        let (p, row) = (usize::from(person), r * self.people);
        let sums = &self.sums[(p * board.rounds + r) * self.roles..][..self.roles];
        let (earlier, later) = (self.before[row + p], self.after[row + p]);
        let (before, after) = (self.beside(board, earlier, person), self.beside(board, later, person));
        let (before, after) = self.given_beside(r, p, before, after);
        let running = |role: u8| i64::from(role == before) + i64::from(role == after);
        2 * (sums[usize::from(new)] - sums[usize::from(old)] + self.rest[r]) + (running(new) - running(old)) * TWICE
    }

    /// What it changes that two people of a round change roles.
    #[inline]
    pub(crate) fn exchange_change(&self, board: &Board, r: usize, p: u16, q: u16) -> i64 {
        let (x, y) = (self.at(r, p), self.at(r, q));
        self.change(board, r, board.at(r, p), (x, y)) + self.change(board, r, board.at(r, q), (y, x))
    }

    fn count(&mut self, r: usize, person: PersonIx, (old, new): (u8, u8)) {
        let rounds = self.rest.len();
        for t in 0..rounds {
            let row = (usize::from(person) * rounds + t) * self.roles;
            let rest = self.rest[t.max(r)];
            self.sums[row + usize::from(old)] -= rest;
            self.sums[row + usize::from(new)] += rest;
        }
    }

    /// Two people are about to change seats, and with them roles.
    #[inline]
    pub(crate) fn change_seats(&mut self, board: &Board, r: usize, p: u16, q: u16) {
        self.unrest += self.exchange_change(board, r, p, q);
        let (x, y) = (self.at(r, p), self.at(r, q));
        self.count(r, board.at(r, p), (x, y));
        self.count(r, board.at(r, q), (y, x));
    }

    /// Whether two seats of a team are in one group of at most as many members as there are roles: inside
    /// a group roles differ, so in a larger team an exchange across groups would break the cover.
    pub(crate) fn are_grouped(&self, board: &Board, r: usize, p: u16, q: u16) -> bool {
        let group = |seat: u16| usize::from(seat - board.span(r, seat).0) / self.roles;
        group(p) == group(q)
    }

    /// Two people of one team change roles and keep their seats.
    pub(crate) fn exchange(&mut self, board: &Board, r: usize, p: u16, q: u16) {
        self.change_seats(board, r, p, q);
        self.role
            .swap(r * self.people + usize::from(p), r * self.people + usize::from(q));
    }

    /// A role that nobody of a seat's team has, for a team smaller than the list of roles.
    pub(crate) fn spare(&self, board: &Board, dice: &mut Dice, r: usize, seat: u16) -> Option<u8> {
        let (from, to) = board.span(r, seat);
        let role = dice.below(self.roles) as u8;
        let free = usize::from(to - from) < self.roles && (from..to).all(|s| self.at(r, s) != role);
        free.then_some(role)
    }

    /// What it changes that somebody takes a spare role.
    pub(crate) fn retitle_change(&self, board: &Board, r: usize, seat: u16, role: u8) -> i64 {
        self.change(board, r, board.at(r, seat), (self.at(r, seat), role))
    }

    /// Somebody takes a spare role.
    pub(crate) fn retitle(&mut self, board: &Board, r: usize, seat: u16, role: u8) {
        self.unrest += self.retitle_change(board, r, seat, role);
        self.count(r, board.at(r, seat), (self.at(r, seat), role));
        self.role[r * self.people + usize::from(seat)] = role;
    }

    /// Those whose roles could be spread better.
    pub(crate) fn troubled(&self, board: &Board) -> Vec<PersonIx> {
        let people = 0..self.people as PersonIx;
        people
            .filter(|&person| self.unrest_of(board, usize::from(person)) > 0)
            .collect()
    }

    /// The roles by seat, to come back to.
    pub(crate) fn titles(&self) -> &[u8] {
        &self.role
    }

    /// Goes back to the roles of another time, the board having gone back already.
    pub(crate) fn restore(&mut self, board: &Board, titles: &[u8]) {
        self.role.copy_from_slice(titles);
        self.recount(board);
    }

    /// The roles by round, team and member.
    pub(crate) fn role_plan(&self, board: &Board) -> RolePlan {
        let of_round = |r: usize| {
            let mut seats = 0..;
            let of_team = |team: &Vec<PersonIx>, seats: &mut dyn Iterator<Item = u16>| {
                seats
                    .take(team.len())
                    .map(|seat| usize::from(self.at(r, seat)))
                    .collect()
            };
            board.teams(r).iter().map(|team| of_team(team, &mut seats)).collect()
        };
        (0..board.rounds).map(of_round).collect()
    }
}
