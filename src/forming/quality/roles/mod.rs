//! Who has which role: rotated as evenly as can be once the teams are fixed.
//!
//! Cut each person's attendances into blocks of k (k being the number of roles) and each team into
//! groups of at most k. Joining a person's block to the groups it is part of gives a bipartite graph
//! of degree at most k, and such a graph has a proper edge colouring in k colours (König 1916). So
//! there always are roles such that nobody repeats one inside a block and every team covers as many
//! roles as it has members. A short search then removes what is left at the seams between blocks and
//! after an uneven past, without ever giving up a team's coverage. Roles are as even after every round
//! as can be, not at the end alone: whatever comes between, such as an absence, finds everybody with
//! about as much of each.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

mod chains;
mod colouring;
pub(crate) mod ledger;
mod needs;

use crate::input::people::PersonIx;
use crate::input::problem::{MAX_ROLES, Problem};
use crate::input::teams::{RolePlan, Teams};
use crate::rng::Dice;

pub(crate) use needs::with_needs;

const UNSET: usize = usize::MAX;
/// What a unit of unevenness (of somebody's sum of squared role counts) weighs after the next round and
/// after each later one: the next is published, the others are planned again.
const EVEN_NEXT: i64 = 4;
const EVEN: i64 = 1;
/// What it weighs when it counts at the end alone.
const EVEN_AT_THE_END: i64 = 8;
/// What a role twice running weighs.
pub(crate) const TWICE: i64 = 40;
/// Above so many people only the end counts: to be even after every round people of a block take turns
/// along chains, and these get too long.
const LARGE: usize = 100;

/// What it weighs that roles are uneven, by round.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    /// A unit of the sum of squared role counts of somebody, after each round.
    pub even: Vec<i64>,
    /// Whether it counts after the last round only.
    at_the_end: bool,
}

impl Weights {
    /// For a plan of so many people and rounds.
    pub(crate) fn new(people: usize, rounds: usize) -> Self {
        let at_the_end = people > LARGE;
        let weight = |r: usize| match (at_the_end, r) {
            (true, r) if r + 1 == rounds => EVEN_AT_THE_END,
            (true, _) => 0,
            (false, 0) => EVEN_NEXT,
            (false, _) => EVEN,
        };
        let even = (0..rounds).map(weight).collect();
        Self { even, at_the_end }
    }
}

/// The roles that rounds of the past give people beside rounds of the plan. A published round may lie after some that
/// are still to be planned.
pub(crate) struct Given {
    people: usize,
    before: Vec<Option<usize>>,
    after: Vec<Option<usize>>,
}

impl Given {
    /// From the weeks of all rounds.
    pub(crate) fn new(problem: &Problem) -> Self {
        let people = problem.size();
        let cells = people * problem.rounds.len();
        let mut given = Self {
            people,
            before: vec![None; cells],
            after: vec![None; cells],
        };
        // For each person, in time, the role given (first) or the round planned (second).
        let mut turns: Vec<Vec<(u32, Option<usize>, usize)>> = vec![Vec::new(); people];
        for round in &problem.past {
            for &(person, role) in &round.roles {
                turns[usize::from(person)].push((round.week, Some(role), 0));
            }
        }
        for (r, round) in problem.rounds.iter().enumerate() {
            for &person in &round.present {
                turns[usize::from(person)].push((round.week, None, r));
            }
        }
        for (person, turns) in turns.iter_mut().enumerate() {
            turns.sort_by_key(|turn| turn.0);
            for pair in turns.windows(2) {
                match (pair[0], pair[1]) {
                    ((_, Some(role), _), (_, None, r)) => given.before[r * people + person] = Some(role),
                    ((_, None, r), (_, Some(role), _)) => given.after[r * people + person] = Some(role),
                    _ => {}
                }
            }
        }
        given
    }

    /// The role given somebody before a planned round, and after the round planned for them before that.
    #[inline]
    pub(crate) fn before(&self, round: usize, person: usize) -> Option<usize> {
        self.before[round * self.people + person]
    }

    /// The role given somebody after a planned round, and before the next that is planned for them.
    #[inline]
    pub(crate) fn after(&self, round: usize, person: usize) -> Option<usize> {
        self.after[round * self.people + person]
    }
}

/// Hands out the roles of a whole plan, after what everybody has had before.
pub(crate) fn rotate(problem: &Problem, plan: &[Teams], dice: &mut Dice) -> RolePlan {
    if problem.roles.is_empty() {
        return Vec::new();
    }
    let mut desk = Desk::new(problem, plan);
    desk.colour();
    desk.improve(dice);
    desk.role_plan(plan)
}

