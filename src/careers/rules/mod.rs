//! What can be done with employers, roles, introductions and fees, and when.

mod employers;
mod fees;
mod introductions;
mod profiles;
mod roles;

pub use employers::{CONTACTS, EMPLOYERS, check_agreement, must_have_proved_address};
pub use fees::{may_have_fee, settles, sums};
pub use introductions::{INTRODUCTIONS, consents, ends_consent, is_live, is_told, may_be_asked, shown_to, takes};
pub use profiles::check_profile;
pub use roles::{ROLES, becomes, check_role, is_public};
