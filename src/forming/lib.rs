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
mod options;
mod outcome;
mod plan;
mod quality;
mod rng;
mod search;

pub use bounds::Bounds;
pub use demands::check::Violation;
pub use demands::conflict::{Conflict, contradicts, ways_out::Relaxation};
pub use input::case::{
    BalanceRules, Case, Constraints, Group, LockDemand, PairDemand, Person, PlanRound, SizeRange, TeamsOfWeek,
};
pub use input::demand::{Constraint, Demand};
pub use input::error::ProblemError;
pub use input::people::{Member, PersonIx};
pub use input::problem::{MAX_CONSTRAINTS, MAX_PEOPLE, MAX_ROLES, MAX_ROUNDS, Problem};
pub use input::round::{PastRound, Round};
pub use input::teams::RolePlan;
pub use input::teams::Teams;
pub use judge::baseline;
pub use judge::counterfactual::{Counterfactual, Price};
pub use judge::evaluate::{Difference, Evaluation, difference, evaluate};
pub use judge::explain::{StaffExplanation, explain};
pub use judge::report::{
    BalanceReport, BrokenBand, EffortReport, PeopleMet, RepeatedPair, Report, RoleFlaw, RoleNote, RoleReport,
};
pub use judge::tradeoff::{TradePoint, trade_off};
pub use options::{Effort, Options, Progress, Watch};
pub use outcome::{Outcome, Planned};
pub use plan::Plan;
pub use search::solve::solve;

pub use outcome::ResultFile;
