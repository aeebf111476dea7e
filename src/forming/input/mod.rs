//! What is asked: the case as it is written, and the problem that checking makes of it.

pub(crate) mod case;
pub(crate) mod demand;
pub(crate) mod error;
mod lookup;
pub(crate) mod people;
pub(crate) mod problem;
pub(crate) mod round;
pub(crate) mod rules;
pub(crate) mod sizes;
pub(crate) mod teams;
pub(crate) mod validate;
mod validate_demands;
