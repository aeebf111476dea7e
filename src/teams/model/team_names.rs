//! What the teams of a round are called: no two the same, however they are capitalised.

use std::collections::BTreeSet;

use crate::{
    error::{Error, Result},
    primitives::Line,
};

/// The names that the teams of a round have.
#[derive(Default)]
pub struct TeamNames(BTreeSet<String>);

impl<'a> FromIterator<&'a Line> for TeamNames {
    fn from_iter<I: IntoIterator<Item = &'a Line>>(names: I) -> Self {
        Self(names.into_iter().map(folded).collect())
    }
}

impl TeamNames {
    /// Whether a team has this name already.
    pub fn contains(&self, name: &Line) -> bool {
        self.0.contains(&folded(name))
    }

    /// Takes a name, if no team has it already.
    pub fn take(&mut self, name: &Line) -> bool {
        self.0.insert(folded(name))
    }

    /// Names a new team: the first of `Team 1`, `Team 2` and so on that is free.
    ///
    /// # Errors
    /// Never for a number.
    pub fn take_free(&mut self) -> Result<Line> {
        let mut number = 1;
        loop {
            let name = Line::parse(&format!("Team {number}")).map_err(Error::internal)?;
            if self.0.insert(folded(&name)) {
                return Ok(name);
            }
            number += 1;
        }
    }
}

fn folded(name: &Line) -> String {
    name.as_str().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_team_gets_the_first_free_number() {
        let line = |name: &str| Line::parse(name).unwrap();
        let taken = [line("team 2"), line("Otters")];
        let mut names: TeamNames = taken.iter().collect();
        assert!(names.contains(&line("TEAM 2")) && names.contains(&line("otters")) && !names.contains(&line("Team 1")));
        let new: Vec<Line> = (0..3).map(|_| names.take_free().unwrap()).collect();
        assert_eq!(new, [line("Team 1"), line("Team 3"), line("Team 4")]);
    }
}
