//! What is asked: the case as it is written, and the problem that checking makes of it.

pub(crate) mod case;
pub(crate) mod problem;
pub(crate) mod sizes;
pub(crate) mod validate;
