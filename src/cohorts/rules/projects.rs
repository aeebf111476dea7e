//! What a project may be.

use crate::{
    error::{Error, Result},
    primitives::Line,
    programmes::model::too_many_outcomes,
};

/// What is wrong with the outcomes of a project.
///
/// # Errors
/// `422` at the pointer.
pub fn check_outcomes(pointer: &str, outcomes: &[Line]) -> Result<()> {
    Error::check_fields(too_many_outcomes(pointer, outcomes).into_iter().collect())
}

/// A pattern that makes names a repository can have: what is not filled in is checked as it is.
///
/// # Errors
/// `422` at `/repository_name`.
pub fn check_repository_name(pattern: &Line) -> Result<()> {
    let mut rest = pattern.as_str().to_owned();
    for filled_in in ["{cohort}", "{week}", "{team}"] {
        rest = rest.replace(filled_in, "x");
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if rest.len() <= 100 && rest.chars().all(fits) {
        return Ok(());
    }
    let why = "must be up to 100 letters, digits, `-`, `_` and `.`; {cohort}, {week} and {team} are filled in";
    Err(Error::field("/repository_name", "invalid", why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repository_names_are_what_a_repository_can_be_called() {
        let check = |pattern: &str| check_repository_name(&Line::parse(pattern).unwrap()).is_ok();
        assert!(check("{cohort}-week{week}-{team}") && check("Week_1.final"));
        for wrong in ["{student}", "week 1", "../x/y", "ü", &"x".repeat(101)] {
            assert!(!check(wrong), "{wrong}");
        }
    }
}
