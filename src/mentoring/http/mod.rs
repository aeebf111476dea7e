//! Mentoring over HTTP.

mod coverage;
mod operations;
mod sign_ups;
mod slots;

pub use coverage::get_mentor_coverage;
pub use operations::operations;
pub use sign_ups::{
    cancel_own_sign_up, cancel_sign_up, get_sign_up, list_own_sign_ups, list_sign_ups, mark_sign_up, sign_up,
};
pub use slots::{change_mentor_slot, create_mentor_slot, delete_mentor_slot, get_mentor_slot, list_mentor_slots};