/// Improves given roles of a plan.
pub(crate) fn even_out(problem: &Problem, plan: &[Teams], roles: &RolePlan, dice: &mut Dice) -> RolePlan {
    if problem.roles.is_empty() {
        return Vec::new();
    }
    let mut desk = Desk::new(problem, plan);
    let given = roles.iter().flatten().flatten();
    desk.seats
        .iter_mut()
        .zip(given)
        .for_each(|(seat, &role)| seat.role = role);
    desk.improve(dice);
    desk.role_plan(plan)
}

/// One role to be handed out: a person in a round.
#[derive(Debug, Clone, Copy)]
struct Seat {
    person: usize,
    /// The group of at most k members of one team whose roles differ.
    group: usize,
    /// When it is handed out.
    round: usize,
    /// What unevenness weighs from then to the person's next round.
    hold: i64,
    /// The least sum of its person's squared role counts after it.
    least: i64,
    /// The block of attendances whose roles should differ.
    block: usize,
    role: usize,
    /// The role given its person between the round before and this one, and between this one and the next.
    before: Option<usize>,
    after: Option<usize>,
}

struct Desk {
    k: usize,
    seats: Vec<Seat>,
    groups: Vec<Vec<usize>>,
    /// The seats of each person, in time.
    timeline: Vec<Vec<usize>>,
    /// Where in its person's timeline a seat is.
    turn: Vec<usize>,
    /// For each person, how often they have been given each role.
    past: Vec<i64>,
    given: Given,
    blocks: usize,
    weights: Weights,
}

impl Desk {
    fn new(problem: &Problem, plan: &[Teams]) -> Self {
        let (n, k) = (problem.size(), problem.roles.len());
        let mut desk = Self {
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
            desk.past[usize::from(person) * k + role] += 1;
        }
        let had: Vec<usize> = desk
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
                desk.seat_group(r, group, &had, &mut block_of);
            }
        }
        desk.hold();
        desk
    }

    /// Notes for each seat how even its person can be after it, and what unevenness weighs until the next.
    fn hold(&mut self) {
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

    fn seat_group(&mut self, round: usize, members: &[PersonIx], had: &[usize], block_of: &mut [usize]) {
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
    fn unrest(&self, person: usize) -> i64 {
        let mut unrest = 0;
        self.each_turn(person, |seat, excess, twice| {
            unrest += excess * seat.hold + twice * TWICE
        });
        unrest
    }

    /// The seats that leave their person more uneven than need be, or with a role twice running.
    fn sore_seats(&self) -> Vec<usize> {
        let mut sore = Vec::new();
        for (person, turns) in self.timeline.iter().enumerate() {
            let mut turns = turns.iter();
            self.each_turn(person, |seat, excess, twice| {
                sore.extend(turns.next().filter(|_| excess * seat.hold > 0 || twice > 0));
            });
        }
        sore
    }

    /// Visits a person's seats in time, each with how much higher the sum of squared role counts is after
    /// it than it need be, and with how often its role is that of the one before, or of a given one after it.
    fn each_turn(&self, person: usize, mut visit: impl FnMut(&Seat, i64, i64)) {
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

    fn roles(&self) -> Vec<usize> {
        self.seats.iter().map(|seat| seat.role).collect()
    }

    /// The roles by round, team and member: seats were made in that order.
    fn role_plan(&self, plan: &[Teams]) -> RolePlan {
        let mut roles = self.seats.iter().map(|seat| seat.role);
        let of_team = |team: &Vec<PersonIx>, roles: &mut dyn Iterator<Item = usize>| roles.take(team.len()).collect();
        plan.iter()
            .map(|teams| teams.iter().map(|team| of_team(team, &mut roles)).collect())
            .collect()
    }
}

/// The least sum of squared role counts after so many more rounds.
pub(crate) fn least_squares(past: &[i64], rounds: usize) -> i64 {
    evenest(past, rounds).iter().map(|count| count * count).sum()
}

/// The evenest role counts that somebody can have after so many more rounds: roles had least come
/// first.
pub(crate) fn evenest(past: &[i64], rounds: usize) -> Vec<i64> {
    let mut counts = past.to_vec();
    for _ in 0..rounds {
        if let Some(least) = counts.iter_mut().min() {
            *least += 1;
        }
    }
    counts
}
