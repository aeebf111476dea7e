//! Admissions over HTTP.

mod applications;
mod decisions;
mod intakes;
mod interviews;
mod operations;
mod reading;

pub use operations::operations;
