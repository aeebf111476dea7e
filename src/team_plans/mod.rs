//! Team plans: drafts of the teams of some rounds, made by the team former, edited by staff and published round
//! by round. What students see of them is the feature [`teams`](crate::teams).

pub(crate) mod actions;
pub(crate) mod context;
mod events;
pub(crate) mod former;
pub mod http;
pub mod model;
mod rules;
pub mod store;
mod tasks;

pub use tasks::{FindTradeOff, FormAgain, FormPlan};
