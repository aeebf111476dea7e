//! Teams with few repeats.

pub(crate) mod anneal;
pub(crate) mod few_repeats;
pub(crate) mod fresh_groups;
pub(crate) mod hint;
pub(crate) mod solve;
mod spaced;
pub(crate) mod state;
