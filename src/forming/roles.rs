//! Who has which role: rotated as evenly as can be once the teams are fixed.
//!
//! Cut each person's attendances into blocks of k (k being the number of roles) and each team into
//! groups of at most k. Joining a person's block to the groups it is part of gives a bipartite graph
//! of degree at most k, and such a graph has a proper edge colouring in k colours (König 1916). So
//! there always are roles such that nobody repeats one inside a block and every team covers as many
//! roles as it has members. A short search then removes what is left at the seams between blocks and
//! after an uneven past, without ever giving up a team's coverage, and a second one makes roles as
//! even on the way as at the end.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use super::dice::Dice;
use super::problem::{MAX_ROLES, PersonIx, Problem, Teams};

/// For each round and team, the role of each member in the team's order.
pub type RolePlan = Vec<Vec<Vec<usize>>>;

const UNSET: usize = usize::MAX;
/// What a role twice running costs, in the unit of the sum of squared role counts.
pub(crate) const TWICE_RUNNING: i64 = 3;
/// What a unit of unrest weighs beside the squared counts after every single round.
const AT_THE_END: i64 = 8;
/// Temperatures when roles are made even at any time, the highest, and how many trials each has for
/// every seat, all in all at most so many.
const EARLY_STEPS: usize = 150;
const EARLY_HEAT: f64 = 6.0;
const EARLY_TRIALS: usize = 4;
const EARLY_TRIALS_ALL: usize = 400_000;
/// Rounds of the search, and trials in each for everybody who is not content.
const TRIALS: usize = 400;
/// Coolings, each from where the one before ended.
const PASSES: usize = 4;
const TRIALS_EACH: usize = 32;
/// As if so many more were not content, so that the search does not starve near its end.
const SOME: usize = 8;
/// The temperature it begins at.
const HEAT: f64 = 0.8;

/// Hands out the roles of a whole plan, after what everybody has had before.
pub(crate) fn rotate(problem: &Problem, plan: &[Teams], dice: &mut Dice) -> RolePlan {
    if problem.roles.is_empty() {
        return Vec::new();
    }
    let mut desk = Desk::new(problem, plan);
    desk.colour();
    desk.improve(dice);
    desk.even_out(dice);
    desk.role_plan(plan)
}

/// Makes roles that are as even as can be at the end even at any time before, as far as that goes:
/// whatever comes between, such as an absence, then finds everybody with about as much of each.
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
    desk.even_out(dice);
    desk.role_plan(plan)
}

/// One role to be handed out: a person in a round.
#[derive(Debug, Clone, Copy)]
struct Seat {
    person: usize,
    /// The group of at most k members of one team whose roles differ.
    group: usize,
    /// The block of attendances whose roles should differ.
    block: usize,
    role: usize,
}

