//! Clients over HTTP.

mod clients;
mod operations;
mod owners;
mod workshops;

pub use operations::operations;
