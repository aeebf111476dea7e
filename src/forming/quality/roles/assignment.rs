//! The roles of a plan with fixed teams, as they are handed out.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use crate::input::people::PersonIx;
use crate::input::problem::{MAX_ROLES, Problem};
use crate::input::teams::{RolePlan, Teams};
use crate::quality::roles::given::Given;
use crate::quality::roles::weights::{TWICE, Weights, least_squares};

pub(super) const UNSET: usize = usize::MAX;

/// One role to be handed out: a person in a round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    pub(super) person: usize,
    /// The group of at most k members of one team whose roles differ.
    pub(super) group: usize,
    /// When it is handed out.
    pub(super) round: usize,
    /// What unevenness weighs from then to the person's next round.
    pub(super) hold: i64,
    /// The least sum of its person's squared role counts after it.
    pub(super) least: i64,
    /// The block of attendances whose roles should differ.
    pub(super) block: usize,
    pub(super) role: usize,
    /// The role given its person between the round before and this one, and between this one and the next.
    pub(super) before: Option<usize>,
    pub(super) after: Option<usize>,
}

pub(super) struct RoleAssignment {
    pub(super) k: usize,
    pub(super) seats: Vec<Seat>,
    pub(super) groups: Vec<Vec<usize>>,
    /// The seats of each person, in time.
    pub(super) timeline: Vec<Vec<usize>>,
    /// Where in its person's timeline a seat is.
    pub(super) turn: Vec<usize>,
    /// For each person, how often they have been given each role.
    pub(super) past: Vec<i64>,
    pub(super) given: Given,
    pub(super) blocks: usize,
    pub(super) weights: Weights,
}

impl RoleAssignment {
    pub(super) fn new(problem: &Problem, plan: &[Teams]) -> Self {
        let (n, k) = (problem.size(), problem.roles.len());
        let mut assignment = Self {
            k,
            seats: Vec::new(),
            groups: Vec::new(),
            timeline: vec![Vec::new(); n],
            turn: Vec::new(),
            past: vec![0; n * k],
            given: Given::new(problem),
            blocks: 0,
            weights: Weights::new(n, plan.len()),
        };
        for &(person, role) in problem.past.iter().flat_map(|round| &round.roles) {
            assignment.past[usize::from(person) * k + role] += 1;
        }
        let had: Vec<usize> = assignment
            .past
            .chunks(k)
            .map(|counts| counts.iter().sum::<i64>() as usize)
            .collect();
        let mut block_of = vec![UNSET; n];
        for (r, team) in plan
            .iter()
            .enumerate()
            .flat_map(|(r, teams)| teams.iter().map(move |team| (r, team)))
        {
            for group in team.chunks(k) {
                assignment.seat_group(r, group, &had, &mut block_of);
            }
        }
        assignment.hold();
        assignment
    }

    /// Notes for each seat how even its person can be after it, and what unevenness weighs until the next.
    pub(super) fn hold(&mut self) {
        for (turns, past) in self.timeline.iter().zip(self.past.chunks(self.k)) {
            for (i, &s) in turns.iter().enumerate() {
                let to = turns
                    .get(i + 1)
                    .map_or(self.weights.even.len(), |&next| self.seats[next].round);
                let seat = &mut self.seats[s];
                seat.hold = self.weights.even[seat.round..to].iter().sum();
                seat.least = least_squares(past, i + 1);
            }
        }
    }

    pub(super) fn seat_group(&mut self, round: usize, members: &[PersonIx], had: &[usize], block_of: &mut [usize]) {
        let group = self.groups.len();
        let first = self.seats.len();
        for &person in members {
            let person = usize::from(person);
            let turn = self.timeline[person].len();
            if turn == 0 || (had[person] + turn).is_multiple_of(self.k) {
                block_of[person] = self.blocks;
                self.blocks += 1;
            }
            self.timeline[person].push(self.seats.len());
            self.turn.push(turn);
            self.seats.push(Seat {
                person,
                group,
                round,
                hold: 0,
                least: 0,
                block: block_of[person],
                role: UNSET,
                before: self.given.before(round, person),
                after: self.given.after(round, person),
            });
        }
        self.groups.push((first..self.seats.len()).collect());
    }

    /// A person's unevenness after every round and roles twice running, weighed; 0 is the least.
    pub(super) fn role_cost(&self, person: usize) -> i64 {
        let mut role_cost = 0;
        self.each_turn(person, |seat, excess, twice| {
            role_cost += excess * seat.hold + twice * TWICE
        });
        role_cost
    }

    /// The seats that leave their person more uneven than need be, or with a role twice running.
    pub(super) fn improvable_seats(&self) -> Vec<usize> {
        let mut improvable = Vec::new();
        for (person, turns) in self.timeline.iter().enumerate() {
            let mut turns = turns.iter();
            self.each_turn(person, |seat, excess, twice| {
                improvable.extend(turns.next().filter(|_| excess * seat.hold > 0 || twice > 0));
            });
        }
        improvable
    }

    /// Visits a person's seats in time, each with how much higher the sum of squared role counts is after
    /// it than it need be, and with how often its role is that of the one before, or of a given one after it.
    pub(super) fn each_turn(&self, person: usize, mut visit: impl FnMut(&Seat, i64, i64)) {
        let mut counts = [0; MAX_ROLES];
        let counts = &mut counts[..self.k];
        counts.copy_from_slice(&self.past[person * self.k..(person + 1) * self.k]);
        let mut squares: i64 = counts.iter().map(|count| count * count).sum();
        let mut last = None;
        for &s in &self.timeline[person] {
            let seat = &self.seats[s];
            squares += 2 * counts[seat.role] + 1;
            counts[seat.role] += 1;
            let role = Some(seat.role);
            let twice = i64::from(seat.before.or(last) == role) + i64::from(seat.after == role);
            visit(seat, squares - seat.least, twice);
            last = role;
        }
    }

    pub(super) fn roles(&self) -> Vec<usize> {
        self.seats.iter().map(|seat| seat.role).collect()
    }

    /// The roles by round, team and member: seats were made in that order.
    pub(super) fn role_plan(&self, plan: &[Teams]) -> RolePlan {
        let mut roles = self.seats.iter().map(|seat| seat.role);
        let of_team = |team: &Vec<PersonIx>, roles: &mut dyn Iterator<Item = usize>| roles.take(team.len()).collect();
        plan.iter()
            .map(|teams| teams.iter().map(|team| of_team(team, &mut roles)).collect())
            .collect()
    }
}
