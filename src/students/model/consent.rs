//! What students consent to having done with what they volunteer about themselves.

use diesel::prelude::*;

use crate::{
    db::schema::consents,
    primitives::{Id, Instant, text_enum},
};

text_enum! {
    /// A use of what a student volunteers about themself: experience and attributes.
    pub enum Purpose {
        /// Balancing the teams of their cohorts.
        TeamBalance = "team_balance",
        /// Being counted in what the campus tells of the diversity of its students.
        DiversityReports = "diversity_reports",
    }
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::TeamBalance, Self::DiversityReports];

    /// Whether it may go on while the student has not decided. Staff ask for experience and attributes on the
    /// application form to balance teams, and say so there; nobody expects to be counted in a report.
    pub fn is_given_unasked(self) -> bool {
        match self {
            Self::TeamBalance => true,
            Self::DiversityReports => false,
        }
    }
}

/// What somebody has decided about one use.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = consents)]
pub struct Consent {
    pub person_id: Id,
    /// The use.
    pub purpose: Purpose,
    /// Whether they consent to it.
    pub given: bool,
    pub decided_at: Instant,
}
