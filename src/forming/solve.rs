//! From a problem to a plan: sizes, repeats, balance, order, roles, in that order of importance.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::anneal::Meter;
use super::board::Board;
use super::bounds::Bounds;
use super::case::TeamsOfWeek;
use super::conflict::{self, Conflict};
use super::dice::Dice;
use super::evaluate::check;
use super::order::arrange;
use super::polish::Polish;
use super::problem::{PersonIx, Problem, Teams};
use super::report::{EffortReport, Report, report};
use super::roles::{RolePlan, rotate};
use super::search::{search, size_plans};

/// How much the search may try. Counted in moves, so that the same seed gives the same plan on every
/// machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effort {
    /// An answer at once.
    Quick,
    /// About a second.
    #[default]
    Normal,
    /// As good as it gets.
    Thorough,
}

impl Effort {
    /// As written on the command line and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Normal => "normal",
            Self::Thorough => "thorough",
        }
    }

    /// Moves for the repeats.
    fn moves(self) -> u64 {
        match self {
            Self::Quick => 2_000_000,
            Self::Normal => 20_000_000,
            Self::Thorough => 400_000_000,
        }
    }

    /// Moves for the balance.
    pub(crate) fn polish(self) -> u64 {
        match self {
            Self::Quick => 20_000,
            Self::Normal => 100_000,
            Self::Thorough => 1_000_000,
        }
    }
}

impl std::str::FromStr for Effort {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let all = [Self::Quick, Self::Normal, Self::Thorough];
        let known = all.into_iter().find(|effort| effort.name() == name);
        known.ok_or_else(|| format!("{name:?} is not an effort: say quick, normal or thorough"))
    }
}

/// What a solve depends on besides the problem.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The same seed gives the same plan.
    pub seed: u64,
    /// How much may be tried.
    pub effort: Effort,
}

/// How far a solve has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Moves tried.
    pub moves: u64,
    /// Moves that may be tried; a solve that proves its plan optimal needs fewer.
    pub budget: u64,
    /// The fewest repeats so far, once there is a plan.
    pub best: Option<i64>,
    /// What it cannot be below.
    pub bound: i64,
}

/// A watcher of a solve; [`ControlFlow::Break`] makes it stop soon, with the best plan so far.
pub type Watch<'a> = &'a mut dyn FnMut(&Progress) -> ControlFlow<()>;

/// Teams and roles for every round planned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// For each round, its teams.
    pub teams: Vec<Teams>,
    /// For each round, team and member the role; empty when there are no roles.
    pub roles: RolePlan,
}

impl Plan {
    /// The plan with people's and roles' names, as files and the API show it.
    #[must_use]
    pub fn weeks(&self, problem: &Problem) -> Vec<TeamsOfWeek> {
        let names = |team: &Vec<PersonIx>| team.iter().map(|&p| problem.name(p).to_owned()).collect();
        let rounds = problem.rounds.iter().zip(&self.teams).enumerate();
        rounds
            .map(|(r, (round, teams))| TeamsOfWeek {
                week: round.week,
                last_week: Some(round.last_week).filter(|&last| last > round.week),
                teams: teams.iter().map(names).collect(),
                roles: self.roles.get(r).map_or_else(Vec::new, |roles| {
                    teams
                        .iter()
                        .zip(roles)
                        .map(|(team, roles)| named_roles(problem, team, roles))
                        .collect()
                }),
            })
            .collect()
    }
}

fn named_roles(problem: &Problem, team: &[PersonIx], roles: &[usize]) -> BTreeMap<String, String> {
    let role = |&role: &usize| problem.roles.get(role).cloned().unwrap_or_default();
    team.iter()
        .zip(roles)
        .map(|(&p, r)| (problem.name(p).to_owned(), role(r)))
        .collect()
}

/// A plan and what it is worth.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The teams and roles.
    pub plan: Plan,
    /// Its quality.
    pub report: Report,
}

/// The answer to a problem.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// A plan that meets every demand.
    Planned(Box<Planned>),
    /// There is none, and why.
    Infeasible(Conflict),
}

