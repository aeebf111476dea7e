//! Employers and their contacts, roles, profiles, introductions, fees, and what is done when somebody goes.

mod employers;
mod fees;
mod introductions;
mod profiles;
mod roles;

pub use employers::{
    WholeEmployer, add_contact, change_employer, create_employer, employer, employers, own_employers, remove_contact,
};
pub use fees::{FeeSums, create_fee, fee, fee_sums, fees, settle_fee};
pub use introductions::{
    OwnIntroduction, SeenStatus, ask, consent, introduced_profile, introduction, introductions, leave_everywhere,
    own_introductions, take_step, withdraw,
};
pub use profiles::{WholeProfile, delete_profile, own_profile, save_profile};
pub use roles::{change_role, create_role, role, roles, roles_at, set_status, unapproved_roles};
