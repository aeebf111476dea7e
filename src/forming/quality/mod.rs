//! What makes a plan good beyond few repeats: balance, lateness, roles.

pub(crate) mod bands;
pub(crate) mod objective;
pub(crate) mod order;
pub(crate) mod refine;
pub(crate) mod roles;
pub(crate) mod space_out;
pub(crate) mod spacing;
