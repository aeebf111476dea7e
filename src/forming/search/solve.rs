//! From a problem to a plan: sizes, repeats, balance, order, roles, in that order of importance.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::bounds::Bounds;
use crate::demands::check::check;
use crate::demands::conflict;
use crate::input::problem::Problem;
use crate::input::teams::{Teams, sizes_of};
use crate::judge::report::{EffortReport, report_beside};
use crate::options::{Effort, Options, Progress, Watch};
use crate::outcome::{Outcome, Planned};
use crate::plan::Plan;
use crate::quality::objective::Aims;
use crate::quality::objective::Score;
use crate::quality::refine::Refiner;
use crate::quality::roles::needs::with_needs;
use crate::quality::roles::rotate::{even_out, rotate};
use crate::rng::FastRng;
use crate::search::anneal::MoveBudget;
use crate::search::few_repeats::{search, size_plans};
use crate::search::hint;
use crate::search::state::ScheduleState;

/// A search was easy when it took fewer moves than this many times those for balance.
const EASY: u64 = 10;
/// Moves for balance and repeats together, in the same unit.
const LOOSE_MOVES: u64 = 4;

/// Searches for teams and roles together, each as long.
const PASSES: usize = 3;

/// Plans made for the sake of roles at most beside the first, and the part of the moves that the teams of each may take.
const OTHERS: usize = 2;

const OTHERS_PART: u64 = 30;
/// The part of the moves for what is left of a course: who plans week by week plans it again next week.
const PAST_PART: u64 = 5;
/// People for whose roles other plans are made at most.
const MOST_ASKING: usize = 60;
/// The part of the moves that each size plan but the last may take.
const SIZE_PART: u64 = 4;

/// Plans all rounds of the problem.
///
/// Hard demands are met or shown to contradict each other; among plans that meet them the one with
/// the fewest repeats found is taken; then balance, lateness of repeats and roles are improved
/// without giving up what comes before. Deterministic in the problem and the options, unless
/// `watch` stops it.
pub fn solve(problem: &Problem, options: &Options, watch: Watch<'_>) -> Outcome {
    let mut run = Run::new(options, watch);
    if let Some(conflict) = conflict::find(problem, &mut run.rng) {
        return Outcome::Infeasible(conflict);
    }
    let Some(plan) = run.plan(problem) else {
        return Outcome::Infeasible(conflict::undecided(problem));
    };
    let bound = run.bound_of(problem, &sizes_of(&plan.teams));
    let mut report = report_beside(problem, &plan.teams, &plan.roles, bound);
    report.effort = Some(run.effort());
    report.spacing.note = run.note(problem, &report.spacing);
    Outcome::Planned(Box::new(Planned { plan, report }))
}

/// A solve under way.
pub(super) struct Run<'a> {
    pub(super) options: &'a Options,
    watch: Watch<'a>,
    seeds: ChaCha8Rng,
    pub(super) rng: FastRng,
    pub(super) moves: u64,
    pub(super) stopped: bool,
    /// The fewest repeats found, and the bound on them.
    best: Option<i64>,
    pub(super) bound: i64,
    /// The bounds known, by the sizes of all rounds: finding one may take long.
    bounds: BTreeMap<Vec<Vec<usize>>, i64>,
    /// Pairs together again soon and whole teams there again, in a plan with as few repeats for the other preference.
    pub(super) otherwise: Option<(i64, i64)>,
}

impl<'a> Run<'a> {
    fn new(options: &'a Options, watch: Watch<'a>) -> Self {
        let mut seeds = ChaCha8Rng::seed_from_u64(options.seed);
        let rng = FastRng::from_rng(&mut seeds);
        Self {
            options,
            watch,
            seeds,
            rng,
            moves: 0,
            stopped: false,
            best: None,
            bound: 0,
            bounds: BTreeMap::new(),
            otherwise: None,
        }
    }

    /// What R cannot be below with these sizes.
    fn bound_of(&mut self, problem: &Problem, sizes: &[Vec<usize>]) -> i64 {
        let known = self.bounds.entry(sizes.to_vec());
        *known.or_insert_with(|| Bounds::new(problem, sizes).best())
    }

