//! What a plan is worth, why it is as it is, and what it is compared with.

pub mod baseline;
pub(crate) mod counterfactual;
pub(crate) mod evaluate;
pub(crate) mod explain;
pub(crate) mod report;
pub(crate) mod role_report;
pub(crate) mod spacing_report;
pub(crate) mod tradeoff;
