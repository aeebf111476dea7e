//! What must hold: whether it can, teams for which it does, and why there are none.

pub(crate) mod check;
pub(crate) mod conflict;
pub(crate) mod feasibility;
pub(crate) mod held;
