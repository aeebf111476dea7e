//! The roles of a plan while it is searched: a role belongs to a seat, and whoever swaps seats
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
use crate::rng::FastRng;
use crate::search::state::{NONE, ScheduleState};

/// No role: somebody who has had none, or a seat that nobody has.
const UNSET: u8 = u8::MAX;

/// Who has which role when, and how uneven that is.
pub(crate) struct RoleState {
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
    /// The least that each person's roles can cost.
    floor: Vec<i64>,
    /// How much more there is: 0 when nothing can be better.
    pub role_cost: i64,
}

impl RoleState {
    /// Of a schedule with these roles.
    pub(crate) fn new(problem: &Problem, state: &ScheduleState, roles: &RolePlan) -> Self {
        let (people, k, cells) = (state.n, problem.roles.len(), state.n * state.rounds);
        let mut role_state = Self {
            people,
            roles: k,
            role: vec![UNSET; cells],
            past: vec![0; people * k],
            sums: Vec::new(),
            rest: Vec::new(),
            weights: Weights::new(people, state.rounds),
            given: Given::new(problem),
            before: vec![NONE; cells],
            after: vec![NONE; cells],
            floor: vec![0; people],
            role_cost: 0,
        };
        for &(person, role) in problem.past.iter().flat_map(|round| &round.roles) {
            role_state.past[usize::from(person) * k + role] += 1;
        }
        for (r, roles) in roles.iter().enumerate() {
            for (seat, &role) in roles.iter().flatten().enumerate() {
                role_state.role[r * people + seat] = role as u8;
            }
        }
        role_state.rest = (0..state.rounds)
            .map(|r| role_state.weights.even[r..].iter().sum())
            .collect();
        role_state.link(state);
        role_state.floors(state);
        role_state.recount(state);
        role_state
    }

    /// Links each person's rounds.
    fn link(&mut self, state: &ScheduleState) {
        for person in 0..self.people {
            let here = |r: &usize| state.place(*r, person as PersonIx) != NONE;
            let rounds: Vec<usize> = (0..state.rounds).filter(here).collect();
            for pair in rounds.windows(2) {
                self.after[pair[0] * self.people + person] = pair[1] as u16;
                self.before[pair[1] * self.people + person] = pair[0] as u16;
            }
        }
    }

    fn floors(&mut self, state: &ScheduleState) {
        for person in 0..self.people {
            let past = &self.past[person * self.roles..(person + 1) * self.roles];
            let mut attended = 0;
            for r in 0..state.rounds {
                attended += usize::from(state.place(r, person as PersonIx) != NONE);
                self.floor[person] += least_squares(past, attended) * self.weights.even[r];
            }
        }
    }

    /// Counts the plan's roles in.
    fn recount(&mut self, state: &ScheduleState) {
        self.sums = vec![0; self.people * state.rounds * self.roles];
        let mut counts = self.past.clone();
        for r in 0..state.rounds {
            for seat in (0..self.people as u16).filter(|&seat| state.at(r, seat) != NONE) {
                let at = usize::from(state.at(r, seat)) * self.roles + usize::from(self.at(r, seat));
                counts[at] += 1;
            }
            for person in 0..self.people {
                for role in 0..self.roles {
                    self.sums[(person * state.rounds + r) * self.roles + role] =
                        counts[person * self.roles + role] * self.weights.even[r];
                }
            }
        }
        for row in self.sums.chunks_mut(state.rounds * self.roles) {
            for at in (self.roles..row.len()).rev() {
                row[at - self.roles] += row[at];
            }
        }
        self.role_cost = (0..self.people).map(|person| self.role_cost_of(state, person)).sum();
    }

