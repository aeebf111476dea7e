//! Clients over HTTP.

mod ballots;
mod booked_workshop;
mod brief_operations;
mod briefs;
mod clients;
mod hand_over;
mod operations;
mod owners;
mod product_operations;
mod product_teams;
mod tag;
mod workshops;

pub use operations::operations;
