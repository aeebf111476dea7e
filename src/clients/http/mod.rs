//! Clients over HTTP.

mod ballots;
mod brief_operations;
mod briefs;
mod clients;
mod demo_day_operations;
mod demo_days;
mod hand_over;
mod offer_operations;
mod offers;
mod operations;
mod owners;
mod product_operations;
mod product_teams;
mod tag;
mod work;
mod work_operations;
mod workshops;

pub use operations::operations;
