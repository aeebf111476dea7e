//! Clients: organisations for which a campus builds. An organisation applies, and goes step by step to a product; its product
//! owners see it, and nothing else of the campus. It may give paid work to graduates: a brief.

pub(crate) mod actions;
mod builders;
mod events;
pub mod http;
mod letters;
pub(crate) mod model;
mod notices;
mod proofs;
mod rules;
pub(crate) mod store;

pub use actions::send_reminders;
pub(crate) use actions::{leave_everywhere, withdraw_invitations};
pub(crate) use letters::{demo_day_letters, invitation_letters, letters, workshop_letters};
pub(crate) use notices::{
    ballot_notices, brief_graduate_notices, brief_left_notices, brief_notices, brief_owner_notices, brief_team_notices,
    demo_day_notices, first_refusal_notices, hand_over_notices, invitation_notices, joining_notices, notices,
    offer_notices, offer_owner_notices, owner_notices, workshop_notices,
};
