//! Students over HTTP.

mod absences;
mod claims;
mod consents;
mod enrolments;
mod invitations;
mod operations;
mod own_enrolments;
mod own_operations;
mod pair_rules;
mod roster;
mod view;

pub use absences::{
    AbsenceQuery, AbsenceView, ByPersonAndDate, DayAbsenceQuery, DayAbsenceView, NewAbsence, list_absences,
    list_day_absences, remove_absence, remove_day_absence, set_absence, set_day_absence,
};
pub use claims::{Claim, ClaimLink, claim_place, create_claim_link};
pub use consents::{give_consent, list_consents, withdraw_consent};
pub use enrolments::{
    Admission, EnrolmentPatch, EnrolmentQuery, NewEnrolment, change_enrolment, enrol, get_enrolment, list_enrolments,
};
pub use invitations::{
    Acceptance, InvitationQuery, InvitationView, accept_invitation, list_invitations, revoke_invitation,
};
pub use operations::operations;
pub use own_enrolments::{change_own_enrolment, get_own_enrolment};
pub use pair_rules::{
    NewPairRule, PairRuleAnswer, PairRuleReceipt, PairRuleView, add_pair_rule, get_pair_rule, list_pair_rules,
    remove_pair_rule,
};
pub use roster::{ImportQuery, export_enrolments, import_enrolments};
