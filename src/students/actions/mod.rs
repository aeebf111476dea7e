//! What staff and students do with enrolments and what belongs to them.

mod absences;
mod admission;
mod away;
mod claims;
mod consents;
mod enrolments;
mod invitations;
mod own_enrolments;
mod pair_rules;
mod roster;

pub use absences::{
    StudentDay, StudentWeek, absences, day_absences, remove_absence, remove_day_absence, set_absence, set_day_absence,
};
pub use admission::{admit, give_place_up};
pub use away::{Away, away};
pub use claims::{claim, create_claim_link};
pub use consents::{consents, decide};
pub use enrolments::{EnrolmentForViewer, StudentDetails, change, enrol, enrol_by_name, enrolment, list, own_cohorts};
pub use invitations::{
    Invitee, accept_invitation, invitations, invitations_with_state, invite, invite_to_place, revoke_invitation,
    withdraw_invitations,
};
pub use own_enrolments::{change_own_enrolment, own_enrolment};
pub use pair_rules::{
    ONLY_VERSION, PairRuleOutcome, PairRuleWithPeople, add_pair_rule, pair_rule, pair_rules, remove_pair_rule,
};
pub use roster::{export_as, export_csv, import, import_as};

// What a pair rule is asked for with.
pub use super::rules::pair_rules::RequestedPairRule;

use crate::{
    authz::Actor,
    cohorts::{CohortInsider, CohortStaff, model::Cohort},
    db::Conn,
    error::Result,
    primitives::Id,
};

/// The cohort for its staff. Others who may look in are told that they may not; for everybody else
/// its inside does not exist.
fn as_staff(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, CohortStaff)> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    Ok((cohort, insider.staff()?))
}
