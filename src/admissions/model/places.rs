//! How full a cohort is.

use super::ApplicationStatus;

/// How full a cohort is, and how many wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Places {
    /// How many are taken.
    pub places: i64,
    /// Offered, and accepted by who is still a student.
    pub held: i64,
    /// How many wait.
    pub waiting: i64,
}

impl Places {
    /// How many are free.
    pub fn free(self) -> i64 {
        (self.places - self.held).max(0)
    }

    /// What becomes of somebody who is to have a place: while anybody waits they join the end, even if a place is free.
    pub fn for_newcomer(self) -> ApplicationStatus {
        match self.waiting == 0 && self.free() > 0 {
            true => ApplicationStatus::Offered,
            false => ApplicationStatus::Waitlisted,
        }
    }

    /// The same after somebody has become that.
    #[must_use]
    pub fn with(self, status: ApplicationStatus) -> Self {
        let is = |of| i64::from(status == of);
        Self {
            held: self.held + is(ApplicationStatus::Offered),
            waiting: self.waiting + is(ApplicationStatus::Waitlisted),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn while_anybody_waits_a_newcomer_joins_the_end_even_if_a_place_is_free() {
        for (held, waiting, expected) in [
            (0, 0, ApplicationStatus::Offered),
            (1, 0, ApplicationStatus::Offered),
            (2, 0, ApplicationStatus::Waitlisted),
            (1, 1, ApplicationStatus::Waitlisted),
            (0, 5, ApplicationStatus::Waitlisted),
            (3, 0, ApplicationStatus::Waitlisted),
        ] {
            let places = Places {
                places: 2,
                held,
                waiting,
            };
            assert_eq!(places.for_newcomer(), expected, "{places:?}");
        }
        let one = Places {
            places: 1,
            held: 0,
            waiting: 0,
        };
        let full = one.with(one.for_newcomer());
        assert_eq!((full.free(), full.for_newcomer()), (0, ApplicationStatus::Waitlisted));
        assert_eq!(full.with(full.for_newcomer()).waiting, 1);
    }
}
