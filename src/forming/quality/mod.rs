//! What makes a plan good beyond few repeats: balance, lateness, roles.

pub(crate) mod bands;
pub(crate) mod cooldown;
pub(crate) mod objective;
pub(crate) mod order;
pub(crate) mod refine;
pub(crate) mod roles;
