//! What people are, where, and what that permits.

use super::Actor;
use crate::primitives::text_enum;

text_enum! {
    /// What a member of a campus's staff is.
    pub enum StaffRole {
        /// Governs the campus.
        Organiser = "organiser",
        /// Keeps its cohorts moving.
        Facilitator = "facilitator",
    }
}

/// One thing that somebody is at a campus or in a cohort. They can be several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On the staff of the campus.
    Staff(StaffRole),
    /// Was on its staff when it was closed.
    FormerStaff(StaffRole),
    /// Studies in the cohort.
    Student,
    /// Graduated from the cohort.
    Graduate,
    /// Mentors in the cohort about now.
    Mentor,
    /// Has signed up to mentor in the cohort, whenever that is or was.
    SignedUp,
    /// Has or had a place as a mentor in the cohort.
    PlaceHolder,
    /// Graduated from a cohort whose alumni the campus takes as mentors.
    AdmittedAlumnus,
    /// Cares for the students of the campus.
    PastoralCarer,
}

impl Standing {
    /// On the staff with this role, if any; an administrator counts as organiser everywhere.
    pub fn on_staff(actor: &Actor, role: Option<StaffRole>, is_closed: bool) -> Option<Self> {
        let role = if actor.is_admin() {
            Some(StaffRole::Organiser)
        } else {
            role
        };
        role.map(match is_closed {
            true => Self::FormerStaff,
            false => Self::Staff,
        })
    }
}

/// What somebody wants to do, as far as it depends on who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Change the campus itself and who its staff are.
    GovernCampus,
    /// Take all its data along, close it, and open it again.
    HandOverCampus,
    /// See the members of a campus, make programmes and cohorts there.
    RunCampus,
    /// Change a cohort, its weeks, students, teams and mentor slots; see drafts, rules and reports.
    RunCohort,
    /// See who is enrolled, the published teams and who has worked with whom.
    SeeInsideCohort,
    /// See when mentors are wanted and who comes.
    SeeMentorSlots,
    /// Read what mentors of a cohort tell each other.
    ReadHandOvers,
    /// Take a mentor's place.
    Mentor,
    /// Read and write what is noted about students in confidence.
    CarePastorally,
}

/// The one decision. Default deny: what is not listed is not permitted.
pub fn permits(standing: Standing, action: Action) -> bool {
    use Standing::{
        AdmittedAlumnus, FormerStaff, Graduate, Mentor, PastoralCarer, PlaceHolder, SignedUp, Staff, Student,
    };
    match action {
        Action::GovernCampus => standing == Staff(StaffRole::Organiser),
        Action::HandOverCampus => {
            matches!(
                standing,
                Staff(StaffRole::Organiser) | FormerStaff(StaffRole::Organiser)
            )
        }
        Action::RunCampus | Action::RunCohort => matches!(standing, Staff(_)),
        Action::SeeInsideCohort => matches!(standing, Staff(_) | Student | Graduate | Mentor),
        Action::SeeMentorSlots => matches!(
            standing,
            Staff(_) | Student | Graduate | Mentor | SignedUp | AdmittedAlumnus
        ),
        Action::ReadHandOvers => matches!(standing, Staff(_) | PlaceHolder),
        Action::Mentor => matches!(standing, Staff(_) | AdmittedAlumnus),
        // Not organisers, nor administrators: who cares is named.
        Action::CarePastorally => standing == PastoralCarer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_standing_permits_this_and_nothing_else() {
        use Action::{
            CarePastorally, GovernCampus, HandOverCampus, Mentor, ReadHandOvers, RunCampus, RunCohort, SeeInsideCohort,
            SeeMentorSlots,
        };
        let everything = [
            GovernCampus,
            HandOverCampus,
            RunCampus,
            RunCohort,
            SeeInsideCohort,
            SeeMentorSlots,
            ReadHandOvers,
            Mentor,
            CarePastorally,
        ];
        let permitted = |standing| everything.into_iter().filter(move |action| permits(standing, *action));
        let rows: [(Standing, &[Action]); 11] = [
            (Standing::Staff(StaffRole::Organiser), everything.get(..8).unwrap()),
            (Standing::Staff(StaffRole::Facilitator), everything.get(2..8).unwrap()),
            (Standing::FormerStaff(StaffRole::Organiser), &[HandOverCampus]),
            (Standing::FormerStaff(StaffRole::Facilitator), &[]),
            (Standing::Student, &[SeeInsideCohort, SeeMentorSlots]),
            (Standing::Graduate, &[SeeInsideCohort, SeeMentorSlots]),
            (Standing::Mentor, &[SeeInsideCohort, SeeMentorSlots]),
            (Standing::SignedUp, &[SeeMentorSlots]),
            (Standing::PlaceHolder, &[ReadHandOvers]),
            (Standing::AdmittedAlumnus, &[SeeMentorSlots, Mentor]),
            (Standing::PastoralCarer, &[CarePastorally]),
        ];
        for (standing, expected) in rows {
            assert!(permitted(standing).eq(expected.iter().copied()), "{standing:?}");
        }
    }
}
