//! Who was how often in the smaller team of a round.

use std::collections::BTreeMap;

use crate::{primitives::Id, teams::model::Seated};

/// Somebody's turns in smaller teams.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Turns {
    /// How many members their teams were short of the largest of the round, over all rounds.
    pub had: usize,
    /// How many they would have had if all who were there had had as many.
    pub share: f64,
    /// The first week of the first round in which they were in a team.
    pub since: i32,
}

/// Everybody's turns in some rounds. Who was not there owes nothing.
#[expect(clippy::cast_precision_loss, reason = "members of a team")]
pub fn turns(rounds: &[Seated]) -> BTreeMap<Id, Turns> {
    let mut all: BTreeMap<Id, Turns> = BTreeMap::new();
    for round in rounds {
        let largest = round.teams.iter().map(Vec::len).max().unwrap_or(0);
        let people: usize = round.teams.iter().map(Vec::len).sum();
        let total: usize = round.teams.iter().map(|team| team.len() * (largest - team.len())).sum();
        for team in &round.teams {
            for seat in team {
                let turns = all.entry(seat.person).or_insert(Turns {
                    since: round.span.first,
                    ..Turns::default()
                });
                turns.since = turns.since.min(round.span.first);
                turns.had += largest - team.len();
                turns.share += total as f64 / people as f64;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::teams::model::{Seat, Span};

    #[test]
    fn who_is_one_short_of_the_largest_team_has_a_turn_and_who_is_away_owes_none() {
        let ids: Vec<Id> = (0..5).map(|_| Id::new()).collect();
        let seat = |person: &Id| Seat {
            person: *person,
            role: None,
        };
        let round = |week, teams: &[&[Id]]| Seated {
            span: Span {
                first: week,
                last: week,
            },
            teams: teams.iter().map(|team| team.iter().map(seat).collect()).collect(),
        };
        let rounds = [round(1, &[&ids[..3], &ids[3..]]), round(2, &[&ids[..2], &ids[2..4]])];
        let found = turns(&rounds);
        let had: Vec<usize> = ids.iter().map(|id| found[id].had).collect();
        assert_eq!(had, [0, 0, 0, 1, 1]);
        assert_eq!(found[&ids[4]].since, 1);
        assert_eq!(turns(&rounds[1..])[&ids[0]].since, 2);
        assert!((found[&ids[0]].share - 0.4).abs() < 1e-9);
    }
}
