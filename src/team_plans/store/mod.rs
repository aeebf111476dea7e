//! Queries on team plans.

mod plans;
mod trade_offs;
mod versions;

pub use plans::{
    delete_plan, drafts, insert_plan, last_published, of_week, overlapping_drafts, plan, plans, requests, set_formed,
    statuses, update_plan,
};
pub use trade_offs::{carry_trade_off, replace_trade_off, trade_off};
pub use versions::{insert_version, planned_along_at, seats_at, version, versions};
