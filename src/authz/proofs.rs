//! Proofs that somebody may do something somewhere. Their fields are private to this file: holding
//! one means that [`permits`] said yes.

use super::{Action, Actor, Place, permits};
use crate::{
    error::{Code, Error, Result},
    primitives::Id,
};

/// Has an account and a live session.
#[derive(Clone, Copy, Debug)]
pub struct SignedIn {
    person: Id,
}

impl SignedIn {
    /// # Errors
    /// `401` for nobody.
    pub fn prove(actor: &Actor) -> Result<Self> {
        let person = actor.person().ok_or_else(|| {
            Error::new(
                Code::AuthenticationRequired,
                "Log in at POST /v1/auth/login and send the access token as Bearer.",
            )
        })?;
        Ok(Self { person })
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }
}

macro_rules! campus_proofs {
    ($($(#[$meta:meta])* $name:ident = $action:ident, $who:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name { person: Id, campus: Id }

        impl $name {
            /// For a campus that everybody may see.
            ///
            /// # Errors
            /// `401` for nobody, `403` for those who may not.
            pub fn prove(actor: &Actor, campus: Id) -> Result<Self> {
                let person = SignedIn::prove(actor)?.person();
                match permits(actor, Action::$action, Place { campus, cohort: None }) {
                    true => Ok(Self { person, campus }),
                    false => Err(Error::forbidden($who)),
                }
            }

            /// For something that those who may not do not even see.
            ///
            /// # Errors
            /// `401` for nobody, `404` for those who may not.
            pub fn prove_or_hide(actor: &Actor, campus: Id) -> Result<Self> {
                Self::prove(actor, campus).map_err(hide)
            }

            /// Who it is.
            pub fn person(&self) -> Id { self.person }

            /// The campus it holds for.
            pub fn campus(&self) -> Id { self.campus }
        }
    )*};
}

campus_proofs! {
    /// May change the campus and its staff.
    CampusOrganiser = GovernCampus, "an organiser of the campus";
    /// Is on the staff of the campus.
    CampusStaff = RunCampus, "staff of the campus";
}

macro_rules! cohort_proofs {
    ($($(#[$meta:meta])* $name:ident = $action:ident, $who:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name { person: Id, cohort: Id }

        impl $name {
            /// For something that everybody, or whoever asks, may see.
            ///
            /// # Errors
            /// `401` for nobody, `403` for those who may not.
            pub fn prove(actor: &Actor, campus: Id, cohort: Id) -> Result<Self> {
                let person = SignedIn::prove(actor)?.person();
                match permits(actor, Action::$action, Place { campus, cohort: Some(cohort) }) {
                    true => Ok(Self { person, cohort }),
                    false => Err(Error::forbidden($who)),
                }
            }

            /// For something that those who may not do not even see.
            ///
            /// # Errors
            /// `401` for nobody, `404` for those who may not.
            pub fn prove_or_hide(actor: &Actor, campus: Id, cohort: Id) -> Result<Self> {
                Self::prove(actor, campus, cohort).map_err(hide)
            }

            /// Who it is.
            pub fn person(&self) -> Id { self.person }

            /// The cohort it holds for.
            pub fn cohort(&self) -> Id { self.cohort }
        }
    )*};
}

cohort_proofs! {
    /// Is on the staff of the cohort's campus.
    CohortStaff = RunCohort, "staff of the campus";
    /// May see inside the cohort: its students and graduates, staff, mentors confirmed in it.
    CohortInsider = SeeInsideCohort, "the cohort's students, mentors and staff";
    /// May see when mentors are wanted.
    SlotViewer = SeeMentorSlots, "alumni whom the campus admits, the cohort's students and staff";
    /// May take a mentor's place.
    Mentor = Mentor, "alumni whom the campus admits, and staff";
}

/// May enrol and invite students: the staff of the cohort's campus, or whoever has a shell on the
/// machine that the service runs on, who could write the database anyway.
#[derive(Clone, Copy, Debug)]
pub struct RosterKeeper {
    person: Option<Id>,
    cohort: Id,
}

impl RosterKeeper {
    /// For the command line, and for nothing that answers over a network.
    pub fn at_the_console(cohort: Id) -> Self {
        Self { person: None, cohort }
    }

    /// Who it is; nobody in particular at the console.
    pub fn person(&self) -> Option<Id> {
        self.person
    }

    /// The cohort it holds for.
    pub fn cohort(&self) -> Id {
        self.cohort
    }
}

impl From<CohortStaff> for RosterKeeper {
    fn from(staff: CohortStaff) -> Self {
        Self {
            person: Some(staff.person()),
            cohort: staff.cohort(),
        }
    }
}

fn hide(error: Error) -> Error {
    if error.code() == Code::Forbidden {
        Error::not_found()
    } else {
        error
    }
}
