//! What may become of enrolments, and which pair rules go together.

pub mod absences;
pub mod claims;
pub mod consents;
pub mod enrolments;
pub mod invitations;
pub mod own_cohort;
pub mod pair_rules;
pub mod roster;
pub mod told;
