//! Queries on employers, their roles, profiles, introductions and fees.

mod employers;
mod fees;
mod introductions;
mod profiles;
mod roles;

pub use employers::{
    contact_ids, contacts, count, employer, employers_of, end_contact, insert, insert_contact, page, update,
};
pub use fees::{fee, fees, fees_due_between, fees_of, hires_between, insert_fee, update_fee};
pub use introductions::{
    count_of_role, insert_introduction, introduction, introduction_of, introductions_of, of_graduate,
    update_introduction,
};
pub use profiles::{delete_profile, own_submissions, profile, reviews_done, save_profile};
pub use roles::{count_open, insert_role, public_roles, role, roles_at, roles_of, unapproved_roles, update_role};
