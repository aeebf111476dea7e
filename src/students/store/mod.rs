//! Queries on students.

mod absences;
mod claims;
mod consents;
mod enrolments;
mod invitations;
mod merging;
mod pair_rules;

pub use absences::{
    absence, absences, absences_page, day_absence, day_absences, day_absences_page, remove_absence, remove_day_absence,
    set_absence, set_day_absence,
};
pub use claims::{
    PERSON_COLUMNS, claim_link_by_token, insert_claim_link, insert_unclaimed, rename_unclaimed, take_over,
    use_claim_link,
};
pub use consents::{consents, objectors, set_consent};
pub use enrolments::{
    cohorts_of, count, enrolment, insert, leave, page, proved_addresses, roster, roster_for_staff, roster_with_emails,
    update, update_own,
};
pub use invitations::{
    accept, admit, amend_invitation, invitation, invitation_by_token, invitations, invite, invited_by, invited_since,
    mark_accepted, revoke_all_invitations, revoke_invitation, sent_to_since,
};
pub use merging::{cohorts_of_both, delete_manual, merge};
pub use pair_rules::{insert_pair_rule, pair_rule, pair_rules, remove_pair_rule};