/// Plans all rounds of the problem.
///
/// Hard demands are met or shown to contradict each other; among plans that meet them the one with
/// the fewest repeats found is taken; then balance, lateness of repeats and roles are improved
/// without giving up what comes before. Deterministic in the problem and the options, unless
/// `watch` stops it.
pub fn solve(problem: &Problem, options: &Options, watch: Watch<'_>) -> Outcome {
    let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
    let mut dice = Dice::from_rng(&mut rng);
    if let Some(conflict) = conflict::find(problem, &mut dice) {
        return Outcome::Infeasible(conflict);
    }
    let budget = options.effort.moves();
    let (mut bound, mut best) = (0, None);
    let (mut moves, mut stopped) = (0, false);
    let mut teams = Vec::new();
    let start = previous_plan(problem);
    for sizes in size_plans(problem, &mut dice) {
        let target = Bounds::new(problem, &sizes).best();
        bound = target;
        let share = if sizes_are_asked_for(problem, &sizes) {
            budget
        } else {
            budget / 4
        };
        let mut relay = |moves: u64, cost: i64| {
            best = Some(cost).filter(|&cost| cost < i64::MAX);
            watch(&Progress {
                moves,
                budget,
                best,
                bound,
            })
        };
        let mut meter = Meter {
            moves,
            budget: moves + share,
            watch: &mut relay,
            stopped,
        };
        let fits = start
            .clone()
            .filter(|plan| check(problem, plan).is_ok() && sizes_of(plan) == sizes);
        let found = search(problem, &sizes, fits, target, &mut rng, &mut meter);
        (moves, stopped) = (meter.moves, meter.stopped);
        if let Some(found) = found {
            let cost = Board::new(problem, &found).cost;
            teams = found;
            if cost == 0 {
                break;
            }
        }
    }
    if teams.is_empty() {
        return Outcome::Infeasible(conflict::undecided(problem));
    }
    let mut relay = |moves: u64, cost: i64| {
        watch(&Progress {
            moves,
            budget,
            best: Some(cost),
            bound,
        })
    };
    let mut meter = Meter {
        moves,
        budget: u64::MAX,
        watch: &mut relay,
        stopped,
    };
    teams = balance(problem, teams, options, &mut dice, &mut meter);
    let (moves, stopped_early) = (meter.moves, meter.stopped);
    teams = arrange(problem, teams, &mut dice);
    let roles = rotate(problem, &teams, &mut dice);
    let mut report = report(problem, &teams, &roles);
    let effort = options.effort.name().to_owned();
    report.effort = Some(EffortReport {
        seed: options.seed,
        effort,
        moves,
        stopped_early,
    });
    Outcome::Planned(Box::new(Planned {
        plan: Plan { teams, roles },
        report,
    }))
}

fn balance(
    problem: &Problem,
    teams: Vec<Teams>,
    options: &Options,
    dice: &mut Dice,
    meter: &mut Meter<'_>,
) -> Vec<Teams> {
    let mut board = Board::new(problem, &teams);
    let limit = board.cost;
    if meter.goes_on() && !problem.balance.is_trivial() {
        let mut polish = Polish::new(problem, &sizes_of(&teams), &mut board);
        polish.run(dice, limit, options.effort.polish(), meter);
    }
    board.plan()
}

/// The size of each team of a plan.
pub(crate) fn sizes_of(plan: &[Teams]) -> Vec<Vec<usize>> {
    plan.iter().map(|teams| teams.iter().map(Vec::len).collect()).collect()
}

fn sizes_are_asked_for(problem: &Problem, sizes: &[Vec<usize>]) -> bool {
    problem
        .rounds
        .iter()
        .zip(sizes)
        .all(|(round, sizes)| round.sizes == *sizes)
}

/// The earlier plan, when it covers every round.
fn previous_plan(problem: &Problem) -> Option<Vec<Teams>> {
    problem.previous.iter().cloned().collect()
}
