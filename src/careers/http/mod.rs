//! Careers over HTTP.

mod employers;
mod fees;
mod introductions;
mod operations;
mod profiles;
mod roles;

pub use operations::operations;