    fn effort(&self) -> EffortReport {
        let effort = self.options.effort.name().to_owned();
        EffortReport {
            seed: self.options.seed,
            effort,
            moves: self.moves,
            stopped_early: self.stopped,
        }
    }

    /// A plan; `None` when whether there is one is undecided.
    fn plan(&mut self, problem: &Problem) -> Option<Plan> {
        let teams = self.fewest_repeats(problem)?;
        // A course that goes on as it was planned is spaced and balanced already, and its roles rotate.
        let mut plan = if hint::is_unchanged(problem, &teams) {
            self.finished(problem, teams)
        } else {
            let teams = self.spaced(problem, teams);
            self.completed(problem, teams)
        };
        if asks_for_roles(problem) {
            self.serve_needs(problem, &mut plan);
        }
        debug_assert_eq!(check(problem, &plan.teams), Ok(()), "no step may break a demand");
        Some(plan)
    }

    /// From teams with few repeats to a plan.
    fn completed(&mut self, problem: &Problem, teams: Vec<Teams>) -> Plan {
        let teams = self.balanced(problem, teams);
        self.finished(problem, teams)
    }

    /// Where a past leaves the plan no good rotation, looks for others with as few repeats whose next teams are asked to
    /// suit the roles that people need, and takes the best.
    fn serve_needs(&mut self, problem: &Problem, plan: &mut Plan) {
        let mut least = worth(problem, plan);
        if least.1.is_rotated() {
            return;
        }
        let asking = with_needs(problem);
        for _ in 0..OTHERS {
            if self.stopped || least.1.is_rotated() {
                return;
            }
            let limit = least.0;
            let sizes = sizes_of(&plan.teams);
            let budget = self.options.effort.moves() / OTHERS_PART;
            let found = self.budgeted(budget, |budget, tools| {
                search(&asking, &sizes, None, limit, tools.seeds, budget)
            });
            let Some(teams) = found.filter(|teams| ScheduleState::new(problem, teams).cost <= limit) else {
                continue;
            };
            let other = self.completed(&asking, teams);
            let own = worth(problem, &other);
            if own < least {
                (*plan, least) = (other, own);
            }
        }
    }

    /// Lets `act` spend up to `budget` more moves, and notes what it spent and found. What is told to the watcher is
    /// seen against the moves of all steps.
    pub(super) fn budgeted<T>(&mut self, budget: u64, act: impl FnOnce(&mut MoveBudget<'_>, &mut Tools<'_>) -> T) -> T {
        let (before, watch, best, bound) = (self.moves, &mut self.watch, &mut self.best, self.bound);
        let all = all_moves(self.options.effort);
        let mut relay = |moves: u64, cost: i64| {
            if cost < best.unwrap_or(i64::MAX) {
                *best = Some(cost);
            }
            let moves = before + moves;
            watch(&Progress {
                moves,
                budget: all.max(moves),
                best: *best,
                bound,
            })
        };
        let mut budget = MoveBudget {
            spent: 0,
            limit: budget,
            watch: &mut relay,
            stopped: self.stopped,
        };
        let result = act(
            &mut budget,
            &mut Tools {
                seeds: &mut self.seeds,
                rng: &mut self.rng,
            },
        );
        (self.moves, self.stopped) = (before + budget.spent, budget.stopped);
        result
    }

    /// The first of the size plans that is repeat-free, or the last.
    fn fewest_repeats(&mut self, problem: &Problem) -> Option<Vec<Teams>> {
        let mut teams = None;
        let plans = size_plans(problem, &mut self.rng);
        for (i, sizes) in plans.iter().enumerate() {
            let bound = self.bound_of(problem, sizes);
            let all = self.options.effort.moves() / if problem.past.is_empty() { 1 } else { PAST_PART };
            let budget = if i + 1 == plans.len() { all } else { all / SIZE_PART };
            let start = hint::fitted(problem, sizes, &mut self.rng);
            if bound != self.bound {
                (self.bound, self.best) = (bound, None);
            }
            let found = self.budgeted(budget, |budget, tools| {
                search(problem, sizes, start, bound, tools.seeds, budget)
            });
            let free = found
                .as_ref()
                .is_some_and(|found| ScheduleState::new(problem, found).cost == 0);
            teams = found.or(teams);
            if free {
                break;
            }
        }
        teams
    }

