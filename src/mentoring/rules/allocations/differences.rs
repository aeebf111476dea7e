//! What has changed since a draw was computed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    mentoring::allocation::{Applicant, OpenSlot, Problem, Wish},
    primitives::Id,
};

/// What is not any more as it was.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Differences {
    /// Slots with other places, minimums or weeks, or that came or went.
    pub slots: BTreeSet<Id>,
    /// People with other wishes or other sign-ups, or who came or went.
    pub people: BTreeSet<Id>,
}

/// What has changed between two problems.
pub fn differences(before: &Problem, now: &Problem) -> Differences {
    let slots = |problem: &Problem| -> BTreeMap<Id, OpenSlot> {
        problem.slots.iter().map(|slot| (slot.id, slot.clone())).collect()
    };
    let people = |problem: &Problem| -> BTreeMap<Id, (Applicant, Vec<Option<Id>>)> {
        let slot = |wish: &Wish| problem.slots.get(wish.slot).map(|slot| slot.id);
        let companion = |at: &usize| problem.applicants.get(*at).map(|one| one.person);
        let named = |one: &Applicant| {
            // Places in lists move when others come or go; what they stand for is compared.
            let names = one.wishes.iter().map(slot).chain(one.together.iter().map(companion));
            let ranks = one.wishes.iter().map(|wish| Wish { slot: 0, ..*wish });
            let bare = Applicant {
                wishes: ranks.collect(),
                together: Vec::new(),
                // It comes with the draw.
                name_hash: None,
                named_id: None,
                ..one.clone()
            };
            (one.person, (bare, names.collect()))
        };
        problem.applicants.iter().map(named).collect()
    };
    let mut slots_changed = changed(&slots(before), &slots(now));
    slots_changed.extend(compete_otherwise(before, now));
    Differences {
        slots: slots_changed,
        people: changed(&people(before), &people(now)),
    }
}

fn changed<T: PartialEq>(before: &BTreeMap<Id, T>, now: &BTreeMap<Id, T>) -> BTreeSet<Id> {
    let ids = before.keys().chain(now.keys());
    ids.copied().filter(|id| before.get(id) != now.get(id)).collect()
}

/// Slots that compete with others than before.
fn compete_otherwise(before: &Problem, now: &Problem) -> BTreeSet<Id> {
    let pairs = |problem: &Problem| -> BTreeSet<(Id, Id)> {
        let id = |at: usize| problem.slots.get(at).map(|slot| slot.id);
        let pair = |(one, other): &(usize, usize)| Some((id(*one)?, id(*other)?));
        problem.competing.iter().filter_map(pair).collect()
    };
    let (before, now) = (pairs(before), pairs(now));
    before
        .symmetric_difference(&now)
        .flat_map(|(one, other)| [*one, *other])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            fixture::{candidate, now, wishes, wishing},
            problem,
        },
        *,
    };

    #[test]
    fn differences_name_slots_and_people_wherever_they_stand() {
        let now = now();
        let (one, other) = (candidate(5, 1, 0), candidate(6, 2, 0));
        let (amal, basma) = (wishing(&[&one, &other]), wishing(&[&other]));
        let (slots, people) = ([one.slot.id, other.slot.id], [amal.person, basma.person]);
        let mut given = wishes(vec![one, other], vec![amal, basma], vec![]);
        let before = problem(&given, now);
        assert_eq!(differences(&before, &before), Differences::default());
        // The first slot goes: so does a wish of the first, and the other moves up.
        given.slots[0].places.taken = 1;
        let changed = differences(&before, &problem(&given, now));
        assert_eq!(changed.slots, BTreeSet::from([slots[0]]));
        assert_eq!(changed.people, BTreeSet::from([people[0]]));
        given.slots[0].places.taken = 0;
        given.people.remove(0);
        let changed = differences(&before, &problem(&given, now));
        assert_eq!((changed.slots.len(), changed.people), (0, BTreeSet::from([people[0]])));
    }
}
