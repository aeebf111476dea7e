//! The proof that somebody may change who is on a roster.

use crate::{cohorts::CohortStaff, primitives::Id};

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
