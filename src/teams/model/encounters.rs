//! Who has worked with whom.

use std::collections::BTreeMap;

use super::{PersonName, Seated};
use crate::primitives::Id;

/// Two people who were in one team.
#[derive(Clone, Debug, PartialEq)]
pub struct Encounter {
    /// The two people, in the order of their ids.
    pub pair: [Id; 2],
    /// The first week of each round in which they were.
    pub weeks: Vec<i32>,
}

/// The encounters of a cohort's students.
pub struct Encounters {
    /// What the cohort is called.
    pub cohort: String,
    /// Those who have not left, by name.
    pub students: Vec<PersonName>,
    /// The pairs that have met, in that order.
    pub met: Vec<Encounter>,
}

/// Every pair of `students` that met in `rounds`, in the order of `students`. A round counts once,
/// however many weeks it stood.
pub fn encounters(rounds: &[Seated], students: &[Id]) -> Vec<Encounter> {
    let place: BTreeMap<Id, usize> = students.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut met: BTreeMap<(usize, usize), Encounter> = BTreeMap::new();
    for round in rounds {
        for team in &round.teams {
            let mut members: Vec<(usize, Id)> = team
                .iter()
                .filter_map(|seat| Some((*place.get(&seat.person)?, seat.person)))
                .collect();
            members.sort_unstable();
            for (skip, (first, a)) in members.iter().enumerate() {
                for (second, b) in members.iter().skip(skip + 1) {
                    let encounter = met.entry((*first, *second)).or_insert_with(|| Encounter {
                        pair: [*a, *b],
                        weeks: Vec::new(),
                    });
                    encounter.weeks.push(round.span.first);
                }
            }
        }
    }
    met.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::teams::model::{Seat, Span};

    #[test]
    fn counts_a_round_once_and_leaves_out_who_is_gone() {
        let ids: Vec<Id> = (0..4).map(|_| Id::new()).collect();
        let [a, b, c, gone] = ids[..] else { unreachable!() };
        let team = |people: &[Id]| {
            people
                .iter()
                .map(|person| Seat {
                    person: *person,
                    role: None,
                })
                .collect()
        };
        let round = |first, last, teams: &[&[Id]]| Seated {
            span: Span { first, last },
            teams: teams.iter().map(|people| team(people)).collect(),
        };
        let rounds = [round(1, 2, &[&[b, a], &[c, gone]]), round(3, 3, &[&[a, b, c], &[gone]])];
        let found = encounters(&rounds, &[a, b, c]);
        let pairs: Vec<_> = found.iter().map(|e| (e.pair, e.weeks.clone())).collect();
        assert_eq!(pairs, [([a, b], vec![1, 3]), ([a, c], vec![3]), ([b, c], vec![3])]);
    }
}
