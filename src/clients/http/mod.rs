//! Clients over HTTP.

mod clients;
mod operations;
mod owners;

pub use operations::operations;
