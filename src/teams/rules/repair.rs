//! A repair: who moves between the teams of a published round, and who has which role then.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    error::{Error, FieldError, Result},
    primitives::{Bound, Id, Text},
    teams::model::{MemberRole, TeamSeats, take_seat},
};

/// One person's move between teams of a round.
#[derive(Clone, Debug, PartialEq, Hash, Serialize, JsonSchema)]
#[schemars(rename = "TeamMove")]
pub struct Move {
    /// The person.
    #[serde(rename = "person_id")]
    pub person: Id,
    /// The team they leave; null for somebody who was in none.
    pub from_team: Option<Id>,
    /// The team they join; null for somebody who is gone.
    pub to_team: Option<Id>,
}

/// Whether there is something to do and a reason for it.
///
/// # Errors
/// `422`, naming the field.
pub fn check_repair(moves: &[Move], reason: &Text) -> Result<()> {
    let mut wrong = Vec::new();
    if !(1..=100).contains(&moves.len()) {
        wrong.push(FieldError::at("/moves", "invalid", "must have 1 to 100 items"));
    }
    if reason.as_str().is_empty() {
        wrong.push(FieldError::at("/reason", "invalid", "must say why the teams change"));
    }
    Error::check_fields(wrong)
}

/// They stay on record.
pub const OF_A_ROUND: Bound = Bound {
    most: 200,
    whose: "a round",
    what: "repairs",
    remedy: "Its teams stay as they are.",
};

/// The teams of a round after a repair.
#[derive(Debug)]
pub struct Repaired {
    /// All of them.
    pub teams: Vec<TeamSeats>,
    /// Those that somebody has left or joined.
    pub changed: BTreeSet<Id>,
}

/// The teams after the moves. Everybody leaves before anybody joins, so that two who change places can
/// keep their roles; who joins a team takes a role that it lacks, their own if it does. `staying` are
/// those who are there and stay to the end of the round.
///
/// # Errors
/// `422` for a move that does not fit the teams as they are, or moves that come to nothing.
pub fn apply_moves(teams: &[TeamSeats], moves: &[Move], staying: &BTreeSet<Id>, roles: &[String]) -> Result<Repaired> {
    let home = |person: Id| teams.iter().find(|team| team.has(person)).map(|team| team.team);
    let is_team = |id: Id| teams.iter().any(|team| team.team == id);
    let (mut ends, mut order) = (BTreeMap::new(), Vec::new());
    for (at, step) in moves.iter().enumerate() {
        let now = ends.get(&step.person).copied().unwrap_or_else(|| home(step.person));
        check_move(step, now, is_team, staying.contains(&step.person)).map_err(|wrong| wrong.of_move(at))?;
        if ends.insert(step.person, step.to_team).is_none() {
            order.push(step.person);
        }
    }
    let end = |person: Id| ends.get(&person).copied().flatten();
    order.retain(|person| end(*person) != home(*person));
    if order.is_empty() {
        let detail = "change nothing: everybody ends where they were";
        return Err(Error::field("/moves", "invalid", detail));
    }
    let ways = order.iter().flat_map(|person| [home(*person), end(*person)]);
    let changed = ways.flatten().collect();
    let mut teams = teams.to_vec();
    let left: Vec<(Id, Option<String>)> = order.iter().map(|id| (*id, leave(&mut teams, *id))).collect();
    for (person, role) in left {
        let to = teams.iter_mut().find(|team| Some(team.team) == end(person));
        to.into_iter()
            .for_each(|team| take_seat(&mut team.seats, person, role.as_ref(), roles));
    }
    Ok(Repaired { teams, changed })
}

/// Who is no longer in the team they were in, by that team.
pub fn left(mut before: Vec<TeamSeats>, after: &[TeamSeats]) -> Vec<TeamSeats> {
    for team in &mut before {
        let now = after.iter().find(|now| now.team == team.team);
        team.seats.retain(|seat| !now.is_some_and(|now| now.has(seat.person)));
    }
    before.retain(|team| !team.seats.is_empty());
    before
}

/// The teams with other roles for some members of one of them.
///
/// # Errors
/// `422` for somebody who is not in the team or is named twice, and for a role that the programme does not have.
pub fn change_roles(teams: &[TeamSeats], team: Id, changes: &[MemberRole], roles: &[String]) -> Result<Vec<TeamSeats>> {
    let mut teams = teams.to_vec();
    let seats = teams.iter_mut().find(|one| one.team == team).map(|one| &mut one.seats);
    let seats = seats.ok_or_else(Error::not_found)?;
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for (at, change) in changes.iter().enumerate() {
        let pointer = |field: &str| format!("/members/{at}/{field}");
        if let Some(detail) = change.unknown_role(roles) {
            wrong.push(FieldError::at(pointer("role"), "not_found", detail));
        }
        match seats.iter_mut().find(|seat| seat.person == change.person_id) {
            None => wrong.push(FieldError::at(
                pointer("person_id"),
                "not_found",
                "must be a member of the team",
            )),
            Some(_) if !seen.insert(change.person_id) => {
                wrong.push(FieldError::at(pointer("person_id"), "invalid", "is listed twice"));
            }
            Some(seat) => seat.role.clone_from(&change.role),
        }
    }
    if changes.is_empty() {
        wrong.push(FieldError::at("/members", "invalid", "must have 1 to 20 items"));
    }
    Error::check_fields(wrong)?;
    Ok(teams)
}

/// What is wrong with a move.
struct WrongMove {
    field: &'static str,
    code: &'static str,
    detail: &'static str,
}

