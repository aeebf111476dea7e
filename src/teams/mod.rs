//! Teams: a plan is a draft of the teams of some rounds, made by the team former, edited by staff and
//! published round by round. Students see published rounds only; a published round changes by a
//! recorded repair and in no other way.

pub(crate) mod actions;
pub mod http;
pub mod model;
mod problem;
mod rules;
pub mod store;
mod svg;
mod tasks;

pub use tasks::{FindTradeOff, FormAgain, FormPlan};
