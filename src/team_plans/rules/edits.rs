//! What an edit makes of a round.

use std::{collections::BTreeMap, slice::from_ref};

use super::infeasible::{describe_sizes, list_sizes};
use crate::{
    error::{Error, Result},
    primitives::Id,
    team_plans::model::{DescribedDemand, PlanRequest, RepeatedPair},
    teams::model::{Seat, Seated, encounters},
};

/// A change to a round by hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Edit {
    /// Two people change places and roles; within one team only the roles.
    Swap([Id; 2]),
    /// Somebody goes to another team, by its place in the round, with their role.
    Move(Id, usize),
}

/// The round after the edit.
///
/// # Errors
/// `422` for somebody who is in no team of the round, or nothing to do.
pub fn apply(round: &Seated, edit: Edit) -> Result<Seated> {
    match edit {
        Edit::Swap(pair) => swap(round, pair),
        Edit::Move(person, to) => put(round, person, to),
    }
}

fn swap(round: &Seated, [a, b]: [Id; 2]) -> Result<Seated> {
    if a == b {
        return Err(Error::field("/people/1", "invalid", "must be another person"));
    }
    for (pointer, person) in [("/people/0", a), ("/people/1", b)] {
        team_of(round, person, pointer)?;
    }
    let mut round = round.clone();
    for seat in round.teams.iter_mut().flatten() {
        if seat.person == a {
            seat.person = b;
        } else if seat.person == b {
            seat.person = a;
        }
    }
    Ok(round)
}

fn put(round: &Seated, person: Id, to: usize) -> Result<Seated> {
    let from = team_of(round, person, "/person_id")?;
    if from == to {
        return Err(Error::field(
            "/to_team",
            "invalid",
            "must be another team: they are in this one already",
        ));
    }
    let mut round = round.clone();
    let team = round.teams.get_mut(from);
    let seat = team.and_then(|team| {
        let at = team.iter().position(|seat| seat.person == person)?;
        Some(team.remove(at))
    });
    if let (Some(seat), Some(team)) = (seat, round.teams.get_mut(to)) {
        team.push(seat);
    }
    Ok(round)
}

/// The round after a swap of somebody with each other person in it.
///
/// # Errors
/// `422` for somebody who is in no team of the round.
pub fn swaps_of(round: &Seated, person: Id) -> Result<Vec<(Id, Seated)>> {
    team_of(round, person, "/person_id")?;
    let others = round.teams.iter().flatten().map(|seat| seat.person);
    let others = others.filter(|other| *other != person);
    others.map(|other| Ok((other, swap(round, [person, other])?))).collect()
}

fn team_of(round: &Seated, person: Id, pointer: &str) -> Result<usize> {
    let is_in = |team: &Vec<Seat>| team.iter().any(|seat| seat.person == person);
    let detail = || format!("is in no team of week {}", round.span.first);
    round
        .teams
        .iter()
        .position(is_in)
        .ok_or_else(|| Error::field(pointer, "not_found", detail()))
}

/// The pairs that are together after an edit and were not before, if they are in other rounds too, with the first weeks
/// of those.
pub fn repeats_from(before: &Seated, after: &Seated, others: &[Seated]) -> Vec<RepeatedPair> {
    let mut people: Vec<Id> = after.teams.iter().flatten().map(|seat| seat.person).collect();
    people.sort_unstable();
    let met = |rounds: &[Seated]| -> BTreeMap<[Id; 2], Vec<i32>> {
        let met = encounters(rounds, &people).into_iter();
        met.map(|met| (met.pair, met.weeks)).collect()
    };
    let (before, elsewhere) = (met(from_ref(before)), met(others));
    let repeated = |(people, _)| {
        let weeks = elsewhere.get(&people).filter(|_| !before.contains_key(&people))?;
        Some(RepeatedPair {
            people,
            weeks: weeks.iter().filter_map(|week| u32::try_from(*week).ok()).collect(),
        })
    };
    met(from_ref(after)).into_iter().filter_map(repeated).collect()
}

/// Whether a round has teams of the same sizes as before.
pub fn are_sizes_kept(before: &Seated, after: &Seated) -> bool {
    sizes(before) == sizes(after)
}

fn sizes(round: &Seated) -> Vec<usize> {
    let mut sizes: Vec<usize> = round.teams.iter().map(Vec::len).collect();
    sizes.sort_unstable();
    sizes
}

/// The sizes that were asked for, if the round does not have them.
pub fn wrong_sizes(request: &PlanRequest, round: &Seated) -> Option<DescribedDemand> {
    let sizes = sizes(round);
    let right = match request.sizes_in(round.span) {
        Some(asked) => {
            let mut asked = asked.to_vec();
            asked.sort_unstable();
            asked == sizes
        }
        None => sizes.iter().all(|size| request.team_size.takes(*size)),
    };
    let description = format!(
        "teams of {} in week {} instead of {}, as asked for",
        list_sizes(&sizes),
        round.span.first,
        describe_sizes(request, round.span)
    );
    (!right).then(|| DescribedDemand::sizes(round.span.first, description))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::teams::model::Span;

    fn round(people: &[Id]) -> Seated {
        let seat = |(person, role): (&Id, &str)| Seat {
            person: *person,
            role: Some(role.into()),
        };
        let roles = ["qa", "devops"];
        Seated {
            span: Span { first: 1, last: 1 },
            teams: people
                .chunks(2)
                .map(|team| team.iter().zip(roles).map(seat).collect())
                .collect(),
        }
    }

    #[test]
    fn swaps_people_and_their_roles() {
        let ids: Vec<Id> = (0..4).map(|_| Id::new()).collect();
        let [a, b, c, d] = ids[..] else { unreachable!() };
        let before = round(&ids);
        assert_eq!(apply(&before, Edit::Swap([a, c])).unwrap(), round(&[c, b, a, d]));
        assert_eq!(apply(&before, Edit::Swap([a, b])).unwrap(), round(&[b, a, c, d]));
        let refused = [
            Edit::Swap([a, a]),
            Edit::Swap([a, Id::new()]),
            Edit::Move(a, 0),
            Edit::Move(Id::new(), 1),
        ];
        assert!(refused.iter().all(|edit| apply(&before, *edit).is_err()));
        let moved = apply(&before, Edit::Move(a, 1)).unwrap();
        assert_eq!(moved.teams.iter().map(Vec::len).collect::<Vec<_>>(), [1, 3]);
    }
}