    /// Improves the balance without giving up repeats. A plan that was found easily is one of many
    /// as good, so those are searched too.
    fn balanced(&mut self, problem: &Problem, teams: Vec<Teams>) -> Vec<Teams> {
        if problem.balance.is_trivial() {
            return teams;
        }
        let mut state = ScheduleState::new(problem, &teams);
        let limit = state.cost;
        let (spent, moves) = (self.moves, self.options.effort.refine_moves());
        self.budgeted(u64::MAX, |budget, tools| {
            let mut refiner = Refiner::new(problem, &sizes_of(&teams), &mut state, Aims::Balance);
            if budget.stopped {
                return;
            }
            if spent < EASY * moves {
                refiner.run_loose(tools.rng, limit, LOOSE_MOVES * moves, budget);
            }
            refiner.run(tools.rng, limit, moves, budget);
        });
        state.plan()
    }

    /// Hands out the roles. Where the past leaves these teams no good rotation, or somebody meets again
    /// inside the cool-down, teams and roles are searched together, at no cost of repeats or bands.
    fn finished(&mut self, problem: &Problem, teams: Vec<Teams>) -> Plan {
        let roles = rotate(problem, &teams, &mut self.rng);
        let mut plan = Plan { teams, roles };
        if let Some(roles) = hint::roles(problem, &plan.teams) {
            let teams = plan.teams.clone();
            let earlier = Plan { teams, roles };
            plan = std::cmp::min_by_key(plan, earlier, |plan| worth(problem, plan));
        }
        for _ in 0..if problem.roles.is_empty() { 0 } else { PASSES } {
            if !self.together(problem, &mut plan) {
                break;
            }
            plan.roles = even_out(problem, &plan.teams, &plan.roles, &mut self.rng);
        }
        plan
    }

    /// Searches teams and roles together; tells whether that made anything better.
    fn together(&mut self, problem: &Problem, plan: &mut Plan) -> bool {
        let mut state = ScheduleState::new(problem, &plan.teams);
        let (limit, moves) = (state.cost, self.options.effort.refine_moves());
        let roles = self.budgeted(u64::MAX, |budget, tools| {
            let mut refiner = Refiner::new(problem, &sizes_of(&plan.teams), &mut state, Aims::Roles(&plan.roles));
            let before = refiner.score();
            if budget.stopped || before.is_rotated() {
                return None;
            }
            refiner.run_rest(tools.rng, limit, LOOSE_MOVES * moves, budget);
            (refiner.score() < before).then(|| refiner.role_plan())
        });
        let Some(roles) = roles else { return false };
        plan.teams = state.plan();
        plan.roles = roles.unwrap_or_default();
        true
    }
}

/// Whether other plans are made for the sake of roles: only a past leaves a plan without a good rotation, and in a large
/// cohort too many people need the same role.
fn asks_for_roles(problem: &Problem) -> bool {
    !problem.past.is_empty() && problem.size() <= MOST_ASKING
}

/// The repeats of a plan, and what else it is worth.
fn worth(problem: &Problem, plan: &Plan) -> (i64, Score) {
    let mut state = ScheduleState::new(problem, &plan.teams);
    let score = Refiner::new(problem, &sizes_of(&plan.teams), &mut state, Aims::Roles(&plan.roles)).score();
    (state.cost, score)
}

/// The random numbers of a run.
pub(super) struct Tools<'a> {
    pub(super) seeds: &'a mut ChaCha8Rng,
    pub(super) rng: &'a mut FastRng,
}

/// Moves of all steps together, as far as can be known in advance.
fn all_moves(effort: Effort) -> u64 {
    let finish = (1 + LOOSE_MOVES * (1 + PASSES as u64)) * effort.refine_moves();
    effort.moves() + 3 * effort.spacing_moves(0) + finish + OTHERS as u64 * (effort.moves() / OTHERS_PART + finish)
}
