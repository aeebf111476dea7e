//! What mentors got and did not get in a cohort.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    mentoring::{
        allocation::Why,
        model::{AllocationResult, MentorAverage, MentorShare, SignUpStatus, StoredPlace},
    },
    primitives::Id,
};

/// From so many people on, an average tells nothing of the others.
const ENOUGH: usize = 3;

/// Everybody's share: of confirmed allocations, of all sign-ups, and of draws lost in a row at the campus by now.
pub fn shares(
    allocated: &[AllocationResult],
    places: &[StoredPlace],
    in_a_row: &BTreeMap<Id, u32>,
) -> BTreeMap<Id, MentorShare> {
    let mut all: BTreeMap<Id, MentorShare> = BTreeMap::new();
    for wished in allocated.iter().flat_map(|result| &result.wishes) {
        let share = all.entry(wished.person).or_default();
        share.wishes += wished.outcomes.len();
        let granted = || wished.outcomes.iter().filter(|outcome| outcome.is_granted);
        share.wishes_granted += granted().count();
        share.first_wishes_granted += granted().filter(|outcome| outcome.rank == 1).count();
        share.draws_lost += wished
            .outcomes
            .iter()
            .filter(|outcome| outcome.why == Why::LostDraw)
            .count();
    }
    let mut lines: BTreeMap<(Id, Id), (bool, BTreeSet<&str>)> = BTreeMap::new();
    for place in places {
        let (waited, states) = lines.entry((place.person_id, place.slot_id)).or_default();
        *waited |= place.waited;
        states.insert(place.status.as_str());
    }
    for ((person, _), (waited, states)) in lines {
        let share = all.entry(person).or_default();
        let had = [SignUpStatus::Confirmed, SignUpStatus::Attended, SignUpStatus::NoShow];
        let has_place = had.iter().any(|status| states.contains(status.as_str()));
        share.places += usize::from(has_place);
        if waited {
            let still_waits = states.contains(SignUpStatus::Waitlisted.as_str());
            share.waited += 1;
            share.waited_with_success += usize::from(has_place);
            share.still_waiting += usize::from(!has_place && still_waits);
        }
    }
    for (person, share) in &mut all {
        share.draws_lost_in_a_row = in_a_row.get(person).copied().unwrap_or(0);
    }
    all
}

/// What they have on average; none where that would tell what one other has.
#[expect(clippy::cast_precision_loss, reason = "places of a cohort")]
pub fn average(shares: &BTreeMap<Id, MentorShare>) -> Option<MentorAverage> {
    let mean = |of: fn(&MentorShare) -> usize| {
        let sum: usize = shares.values().map(of).sum();
        (sum as f64 * 100.0 / shares.len() as f64).round() / 100.0
    };
    (shares.len() >= ENOUGH).then(|| MentorAverage {
        places: mean(|share| share.places),
        wishes: mean(|share| share.wishes),
        wishes_granted: mean(|share| share.wishes_granted),
        draws_lost: mean(|share| share.draws_lost),
        waited: mean(|share| share.waited),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(person: Id, slot: Id, status: SignUpStatus, waited: bool) -> StoredPlace {
        StoredPlace {
            slot_id: slot,
            person_id: person,
            status,
            waited,
        }
    }

    #[test]
    fn what_became_of_waiting_is_told_by_slot_also_when_the_place_came_another_way() {
        let (person, slots) = (Id::new(), [(); 4].map(|()| Id::new()));
        let places = [
            place(person, slots[0], SignUpStatus::Attended, true),
            place(person, slots[1], SignUpStatus::Waitlisted, true),
            place(person, slots[2], SignUpStatus::Cancelled, true),
            // They gave up waiting and took over the place of somebody else.
            place(person, slots[3], SignUpStatus::Cancelled, true),
            place(person, slots[3], SignUpStatus::Confirmed, false),
        ];
        let share = shares(&[], &places, &BTreeMap::from([(person, 2)]))[&person].clone();
        let expected = MentorShare {
            places: 2,
            waited: 4,
            waited_with_success: 2,
            still_waiting: 1,
            draws_lost_in_a_row: 2,
            ..MentorShare::default()
        };
        assert_eq!(share, expected);
    }

    #[test]
    fn the_average_of_two_is_not_told_because_each_would_know_the_other() {
        let of = |places| {
            (
                Id::new(),
                MentorShare {
                    places,
                    ..MentorShare::default()
                },
            )
        };
        let mut all = BTreeMap::from([of(1), of(2)]);
        assert_eq!(average(&all), None);
        all.extend([of(2)]);
        assert!((average(&all).unwrap().places - 1.67).abs() < 1e-9);
    }
}
