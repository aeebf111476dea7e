//! The team former: who works with whom, week after week.
//!
//! Pure: a [`Case`] (plain data) becomes a [`Problem`] (checked), and [`solve`] makes an [`Outcome`] of it. Nothing in here
//! reads a clock, a file or a database; the same problem, seed and effort give the same plan on every machine.
//!
//! | stage | which method runs, and when |
//! |---|---|
//! | `input` | A case is checked, with a sentence and a place for whatever is wrong, and people become indices. |
//! | `demands` | Each round is a packing problem: greedy tries, then backtracking (DSATUR). Where a round cannot be formed: a minimal contradiction, and hitting sets for the ways out. |
//! | `bounds` | What no plan can be below. Every later step stops when it is reached. |
//! | `search` | Few repeats, in this order until the bound is met or the moves are spent: an earlier plan, if there is one, fitted to who is there now; descent and one annealing of whole plans; for a clean course (no past, absences or demands) `designs`; after a past that leaves few groups who have not met, exact cover by those; then annealing from random starts. A plan at hand is improved by cycles of warming and cooling, which beats starting again. |
//! | `designs` | Schedules for a clean course. Algebra (affine planes, transversal designs) and four stored designs answer at once where they reach; else base rounds are searched under prescribed symmetries, many kinds side by side, because whole schedules of high symmetry are far easier to find than others. |
//! | `quality` | Turns in the smaller team and late repeats by annealing both with repeats (`spacing`), and by choosing among symmetric schedules and orders of their rounds; then, with the repeats fixed, balance by annealing, roles by edge colouring and Kempe chains, and teams and roles together where a past leaves no good rotation. |
//! | `judge` | The report, what an edit changes, why two people are together, what balance would cost in repeats, and plans to compare with. |
//!
//! `search::solve` is the sequence of all of these. Where to add what: a rule for single teams is a file in
//! `quality::bands`; something that spans rounds is a part of `quality::spacing` (or of `quality::objective`, if balance may
//! outweigh it), which follow a schedule swap by swap; a demand is a variant of [`Demand`], and the compiler names the places that have to know it. `docs/team-forming.md` has
//! the mathematics and the measurements.

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
pub use input::rules::TeamRules;
pub use input::teams::RolePlan;
pub use input::teams::Teams;
pub use judge::baseline;
pub use judge::counterfactual::{Counterfactual, Price};
pub use judge::evaluate::{Difference, Evaluation, difference, evaluate};
pub use judge::explain::{StaffExplanation, Turn, explain};
pub use judge::report::{BalanceReport, BandBreach, EffortReport, PeopleMet, RepeatedPair, Report};
pub use judge::role_report::{RoleFlaw, RoleNote, RoleReport};
pub use judge::spacing_report::{SpacingReport, TurnReport, Turns};
pub use judge::tradeoff::{TradePoint, trade_off};
pub use options::{Effort, Options, Progress, Watch};
pub use outcome::{Outcome, Planned};
pub use plan::Plan;
pub use search::solve::solve;

pub use outcome::ResultFile;
