//! Team plans over HTTP.

mod edits;
mod operations;
mod plans;
mod reruns;
mod trade_offs;

pub use edits::{explain, move_person, preview_swap, publish, swap};
pub use operations::operations;
pub use plans::{create, discard, list, show};
pub use reruns::rerun;
pub use trade_offs::{choose_trade_off, find_trade_off, trade_off};
