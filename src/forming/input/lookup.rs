//! Looking people up by id, and refusing a case with the place of what is wrong.

use std::collections::{BTreeSet, HashMap};

use crate::input::error::ProblemError;
use crate::input::people::PersonIx;
use crate::input::teams::Teams;

/// Fails with a pointer and a formatted sentence.
macro_rules! refuse {
    ($pointer:expr, $($message:tt)+) => {
        return Err($crate::input::error::ProblemError { pointer: $pointer.into(), message: format!($($message)+) })
    };
}
pub(super) use refuse;

/// People by their ids.
pub(super) type Index<'a> = HashMap<&'a str, PersonIx>;

/// The person with an id.
pub(super) fn find(index: &Index<'_>, id: &str, pointer: impl Fn() -> String) -> Result<PersonIx, ProblemError> {
    match index.get(id) {
        Some(&person) => Ok(person),
        None => refuse!(pointer(), "nobody is called {id:?}"),
    }
}

/// Looks everybody up and refuses a person who is in two places.
pub(super) fn teams(at: &str, teams: &[Vec<String>], index: &Index<'_>) -> Result<Teams, ProblemError> {
    let mut seen = BTreeSet::new();
    let mut result = Vec::with_capacity(teams.len());
    for (t, team) in teams.iter().enumerate() {
        let mut members = Vec::with_capacity(team.len());
        for (m, id) in team.iter().enumerate() {
            let person = find(index, id, || format!("{at}/{t}/{m}"))?;
            if !seen.insert(person) {
                refuse!(format!("{at}/{t}/{m}"), "{id:?} is in two places of one week");
            }
            members.push(person);
        }
        result.push(members);
    }
    Ok(result)
}
