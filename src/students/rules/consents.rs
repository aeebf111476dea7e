//! What people consent to.

use crate::{
    primitives::Instant,
    students::model::{Consent, Purpose},
};

/// Whether somebody consents to a use, and since when they have said so or the contrary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standpoint {
    pub purpose: Purpose,
    pub given: bool,
    /// None if they have not decided.
    pub decided_at: Option<Instant>,
}

/// What somebody with these decisions consents to, use by use.
pub fn standpoints(decisions: &[Consent]) -> [Standpoint; 2] {
    Purpose::ALL.map(|purpose| {
        let decision = decisions.iter().find(|decision| decision.purpose == purpose);
        Standpoint {
            purpose,
            given: decision.map_or(purpose.is_given_unasked(), |decision| decision.given),
            decided_at: decision.map(|decision| decision.decided_at),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Id;

    #[test]
    fn teams_are_balanced_until_somebody_objects_and_reports_wait_for_consent() {
        use Purpose::{DiversityReports, TeamBalance};
        let now = Instant::now();
        let decided = |purpose, given| Consent {
            person_id: Id::new(),
            purpose,
            given,
            decided_at: now,
        };
        for (decisions, expected) in [
            (vec![], [(true, false), (false, false)]),
            (vec![decided(TeamBalance, false)], [(false, true), (false, false)]),
            (vec![decided(DiversityReports, true)], [(true, false), (true, true)]),
            (
                vec![decided(DiversityReports, false), decided(TeamBalance, true)],
                [(true, true), (false, true)],
            ),
        ] {
            let found = standpoints(&decisions).map(|one| (one.given, one.decided_at.is_some()));
            assert_eq!(found, expected);
        }
    }
}
