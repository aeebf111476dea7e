//! Mentoring over HTTP.

mod allocations;
mod batch;
mod coverage;
mod draws;
mod giving;
mod mentored;
mod mine;
mod office_hours;
mod operations;
mod preferences;
mod search;
mod sign_ups;
mod slots;
mod swaps;

pub use allocations::{
    confirm_mentor_allocation, create_mentor_allocation, get_mentor_allocation, list_mentor_allocations,
};
pub use batch::create_mentor_slots;
pub use coverage::get_mentor_coverage;
pub use draws::{get_mentor_draw, rerun_mentor_allocation};
pub use giving::{agree_to_thanks, decline_thanks, get_giving_back, get_hand_over, list_thanks, set_hand_over};
pub use mine::get_my_mentoring;
pub use office_hours::{book_office_hours, cancel_booking, list_office_hours, offer_office_hours};
pub use operations::operations;
pub use preferences::{
    delete_own_mentor_preferences, get_own_mentor_preferences, list_mentor_preferences, set_own_mentor_preferences,
};
pub use search::search_mentor_slots;
pub use sign_ups::{
    cancel_own_sign_up, cancel_sign_up, get_sign_up, list_own_sign_ups, list_sign_ups, mark_sign_up,
    reconfirm_own_sign_up, sign_up,
};
pub use slots::{change_mentor_slot, create_mentor_slot, delete_mentor_slot, get_mentor_slot, list_mentor_slots};
pub use swaps::{
    accept_swap_offer, get_swap_offer, list_own_swap_offers, list_swap_offers, offer_swap, withdraw_swap_offer,
};