impl WrongMove {
    fn of_move(self, at: usize) -> Error {
        Error::field(format!("/moves/{at}/{}", self.field), self.code, self.detail)
    }
}

/// Whether a move can be made by somebody who is in the team `now`.
fn check_move(
    step: &Move,
    now: Option<Id>,
    is_team: impl Fn(Id) -> bool,
    stays: bool,
) -> std::result::Result<(), WrongMove> {
    let wrong = |field, code, detail| Err(WrongMove { field, code, detail });
    let no_team = "must be a team of this round";
    match (step.from_team, step.to_team) {
        (Some(from), _) if !is_team(from) => wrong("from_team", "not_found", no_team),
        (from, _) if now != from => wrong("person_id", "invalid", "is not in from_team"),
        (None, _) if !stays => wrong(
            "person_id",
            "not_found",
            "must be a student who is present in this round",
        ),
        (_, Some(to)) if !is_team(to) => wrong("to_team", "not_found", no_team),
        (from, to) if from == to => wrong("to_team", "invalid", "moves nobody anywhere"),
        (_, Some(_)) if !stays => wrong(
            "person_id",
            "absent",
            "has left or is absent in this round, so to_team must be null",
        ),
        (_, None) if stays => wrong(
            "to_team",
            "required",
            "must be a team: null is only for somebody who has left or is absent in this round",
        ),
        _ => Ok(()),
    }
}

/// Takes somebody out of their team and returns their role.
fn leave(teams: &mut [TeamSeats], person: Id) -> Option<String> {
    let mut role = None;
    for TeamSeats { seats, .. } in teams {
        role = role.or_else(|| seats.iter().find(|seat| seat.person == person)?.role.clone());
        seats.retain(|seat| seat.person != person);
    }
    role
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::teams::model::Seat;

    fn ids(count: usize) -> Vec<Id> {
        (0..count).map(|_| Id::new()).collect()
    }

    #[test]
    fn moves_must_fit_and_fill_the_role_that_is_missing() {
        let p = ids(5);
        let roles: Vec<String> = ["qa", "devops", "ux_lead"].map(Into::into).into();
        let seat = |(person, role): (&Id, &String)| Seat {
            person: *person,
            role: Some(role.clone()),
        };
        let teams: Vec<TeamSeats> = [&p[..2], &p[2..4]]
            .iter()
            .map(|team| TeamSeats {
                team: Id::new(),
                seats: team.iter().zip(&roles).map(seat).collect(),
            })
            .collect();
        let to = |person: Id, from: Option<usize>, to: Option<usize>| Move {
            person,
            from_team: from.map(|at| teams[at].team),
            to_team: to.map(|at| teams[at].team),
        };
        let staying = BTreeSet::from([p[1], p[2], p[3], p[4]]);
        let apply = |moves: &[Move]| apply_moves(&teams, moves, &staying, &roles);
        let after = apply(&[to(p[0], Some(0), None), to(p[2], Some(1), Some(0))]).unwrap();
        assert_eq!(after.changed.len(), 2);
        assert_eq!(
            after.teams[0].seats[1],
            Seat {
                person: p[2],
                role: Some("qa".into())
            }
        );
        let joined = apply(&[to(p[4], None, Some(0))]).unwrap();
        assert_eq!(joined.teams[0].seats[2].role.as_deref(), Some("ux_lead"));
        assert_eq!(joined.changed, BTreeSet::from([teams[0].team]));
        // Whoever changes places with somebody of the same role keeps it.
        let changed = apply(&[to(p[1], Some(0), Some(1)), to(p[3], Some(1), Some(0))]).unwrap();
        let roles_of = |at: usize| -> Vec<_> { changed.teams[at].seats.iter().map(|seat| seat.role.clone()).collect() };
        assert_eq!(roles_of(0), [Some("qa".into()), Some("devops".into())]);
        assert_eq!(roles_of(1), roles_of(0));
        assert!(apply(&[to(p[2], Some(1), Some(0)), to(p[2], Some(0), Some(1))]).is_err());
        for wrong in [
            to(p[0], Some(1), None),
            to(p[0], None, Some(1)),
            to(p[1], Some(0), Some(0)),
            to(p[1], Some(0), None),
            to(p[0], Some(0), Some(1)),
            to(Id::new(), None, Some(1)),
            Move {
                person: p[0],
                from_team: Some(Id::new()),
                to_team: None,
            },
            Move {
                person: p[0],
                from_team: Some(teams[0].team),
                to_team: Some(Id::new()),
            },
        ] {
            assert!(apply(&[wrong]).is_err());
        }
    }

    #[test]
    fn who_leaves_a_team_is_who_is_in_another_or_in_none() {
        let (p, teams) = (ids(4), ids(2));
        let of = |team: usize, people: &[Id]| TeamSeats {
            team: teams[team],
            seats: people
                .iter()
                .map(|person| Seat {
                    person: *person,
                    role: None,
                })
                .collect(),
        };
        let before = vec![of(0, &p[..2]), of(1, &p[2..])];
        for (after, gone) in [
            (vec![of(0, &[p[1], p[0]]), of(1, &p[2..])], vec![]),
            (
                vec![of(0, &[p[0], p[2]]), of(1, &[p[1], p[3]])],
                vec![of(0, &[p[1]]), of(1, &[p[2]])],
            ),
            (vec![of(0, &p[..3])], vec![of(1, &p[2..])]),
        ] {
            assert_eq!(left(before.clone(), &after), gone);
        }
    }
}
