//! Team plans over HTTP.

mod arrangements;
mod edits;
mod explanation;
mod operations;
mod plans;
mod publication;
mod reruns;
mod restorations;
mod trade_offs;

pub use arrangements::arrange;
pub use edits::{move_person, preview_swap, swap};
pub use explanation::explain;
pub use operations::operations;
pub use plans::{create, delete, get, list};
pub use publication::{publish, unpublish};
pub use reruns::rerun;
pub use restorations::{list_versions, restore};
pub use trade_offs::{choose_trade_off, find_trade_off, get_trade_off};
