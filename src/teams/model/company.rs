//! Whom somebody is with in a round.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Names, PersonName, Seat, Seated};
use crate::primitives::Id;

/// What somebody looks after in a round, and whom they are with.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Company {
    /// What they look after.
    pub role: Option<String>,
    /// How often they have had that role in earlier rounds.
    pub role_before: usize,
    /// Whom they are with.
    pub with: Vec<Teammate>,
    /// Those of them whom they have not met before.
    pub fresh: usize,
    /// Those whom they have.
    pub repeats: usize,
}

impl Company {
    /// Of `person` in `round`, after the rounds `before` it.
    pub fn of(person: Id, round: &Seated, before: &[&Seated], names: &Names) -> Self {
        let with: Vec<Teammate> = round
            .mates(person)
            .map(|mate| met(person, mate, before, names))
            .collect();
        let role = round.seat_of(person).and_then(|seat| seat.role.clone());
        let had = |earlier: &&&Seated| role.is_some() && earlier.seat_of(person).is_some_and(|seat| seat.role == role);
        Self {
            role_before: before.iter().filter(had).count(),
            fresh: with.iter().filter(|mate| mate.met_before == 0).count(),
            repeats: with.iter().filter(|mate| mate.met_before > 0).count(),
            role,
            with,
        }
    }
}

/// Somebody in their team.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ExplainedMate")]
pub struct Teammate {
    /// The person.
    pub person: PersonName,
    /// How often they were in one team in earlier rounds.
    pub met_before: usize,
    /// The first weeks of those rounds.
    pub weeks: Vec<i32>,
}

fn met(person: Id, mate: Id, before: &[&Seated], names: &Names) -> Teammate {
    let together = before.iter().filter(|round| round.are_together(&[person, mate]));
    let weeks: Vec<i32> = together.map(|round| round.span.first).collect();
    Teammate {
        person: names.of(mate),
        met_before: weeks.len(),
        weeks,
    }
}

impl Seated {
    /// Whether all of them are in one team.
    pub fn are_together(&self, people: &[Id]) -> bool {
        let mut teams = people.iter().map(|id| self.team_of(*id));
        let first = teams.next().flatten();
        first.is_some() && teams.all(|team| team == first)
    }

    /// The place of somebody's team in the round, from 0.
    pub fn team_of(&self, person: Id) -> Option<usize> {
        self.teams
            .iter()
            .position(|team| team.iter().any(|seat| seat.person == person))
    }

    /// Somebody's place in a team.
    pub fn seat_of(&self, person: Id) -> Option<&Seat> {
        self.teams.iter().flatten().find(|seat| seat.person == person)
    }

    /// The others in the team of `person`.
    pub fn mates(&self, person: Id) -> impl Iterator<Item = Id> {
        let team = self.team_of(person).and_then(|at| self.teams.get(at));
        team.into_iter()
            .flatten()
            .map(|seat| seat.person)
            .filter(move |id| *id != person)
    }
}
