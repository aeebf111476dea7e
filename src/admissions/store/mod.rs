//! Queries on intakes, forms and applications.

mod applications;
mod evidence;
mod intakes;
mod interviews;
mod offers;
mod reading;

pub use applications::{
    application, applied, count, deferred_to, delete_of, forget, insert, insert_deferred, is_deferred_here, open_of,
    own, page, tell, update,
};
pub use evidence::{insert_reading, readings};
pub use intakes::{
    current_form, delete_interest, form, insert_form, insert_interest, intake, intakes_to_come, interested, newly_open,
    save, set_opening_told, trial_guests,
};
pub use interviews::{
    booked_by, delete_slot, held_by, insert_slots, slot, slot_of, slots, slots_of, tell_interviewer, update_slot,
    without_interview,
};
pub use offers::{cohorts_with_offers, counting, figures, in_state, next_turn, places, turns};
pub use reading::{
    delete_panel_member, delete_recusal, delete_scores, insert_panel_member, insert_recusal, panel, queues, save_score,
    scores, to_read, unnamed,
};
