//! What people are called.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Team;
use crate::{
    accounts::model::{PersonCard, PersonView},
    primitives::{Id, Line},
};

/// Somebody by name, and nothing else of them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PersonName {
    /// The person's id.
    pub id: Id,
    /// What others call them.
    pub name: String,
}

impl From<&PersonCard> for PersonName {
    fn from(card: &PersonCard) -> Self {
        Self {
            id: card.id,
            name: card.name.to_string(),
        }
    }
}

impl From<&PersonView> for PersonName {
    fn from(view: &PersonView) -> Self {
        Self {
            id: view.id,
            name: view.name.to_string(),
        }
    }
}

/// A team, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TeamName {
    /// The team's id.
    pub id: Id,
    /// Name to show.
    pub name: Line,
}

impl From<&Team> for TeamName {
    fn from(team: &Team) -> Self {
        Self {
            id: team.id,
            name: team.name.clone(),
        }
    }
}

/// What people of the cohort are called.
#[derive(Clone, Debug, Default)]
pub struct Names(pub HashMap<Id, String>);

impl FromIterator<PersonName> for Names {
    fn from_iter<I: IntoIterator<Item = PersonName>>(people: I) -> Self {
        Self(people.into_iter().map(|person| (person.id, person.name)).collect())
    }
}

impl Names {
    /// Somebody by name. Who is not known any more has none.
    pub fn of(&self, id: Id) -> PersonName {
        let name = self.0.get(&id).cloned();
        PersonName {
            id,
            name: name.unwrap_or_else(|| "somebody".into()),
        }
    }

    /// Somebody's name, if they are known.
    pub fn get(&self, id: Id) -> Option<String> {
        self.0.get(&id).cloned()
    }

    /// Several by name, as in a sentence.
    pub fn list(&self, people: &[Id]) -> String {
        let names: Vec<String> = people.iter().map(|id| self.of(*id).name).collect();
        match names.as_slice() {
            [but_last @ .., last] if !but_last.is_empty() => format!("{} and {last}", but_last.join(", ")),
            one => one.concat(),
        }
    }
}
