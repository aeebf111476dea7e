//! Admissions over HTTP.

mod applications;
mod intakes;
mod operations;
mod reading;

pub use operations::operations;
