//! The team former: who works with whom, week after week.
//!
//! A pure room: a [`Case`] (plain data) becomes a [`Problem`] (validated), [`solve`] makes an
//! [`Outcome`] of it. Nothing in here reads a clock, a file or a database, and the same problem,
//! seed and effort give the same plan on every machine.

mod bits;
mod bounds;
mod demands;
mod designs;
mod input;
mod judge;
mod quality;
mod rng;
mod search;

pub use bounds::Bounds;
pub use demands::conflict::{Conflict, Relaxation, contradicts};
pub use input::case::{
    BalanceRules, Case, Constraints, Group, LockDemand, PairDemand, Person, PlanRound, SizeRange, TeamsOfWeek,
};
pub use input::problem::{
    Constraint, Demand, MAX_CONSTRAINTS, MAX_PEOPLE, MAX_ROLES, MAX_ROUNDS, Member, PastRound, PersonIx, Problem,
    ProblemError, Round, Teams,
};
pub use judge::baseline;
pub use judge::evaluate::{Difference, Evaluation, Violation, difference, evaluate};
pub use judge::explain::{Counterfactual, Price, StaffExplanation, explain};
pub use judge::report::{
    BalanceReport, BrokenBand, EffortReport, PeopleMet, RepeatedPair, Report, RoleFlaw, RoleNote, RoleReport,
};
pub use judge::tradeoff::{TradePoint, trade_off};
pub use quality::roles::RolePlan;
pub use search::solve::{Effort, Options, Outcome, Plan, Planned, Progress, Watch, solve};

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
