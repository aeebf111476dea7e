//! What staff and students do with enrolments and what belongs to them.

mod absences;
mod enrolments;
mod invitations;
mod pair_rules;
mod roster;

pub use absences::{Missed, absences, remove_absence, set_absence};
pub use enrolments::{Entry, Seen, change, enrol, enrolment, list};
pub use invitations::{Guest, accept_invitation, invitations, invite, revoke_invitation};
pub use pair_rules::{Asked, PairRuleSeen, add_pair_rule, pair_rule, pair_rules, remove_pair_rule};
pub use roster::{export_as, export_csv, import, import_as};

use crate::{
    authz::{Actor, CohortInsider, CohortStaff},
    cohorts::{model::Cohort, store as cohorts},
    db::Conn,
    error::Result,
    primitives::Id,
};

/// A cohort into which the caller may look: for others its inside does not exist.
fn from_inside(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, CohortInsider)> {
    let cohort = cohorts::cohort(conn, cohort)?;
    let proof = CohortInsider::prove_or_hide(actor, cohort.campus_id, cohort.id)?;
    Ok((cohort, proof))
}

/// The same for staff; others who may look in are told that they may not.
fn as_staff(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, CohortStaff)> {
    let (cohort, _) = from_inside(conn, actor, cohort)?;
    let proof = CohortStaff::prove(actor, cohort.campus_id, cohort.id)?;
    Ok((cohort, proof))
}

/// The same for what does not exist for anybody else.
fn behind_the_scenes(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, CohortStaff)> {
    let cohort = cohorts::cohort(conn, cohort)?;
    let proof = CohortStaff::prove_or_hide(actor, cohort.campus_id, cohort.id)?;
    Ok((cohort, proof))
}

fn is_staff(actor: &Actor, cohort: &Cohort) -> bool {
    CohortStaff::prove(actor, cohort.campus_id, cohort.id).is_ok()
}
