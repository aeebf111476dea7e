//! What makes a plan good beyond few repeats: balance, lateness, roles.

pub(crate) mod bands;
pub(crate) mod books;
pub(crate) mod order;
pub(crate) mod polish;
pub(crate) mod roles;
pub(crate) mod spacing;
