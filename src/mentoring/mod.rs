//! Mentoring: last cohort's graduates come back. A cohort's weeks have slots with a minimum and a
//! capacity; alumni and staff take places; whoever comes too late waits in line and is promoted in
//! the transaction that frees a place. Coverage shows the weeks that still lack somebody.

pub(crate) mod actions;
mod allocation;
pub(crate) mod events;
pub mod http;
mod letters;
pub(crate) mod model;
mod notices;
mod proofs;
mod rules;
pub(crate) mod store;

pub use actions::{
    ask_and_expire, called_off, clocks_changed, give_up_everything, must_not_mentor, no_longer_alumni,
    nobody_is_double_booked, takes_place_after_all, tell_gaps, week_moved, weeks_mentored,
};
pub(crate) use letters::{allocation_letters, letters};
pub(crate) use notices::{allocation_notices, cover_notices, draw_notices, notices, swap_offer_notices};
pub(crate) use proofs::{
    Booker, HandOverReader, HandOverWriter, Mentor, MentoringCampuses, SlotKeeper, SlotViewer, admitted_alumnus,
    admitting_campuses,
};
