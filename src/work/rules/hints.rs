//! Who is shown which hint.

use chrono::NaiveDate;

use crate::{
    error::{Code, Error, Result},
    primitives::Bound,
};

/// What one project holds.
pub const HINTS: Bound = Bound {
    most: 50,
    whose: "one project",
    what: "hints of this project",
    remedy: "Whoever needs more needs somebody to talk to.",
};

/// How often one hint is changed.
pub const TEXTS: Bound = Bound {
    most: 20,
    whose: "one hint",
    what: "earlier texts of this hint",
    remedy: "Write another hint.",
};

/// A hint that a team was shown stays.
///
/// # Errors
/// `409`
pub fn check_unseen(was_shown: bool) -> Result<()> {
    match was_shown {
        false => Ok(()),
        true => Err(Error::new(
            Code::Conflict,
            "A team has been shown this hint. Change what it says instead.",
        )),
    }
}

/// Hints are for open projects.
///
/// # Errors
/// `409` for another.
pub fn check_is_open(is_open: bool) -> Result<()> {
    match is_open {
        true => Ok(()),
        false => Err(Error::new(
            Code::Conflict,
            "The project is not open, so it has no hints. Open it first: `\"open\": true`.",
        )),
    }
}

/// A week's work begins with the week.
///
/// # Errors
/// `409` before.
pub fn check_has_begun(starts_on: NaiveDate, today: NaiveDate) -> Result<()> {
    match today >= starts_on {
        true => Ok(()),
        false => {
            let detail = format!("The week begins on {starts_on}. Ask for hints from then on.");
            Err(Error::new(Code::Conflict, detail))
        }
    }
}

/// What asking for a hint comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The team sees it from now on.
    Revealed,
    /// Somebody of the team has asked for it already.
    Known,
}

/// A team with so many hints of a project that has so many in all asks for this one.
///
/// # Errors
/// `422` for one that is not next, or that the project does not have.
pub fn ask(number: i32, known: i32, all: i32) -> Result<Asked> {
    match number {
        1.. if number <= known => Ok(Asked::Known),
        1.. if number > all => {
            let detail = format!("is none of the {all} hints that the project has");
            Err(Error::field("/number", "not_found", detail))
        }
        _ if number == known + 1 => Ok(Asked::Revealed),
        _ => {
            let detail = format!(
                "must be {}: your team has {known} hints, and they come in order",
                known + 1
            );
            Err(Error::field("/number", "invalid", detail))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_come_one_by_one_and_twice_is_once() {
        let cases = [
            (1, 0, 3, Some(Asked::Revealed)),
            (1, 1, 3, Some(Asked::Known)),
            (2, 1, 3, Some(Asked::Revealed)),
            (1, 3, 3, Some(Asked::Known)),
            (3, 1, 3, None),
            (4, 3, 3, None),
            (1, 0, 0, None),
            (0, 0, 3, None),
            (-1, 0, 3, None),
        ];
        for (number, known, all, expected) in cases {
            assert_eq!(
                ask(number, known, all).ok(),
                expected,
                "{number} of {all}, {known} known"
            );
        }
    }
}
