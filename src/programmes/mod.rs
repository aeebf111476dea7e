//! Programmes: reusable curricula of ordered weeks. The library holds those of Founders and Coders;
//! a campus makes its own or forks one.

pub(crate) mod actions;
mod events;
pub mod http;
pub mod model;
mod rules;
pub mod store;

pub use actions::fill_library;
pub(crate) use actions::library_is_everybodys;
pub use rules::MOST_WEEKS;
