//! Who may do what: an [`Actor`] knows what somebody is, [`permits`] decides, and a proof such as
//! [`CohortStaff`] is what a writing query demands to see. Nobody else can make a proof.

mod actor;
mod proofs;

pub use actor::{Actor, Identity, StaffRole};
pub use proofs::{
    CampusOrganiser, CampusStaff, CohortInsider, CohortStaff, Mentor, RosterKeeper, SignedIn, SlotViewer,
};

use crate::primitives::Id;

/// What somebody wants to do, as far as it depends on who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Change the campus itself and who its staff are.
    GovernCampus,
    /// See the members of a campus, make programmes and cohorts there.
    RunCampus,
    /// Change a cohort, its weeks, students, teams and mentor slots; see drafts, rules and reports.
    RunCohort,
    /// See who is enrolled, the published teams and who has worked with whom.
    SeeInsideCohort,
    /// See when mentors are wanted and who comes.
    SeeMentorSlots,
    /// Take a mentor's place.
    Mentor,
}

/// Where somebody wants to do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The campus it belongs to.
    pub campus: Id,
    /// The cohort, if it lies inside one.
    pub cohort: Option<Id>,
}

/// The one decision. Default deny: what is not listed is not permitted.
pub fn permits(actor: &Actor, action: Action, place: Place) -> bool {
    if actor.identity().is_none() {
        return false;
    }
    let role = actor.staff_role(place.campus);
    let staff = role.is_some();
    let inside = place
        .cohort
        .is_some_and(|cohort| actor.is_student_of(cohort) || actor.is_alumnus_of(cohort) || actor.is_mentor_in(cohort));
    match action {
        Action::GovernCampus => role == Some(StaffRole::Organiser),
        Action::RunCampus | Action::RunCohort => staff,
        Action::SeeInsideCohort => staff || inside,
        Action::SeeMentorSlots => staff || inside || actor.is_welcome_alumnus(place.campus),
        Action::Mentor => staff || actor.is_welcome_alumnus(place.campus),
    }
}
