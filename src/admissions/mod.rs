//! Admissions: who comes into a cohort. A cohort's intake says when people apply, what they are asked and for how many places;
//! each application goes its way from a draft to a place, or to another end.

pub(crate) mod actions;
mod events;
pub mod http;
mod letters;
pub(crate) mod model;
mod notices;
mod proofs;
mod rules;
mod store;

pub use actions::keep_time;
pub(crate) use actions::{forget, leave_everywhere};
pub(crate) use letters::{letters, panel_letters};
pub(crate) use notices::{application_notices, intake_notices, interview_notices, offer_notices, panel_notices};
pub(crate) use proofs::{ReadableApplications, recused_at};