struct Desk {
    k: usize,
    seats: Vec<Seat>,
    groups: Vec<Vec<usize>>,
    /// The seats of each person, in time.
    timeline: Vec<Vec<usize>>,
    /// Where in its person's timeline a seat is.
    turn: Vec<usize>,
    /// For each person, how often they have had each role before the plan.
    past: Vec<i64>,
    last: Vec<usize>,
    blocks: usize,
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
            last: vec![UNSET; n],
            blocks: 0,
        };
        for &(person, role) in problem.past.iter().flat_map(|round| &round.roles) {
            desk.past[usize::from(person) * k + role] += 1;
            desk.last[usize::from(person)] = role;
        }
        let had: Vec<usize> = desk
            .past
            .chunks(k)
            .map(|counts| counts.iter().sum::<i64>() as usize)
            .collect();
        let mut block_of = vec![UNSET; n];
        for team in plan.iter().flatten() {
            for group in team.chunks(k) {
                desk.seat_group(group, &had, &mut block_of);
            }
        }
        desk
    }

    fn seat_group(&mut self, members: &[PersonIx], had: &[usize], block_of: &mut [usize]) {
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
                block: block_of[person],
                role: UNSET,
            });
        }
        self.groups.push((first..self.seats.len()).collect());
    }

    /// König's colouring, edge by edge; where no colour is free at both ends, an alternating path is
    /// swapped.
    fn colour(&mut self) {
        let (k, groups) = (self.k, self.groups.len());
        // Who uses a role: at a block (first) or a group (second kind of node).
        let mut used = vec![UNSET; (self.blocks + groups) * k];
        for s in 0..self.seats.len() {
            let (block, group) = (self.seats[s].block, self.blocks + self.seats[s].group);
            let free = |node: usize, used: &[usize]| (0..k).find(|&role| used[node * k + role] == UNSET);
            let (Some(alpha), Some(beta)) = (free(block, &used), free(group, &used)) else {
                self.seats[s].role = 0; // cannot be: no node has more than k seats
                continue;
            };
            if used[group * k + alpha] != UNSET {
                self.swap_path(&mut used, group, alpha, beta);
            }
            self.seats[s].role = alpha;
            used[block * k + alpha] = s;
            used[group * k + alpha] = s;
        }
    }

    /// Swaps two roles along the path that begins at `node` with `alpha`, so that `alpha` gets free
    /// there. The graph being bipartite, the path cannot end at the other end of the new edge.
    fn swap_path(&mut self, used: &mut [usize], node: usize, alpha: usize, beta: usize) {
        let (k, mut path) = (self.k, Vec::new());
        let (mut at, mut role) = (node, alpha);
        while used[at * k + role] != UNSET {
            let s = used[at * k + role];
            path.push(s);
            let (block, group) = (self.seats[s].block, self.blocks + self.seats[s].group);
            at = if at == block { group } else { block };
            role = if role == alpha { beta } else { alpha };
        }
        for &s in &path {
            for node in [self.seats[s].block, self.blocks + self.seats[s].group] {
                used[node * k + self.seats[s].role] = UNSET;
            }
        }
        for &s in &path {
            let seat = &mut self.seats[s];
            seat.role = if seat.role == alpha { beta } else { alpha };
            used[seat.block * k + seat.role] = s;
            used[(self.blocks + seat.group) * k + seat.role] = s;
        }
    }

    /// Annealing of role changes inside groups, which leave every team's coverage as it is, begun at
    /// people who are not content.
    fn improve(&mut self, dice: &mut Dice) {
        let floor = self.floors();
        let unrest = |desk: &Self, p: usize| desk.unrest(p).0 - floor[p];
        let mut cost: i64 = (0..floor.len()).map(|p| unrest(self, p)).sum();
        let mut best = (cost, self.roles());
        let mut troubled = Vec::new();
        let everybody = self.attending();
        for round in 0..TRIALS * PASSES {
            troubled.clear();
            troubled.extend(everybody.iter().copied().filter(|&p| unrest(self, p) > 0));
            if troubled.is_empty() {
                break;
            }
            let heat = HEAT * (1.0 - (round % TRIALS) as f64 / TRIALS as f64) + 0.1;
            for trial in 0..(troubled.len() + SOME) * TRIALS_EACH {
                // Half of the trials go to others, who may have what is wanted.
                let from = if trial % 2 == 0 { &troubled } else { &everybody };
                let person = from[dice.below(from.len())];
                cost += self.try_change(person, heat, dice, |unrest| unrest.0);
                if cost < best.0 {
                    best = (cost, self.roles());
                }
            }
        }
        self.take(&best.1);
    }

    /// Annealing that keeps the unrest at the end as low as it is and lowers that on the way.
    fn even_out(&mut self, dice: &mut Dice) {
        let everybody = self.attending();
        if everybody.is_empty() {
            return;
        }
        let all = |desk: &Self| {
            let each = everybody.iter().map(|&p| desk.unrest(p));
            each.fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1))
        };
        let mut best = (all(self), self.roles());
        let trials = (self.seats.len() * EARLY_TRIALS).min(EARLY_TRIALS_ALL / EARLY_STEPS);
        for step in 0..EARLY_STEPS {
            let heat = EARLY_HEAT * (1.0 - step as f64 / EARLY_STEPS as f64) + 0.1;
            for _ in 0..trials {
                let person = everybody[dice.below(everybody.len())];
                self.try_change(person, heat, dice, |(end, way)| end * AT_THE_END + way);
            }
            let now = all(self);
            if now < best.0 {
                best = (now, self.roles());
            }
        }
        self.take(&best.1);
    }

    /// Those who are in any round of the plan.
    fn attending(&self) -> Vec<usize> {
        let people = self.timeline.iter().enumerate();
        people
            .filter(|(_, rounds)| !rounds.is_empty())
            .map(|(p, _)| p)
            .collect()
    }

    fn take(&mut self, roles: &[usize]) {
        self.seats
            .iter_mut()
            .zip(roles)
            .for_each(|(seat, &role)| seat.role = role);
    }

    /// Gives a person another role in one of their rounds; returns what that changed.
    fn try_change(&mut self, person: usize, heat: f64, dice: &mut Dice, weigh: fn((i64, i64)) -> i64) -> i64 {
        let turns = &self.timeline[person];
        let s = turns[dice.below(turns.len())];
        let (old, new) = (self.seats[s].role, dice.below(self.k));
        if old == new {
            return 0;
        }
        let mate = self.groups[self.seats[s].group]
            .iter()
            .copied()
            .find(|&t| self.seats[t].role == new);
        let other = mate.map(|t| self.seats[t].person);
        let sum = |desk: &Self| weigh(desk.unrest(person)) + other.map_or(0, |p| weigh(desk.unrest(p)));
        let before = sum(self);
        self.exchange(s, mate, old, new);
        let change = sum(self) - before;
        let luck = (dice.bits() >> 40) as f64 / (1_u64 << 24) as f64;
        if change <= 0 || luck < (-(change as f64) / heat).exp() {
            return change;
        }
        self.exchange(s, mate, new, old);
        0
    }

    fn exchange(&mut self, s: usize, mate: Option<usize>, old: usize, new: usize) {
        self.seats[s].role = new;
        if let Some(t) = mate {
            self.seats[t].role = old;
        }
    }

    /// A person's unrest at the end, and the squared role counts after every round on the way there.
    fn unrest(&self, person: usize) -> (i64, i64) {
        let mut counts = [0; MAX_ROLES];
        let counts = &mut counts[..self.k];
        counts.copy_from_slice(&self.past[person * self.k..(person + 1) * self.k]);
        let mut squares: i64 = counts.iter().map(|count| count * count).sum();
        let (mut running, mut way, mut last) = (0, 0, self.last[person]);
        for &s in &self.timeline[person] {
            let role = self.seats[s].role;
            squares += 2 * counts[role] + 1;
            counts[role] += 1;
            running += i64::from(role == last);
            way += squares;
            last = role;
        }
        (squares + running * TWICE_RUNNING, way)
    }

    /// The least unrest each person can have after their past.
    fn floors(&self) -> Vec<i64> {
        let people = self.past.chunks(self.k).zip(&self.timeline);
        people.map(|(past, rounds)| least_squares(past, rounds.len())).collect()
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
