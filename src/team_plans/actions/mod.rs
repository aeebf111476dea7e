//! What staff do with team plans.

pub mod arrangements;
pub mod edits;
pub mod explanation;
pub mod of_week;
pub mod plans;
pub mod publication;
pub mod reruns;
pub mod restorations;
mod seats;
mod solve;
pub mod trade_offs;

pub use plans::FullPlan;
pub use solve::{solve, solve_on};
