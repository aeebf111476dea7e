//! Who has had which role how often.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::teams::model::{PersonName, Seat, Seated};

/// The roles somebody has had in published rounds.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "RoleLedgerEntry")]
pub struct LedgerEntry {
    /// The person.
    pub person: PersonName,
    /// In how many rounds they have been in a team.
    pub rounds: usize,
    /// How often they have had each role; those of the programme are all there.
    pub roles: BTreeMap<String, usize>,
    /// The role they had last.
    pub last_role: Option<String>,
    /// The first week of the round in which they had it.
    pub last_week: Option<i32>,
}

/// The entry of everybody in `students`, in their order. `rounds` are in the order of their weeks.
pub fn ledger(students: Vec<PersonName>, rounds: &[Seated], roles: &[String]) -> Vec<LedgerEntry> {
    let entry = |person: PersonName| {
        let mut entry = LedgerEntry {
            rounds: 0,
            roles: roles.iter().map(|role| (role.clone(), 0)).collect(),
            last_role: None,
            last_week: None,
            person,
        };
        for round in rounds {
            let mut seats = round.teams.iter().flatten();
            if let Some(seat) = seats.find(|seat| seat.person == entry.person.id) {
                entry.count(round, seat);
            }
        }
        entry
    };
    students.into_iter().map(entry).collect()
}

impl LedgerEntry {
    fn count(&mut self, round: &Seated, seat: &Seat) {
        self.rounds += 1;
        if let Some(role) = &seat.role {
            *self.roles.entry(role.clone()).or_default() += 1;
            self.last_role = Some(role.clone());
            self.last_week = Some(round.span.first);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{primitives::Id, teams::model::Span};

    #[test]
    fn counts_every_role_and_keeps_the_last() {
        let person = PersonName {
            id: Id::new(),
            name: "Amal".into(),
        };
        let round = |week, role: Option<&str>| Seated {
            span: Span {
                first: week,
                last: week + 1,
            },
            teams: vec![vec![Seat {
                person: person.id,
                role: role.map(Into::into),
            }]],
        };
        let rounds = [
            round(1, Some("qa")),
            round(3, Some("devops")),
            round(5, Some("qa")),
            round(7, None),
        ];
        let entry = ledger(vec![person.clone()], &rounds, &["qa".into(), "ux_lead".into()]).remove(0);
        assert_eq!(entry.rounds, 4);
        assert_eq!(
            entry.roles,
            BTreeMap::from([("devops".into(), 1), ("qa".into(), 2), ("ux_lead".into(), 0)])
        );
        assert_eq!((entry.last_role.as_deref(), entry.last_week), (Some("qa"), Some(5)));
    }
}
