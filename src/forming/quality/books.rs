//! What a plan under the search's hands is worth beyond its repeats, kept up to date swap by swap:
//! the cool-down, the balance of each team, and everybody's roles.
#![expect(
    clippy::indexing_slicing,
    reason = "dense tables by validated indices, in the search loop"
)]

use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::RolePlan;
use crate::quality::bands::balance::{BREACH, Yardstick};
use crate::quality::roles::ledger::Ledger;
use crate::quality::spacing::Spacing;
use crate::search::board::{Board, NONE};

/// What a meeting inside the cool-down costs: no band makes up for it.
const SOON: i64 = 2 * BREACH;
/// What a unit of unrest about roles costs.
const UNREST: i64 = BREACH / 8;

/// How good a plan is, in order of importance; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Score {
    too_soon: i64,
    bands: u32,
    unrest: i64,
    imbalance: i64,
}

impl Score {
    /// Whether all is well but the last decimals of balance.
    pub(crate) fn is_at_rest(&self) -> bool {
        self.too_soon == 0 && self.is_rotated()
    }

    /// Whether roles are as even as can be, and none twice running.
    pub(crate) fn is_rotated(&self) -> bool {
        self.unrest == 0
    }
}

/// The books of one board.
pub(crate) struct Books<'a> {
    problem: &'a Problem,
    yardsticks: Vec<Yardstick>,
    /// The balance of each team, at its first seat.
    cost_of: Vec<i64>,
    /// The balance of all teams.
    balance: i64,
    spacing: Option<Spacing>,
    ledger: Option<Ledger>,
    /// A team as it would be.
    team: Vec<PersonIx>,
}

impl<'a> Books<'a> {
    /// Opens the books; roles are looked after if there are any here.
    pub(crate) fn new(problem: &'a Problem, sizes: &[Vec<usize>], board: &Board, roles: &RolePlan) -> Self {
        let rounds = problem.rounds.iter().zip(sizes);
        let mut books = Self {
            problem,
            yardsticks: rounds
                .map(|(round, sizes)| problem.balance.yardstick(round, sizes))
                .collect(),
            cost_of: vec![0; board.n * board.rounds],
            balance: 0,
            spacing: Spacing::new(problem, board),
            ledger: (!roles.is_empty()).then(|| Ledger::new(problem, board, roles)),
            team: Vec::new(),
        };
        books.recount(board);
        books
    }

    fn recount(&mut self, board: &Board) {
        self.balance = 0;
        for (r, seat) in first_seats(board) {
            let cost = self.team_cost(r, board.team(r, seat));
            self.cost_of[r * board.n + usize::from(seat)] = cost;
            self.balance += cost;
        }
        if let Some(spacing) = &mut self.spacing {
            spacing.recount(board);
        }
    }

    fn team_cost(&self, r: usize, team: &[PersonIx]) -> i64 {
        self.problem.balance.cost(&self.yardsticks[r], team)
    }

    /// All of it in one number, for annealing.
    pub(crate) fn cost(&self) -> i64 {
        let too_soon = self.spacing.as_ref().map_or(0, |spacing| spacing.too_soon);
        let unrest = self.ledger.as_ref().map_or(0, |ledger| ledger.unrest);
        self.balance + too_soon * SOON + unrest * UNREST
    }

    /// All of it in order.
    pub(crate) fn score(&self, board: &Board) -> Score {
        let bands = first_seats(board).map(|(r, seat)| {
            let breaches = self.problem.balance.breaches(&self.yardsticks[r], board.team(r, seat));
            breaches.total()
        });
        let bands = bands.sum();
        Score {
            too_soon: self.spacing.as_ref().map_or(0, |spacing| spacing.too_soon),
            bands,
            unrest: self.ledger.as_ref().map_or(0, |ledger| ledger.unrest),
            imbalance: self.balance - i64::from(bands) * BREACH,
        }
    }

    /// What swapping the people on two seats of different teams would change.
    pub(crate) fn change(&mut self, board: &Board, r: usize, p: u16, q: u16) -> i64 {
        let (a, b) = (board.at(r, p), board.at(r, q));
        let mut change = 0;
        for (seat, out, new) in [(p, a, b), (q, b, a)] {
            self.team.clear();
            let members = board.team(r, seat).iter();
            self.team
                .extend(members.map(|&mate| if mate == out { new } else { mate }));
            change += self.team_cost(r, &self.team);
            change -= self.cost_of[r * board.n + usize::from(board.span(r, seat).0)];
        }
        let spacing = self
            .spacing
            .as_ref()
            .map_or(0, |spacing| spacing.change(board, r, p, q));
        let ledger = self.ledger.as_ref();
        let ledger = ledger.map_or(0, |ledger| ledger.exchange_change(board, r, p, q));
        change + spacing * SOON + ledger * UNREST
    }

    /// Swaps the people on two seats of different teams, on the board and in the books.
    pub(crate) fn swap(&mut self, board: &mut Board, r: usize, p: u16, q: u16) {
        if let Some(spacing) = &mut self.spacing {
            spacing.too_soon += spacing.change(board, r, p, q);
        }
        if let Some(ledger) = &mut self.ledger {
            ledger.change_seats(board, r, p, q);
        }
        let delta = board.delta(r, p, q);
        board.swap(r, p, q, delta);
        for seat in [p, q] {
            let first = r * board.n + usize::from(board.span(r, seat).0);
            let cost = self.team_cost(r, board.team(r, seat));
            self.balance += cost - self.cost_of[first];
            self.cost_of[first] = cost;
        }
    }

    /// The roles, if they are looked after.
    pub(crate) fn ledger(&mut self) -> Option<&mut Ledger> {
        self.ledger.as_mut()
    }

    /// The weight of a change of roles.
    pub(crate) fn weigh(unrest: i64) -> i64 {
        unrest * UNREST
    }

    /// Whether there is nothing to improve.
    pub(crate) fn is_idle(&self) -> bool {
        self.problem.balance.is_trivial() && self.spacing.is_none() && self.ledger.is_none()
    }

    /// The roles by seat, to come back to.
    pub(crate) fn titles(&self) -> Vec<u8> {
        self.ledger
            .as_ref()
            .map_or_else(Vec::new, |ledger| ledger.titles().to_vec())
    }

    /// Takes the board, and the roles by seat, as they are now.
    pub(crate) fn restore(&mut self, board: &Board, titles: &[u8]) {
        self.recount(board);
        if let Some(ledger) = &mut self.ledger {
            ledger.restore(board, titles);
        }
    }
}

/// The first seat of every team.
fn first_seats(board: &Board) -> impl Iterator<Item = (usize, u16)> + '_ {
    let of_round = move |r: usize| {
        let seats = (0..board.n as u16).take_while(move |&seat| board.at(r, seat) != NONE);
        seats
            .filter(move |&seat| board.span(r, seat).0 == seat)
            .map(move |seat| (r, seat))
    };
    (0..board.rounds).flat_map(of_round)
}
