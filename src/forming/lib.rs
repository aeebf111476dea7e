//! The team former: who works with whom, week after week.
//!
//! A pure room: a [`Case`] (plain data) becomes a [`Problem`] (validated), [`solve`] makes an
//! [`Outcome`] of it. Nothing in here reads a clock, a file or a database, and the same problem,
//! seed and effort give the same plan on every machine.

mod anneal;
pub mod baseline;
mod board;
mod books;
mod bounds;
mod case;
mod conflict;
mod constructions;
mod counterfactual;
mod dice;
mod evaluate;
mod explain;
mod feasibility;
mod fitting;
mod last_round;
mod ledger;
mod order;
mod polish;
mod problem;
mod recall;
mod report;
mod roles;
mod rules;
mod search;
mod sets;
mod sizes;
mod solve;
mod spacing;
mod symmetry;
mod tradeoff;
mod validate;

pub use bounds::Bounds;
pub use case::{
    BalanceRules, Case, Constraints, Group, LockDemand, PairDemand, Person, PlanRound, SizeRange, TeamsOfWeek,
};
pub use conflict::{Conflict, Relaxation, contradicts};
pub use evaluate::{Difference, Evaluation, Violation, difference, evaluate};
pub use explain::{Counterfactual, Price, StaffExplanation, explain};
pub use problem::{
    Constraint, Demand, MAX_CONSTRAINTS, MAX_PEOPLE, MAX_ROLES, MAX_ROUNDS, Member, PastRound, PersonIx, Problem,
    ProblemError, Round, Teams,
};
pub use report::{
    BalanceReport, BrokenBand, EffortReport, PeopleMet, RepeatedPair, Report, RoleFlaw, RoleNote, RoleReport,
};
pub use roles::RolePlan;
pub use solve::{Effort, Options, Outcome, Plan, Planned, Progress, Watch, solve};
pub use tradeoff::{TradePoint, trade_off};

use serde::Serialize;

/// The result file.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum ResultFile {
    /// A plan.
    Planned {
        /// The case's id.
        case: String,
        /// Teams and roles.
        weeks: Vec<TeamsOfWeek>,
        /// Their quality.
        report: Box<Report>,
    },
    /// Why there is none.
    Infeasible {
        /// The case's id.
        case: String,
        /// Always true.
        infeasible: bool,
        /// The contradiction.
        #[serde(flatten)]
        conflict: Conflict,
    },
}

impl ResultFile {
    /// What to write for an outcome.
    #[must_use]
    pub fn new(problem: &Problem, outcome: Outcome) -> Self {
        let case = problem.id.clone();
        match outcome {
            Outcome::Planned(planned) => {
                let weeks = planned.plan.weeks(problem);
                Self::Planned {
                    case,
                    weeks,
                    report: Box::new(planned.report),
                }
            }
            Outcome::Infeasible(conflict) => Self::Infeasible {
                case,
                infeasible: true,
                conflict,
            },
        }
    }
}
