//! The answer to a problem, and the file it is written to.

use serde::Serialize;

use crate::demands::conflict::Conflict;
use crate::input::case::TeamsOfWeek;
use crate::input::problem::Problem;
use crate::judge::report::Report;
use crate::plan::Plan;

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
