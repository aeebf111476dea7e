//! Teams with few repeats.

pub(crate) mod anneal;
pub(crate) mod few_repeats;
pub(crate) mod fitting;
pub(crate) mod recall;
pub(crate) mod solve;
pub(crate) mod state;
