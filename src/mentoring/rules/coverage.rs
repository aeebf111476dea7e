//! Which weeks lack somebody.

use std::collections::BTreeSet;

use crate::{mentoring::model::Slot, primitives::Id};

/// How well a week is covered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Mentors its slots take.
    pub wanted: i32,
    /// Places of those who will come or came.
    pub confirmed: i32,
    /// Mentors still missing: what one slot has too many does not help another.
    pub gap: i32,
    /// Its slots.
    pub slots: i32,
    /// Whether one person is all there is.
    pub alone: bool,
}

/// The coverage of a week from its slots and who comes to each.
pub fn coverage<'a>(slots: impl IntoIterator<Item = (&'a Slot, &'a [Id])>) -> Coverage {
    let mut coverage = Coverage::default();
    let mut people: BTreeSet<Id> = BTreeSet::new();
    for (slot, mentors) in slots {
        let coming = i32::try_from(mentors.len()).unwrap_or(i32::MAX);
        coverage.wanted += slot.min_mentors;
        coverage.confirmed += coming;
        coverage.gap += (slot.min_mentors - coming).max(0);
        coverage.slots += 1;
        people.extend(mentors);
    }
    coverage.alone = people.len() == 1;
    coverage
}

#[cfg(test)]
mod tests {
    use super::{super::tests::slot, *};

    #[test]
    fn a_full_slot_does_not_fill_the_gap_of_another() {
        let (busy, empty) = (slot(1, 3, None), slot(2, 3, None));
        let (a, b) = (Id::new(), Id::new());
        let both = coverage([(&busy, [a, b].as_slice()), (&empty, [].as_slice())]);
        let expected = Coverage {
            wanted: 3,
            confirmed: 2,
            gap: 2,
            slots: 2,
            alone: false,
        };
        assert_eq!(both, expected);
        let twice = coverage([(&busy, [a].as_slice()), (&empty, [a].as_slice())]);
        assert!(twice.alone && twice.gap == 1);
        assert_eq!(coverage([]), Coverage::default());
    }
}
