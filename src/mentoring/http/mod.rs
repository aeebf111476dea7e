//! Mentoring over HTTP.

mod coverage;
mod operations;
mod sign_ups;
mod slots;

pub use coverage::coverage;
pub use operations::operations;
pub use sign_ups::{
    cancel_of, cancel_own, list as list_sign_ups, list_own as list_own_sign_ups, mark, read as read_sign_up, sign_up,
};
pub use slots::{change, create, list, read, remove};
