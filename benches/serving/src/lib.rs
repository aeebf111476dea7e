//! What the benchmark's programs share.

pub mod rows;
pub mod statements;