    fn role_cost_of(&self, state: &ScheduleState, person: usize) -> i64 {
        let mut counts = self.past[person * self.roles..(person + 1) * self.roles].to_vec();
        let (mut role_cost, mut last) = (0, UNSET);
        for r in 0..state.rounds {
            let seat = state.place(r, person as PersonIx);
            if seat != NONE {
                let role = self.at(r, seat);
                let (before, after) = self.given_beside(r, person, last, UNSET);
                role_cost += (i64::from(role == before) + i64::from(role == after)) * TWICE;
                last = role;
                counts[usize::from(last)] += 1;
            }
            role_cost += counts.iter().map(|count| count * count).sum::<i64>() * self.weights.even[r];
        }
        role_cost - self.floor[person]
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
    fn beside(&self, state: &ScheduleState, r: u16, person: PersonIx) -> u8 {
        match r {
            NONE => UNSET,
            r => self.at(usize::from(r), state.place(usize::from(r), person)),
        }
    }

    /// What it changes that somebody has another role in a round.
    #[inline]
    fn change(&self, state: &ScheduleState, r: usize, person: PersonIx, (old, new): (u8, u8)) -> i64 {
        if old == new {
            return 0;
        }
        let (p, row) = (usize::from(person), r * self.people);
        let sums = &self.sums[(p * state.rounds + r) * self.roles..][..self.roles];
        let (earlier, later) = (self.before[row + p], self.after[row + p]);
        let (before, after) = (self.beside(state, earlier, person), self.beside(state, later, person));
        let (before, after) = self.given_beside(r, p, before, after);
        let running = |role: u8| i64::from(role == before) + i64::from(role == after);
        2 * (sums[usize::from(new)] - sums[usize::from(old)] + self.rest[r]) + (running(new) - running(old)) * TWICE
    }

    /// What it changes that two people of a round change roles.
    #[inline]
    pub(crate) fn exchange_change(&self, state: &ScheduleState, r: usize, p: u16, q: u16) -> i64 {
        let (x, y) = (self.at(r, p), self.at(r, q));
        self.change(state, r, state.at(r, p), (x, y)) + self.change(state, r, state.at(r, q), (y, x))
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
    pub(crate) fn change_seats(&mut self, state: &ScheduleState, r: usize, p: u16, q: u16) {
        self.role_cost += self.exchange_change(state, r, p, q);
        let (x, y) = (self.at(r, p), self.at(r, q));
        self.count(r, state.at(r, p), (x, y));
        self.count(r, state.at(r, q), (y, x));
    }

    /// Whether two seats of a team are in one group of at most as many members as there are roles: inside
    /// a group roles differ, so in a larger team an exchange across groups would break the cover.
    pub(crate) fn are_grouped(&self, state: &ScheduleState, r: usize, p: u16, q: u16) -> bool {
        let group = |seat: u16| usize::from(seat - state.span(r, seat).0) / self.roles;
        group(p) == group(q)
    }

    /// Two people of one team change roles and keep their seats.
    pub(crate) fn exchange(&mut self, state: &ScheduleState, r: usize, p: u16, q: u16) {
        self.change_seats(state, r, p, q);
        self.role
            .swap(r * self.people + usize::from(p), r * self.people + usize::from(q));
    }

    /// A role that nobody of a seat's team has, for a team smaller than the list of roles.
    pub(crate) fn spare(&self, state: &ScheduleState, rng: &mut FastRng, r: usize, seat: u16) -> Option<u8> {
        let (from, to) = state.span(r, seat);
        let role = rng.below(self.roles) as u8;
        let free = usize::from(to - from) < self.roles && (from..to).all(|s| self.at(r, s) != role);
        free.then_some(role)
    }

    /// What it changes that somebody takes a spare role.
    pub(crate) fn take_role_change(&self, state: &ScheduleState, r: usize, seat: u16, role: u8) -> i64 {
        self.change(state, r, state.at(r, seat), (self.at(r, seat), role))
    }

    /// Somebody takes a spare role.
    pub(crate) fn take_role(&mut self, state: &ScheduleState, r: usize, seat: u16, role: u8) {
        self.role_cost += self.take_role_change(state, r, seat, role);
        self.count(r, state.at(r, seat), (self.at(r, seat), role));
        self.role[r * self.people + usize::from(seat)] = role;
    }

    /// Those whose roles could be spread better.
    pub(crate) fn improvable(&self, state: &ScheduleState) -> Vec<PersonIx> {
        let people = 0..self.people as PersonIx;
        people
            .filter(|&person| self.role_cost_of(state, usize::from(person)) > 0)
            .collect()
    }

    /// The roles by seat, to come back to.
    pub(crate) fn seat_roles(&self) -> &[u8] {
        &self.role
    }

    /// Goes back to the roles of another time, the schedule having gone back already.
    pub(crate) fn restore(&mut self, state: &ScheduleState, seat_roles: &[u8]) {
        self.role.copy_from_slice(seat_roles);
        self.recount(state);
    }

    /// The roles by round, team and member.
    pub(crate) fn role_plan(&self, state: &ScheduleState) -> RolePlan {
        let of_round = |r: usize| {
            let mut seats = 0..;
            let of_team = |team: &Vec<PersonIx>, seats: &mut dyn Iterator<Item = u16>| {
                seats
                    .take(team.len())
                    .map(|seat| usize::from(self.at(r, seat)))
                    .collect()
            };
            state.teams(r).iter().map(|team| of_team(team, &mut seats)).collect()
        };
        (0..state.rounds).map(of_round).collect()
    }
}
