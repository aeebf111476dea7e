//! How many there may be of what somebody makes, so that one account cannot fill the disk.

use crate::error::{Code, Error, Result};

/// As many of something as there may be.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// So many, and no more.
    pub most: i64,
    /// Whose they are, such as `a campus`.
    pub whose: &'static str,
    /// What they are, in the plural.
    pub what: &'static str,
    /// What to do to make room.
    pub remedy: &'static str,
}

impl Bound {
    /// Whether there is room for one more beside so many, as a database or the length of a list counts them.
    ///
    /// # Errors
    /// `409 conflict`.
    pub fn check_room(self, there: impl TryInto<i64>) -> Result<()> {
        self.check_room_for(1, there.try_into().unwrap_or(i64::MAX))
    }

    /// Whether there is room for several more.
    ///
    /// # Errors
    /// `409 conflict`.
    pub fn check_room_for(self, more: usize, there: i64) -> Result<()> {
        if i64::try_from(more).is_ok_and(|more| there.saturating_add(more) <= self.most) {
            return Ok(());
        }
        let Self {
            most,
            whose,
            what,
            remedy,
        } = self;
        Err(Error::new(
            Code::Conflict,
            format!("There are {there} {what}, and {whose} has at most {most}. {remedy}"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_and_no_more() {
        let bound = Bound {
            most: 2,
            whose: "a campus",
            what: "programmes",
            remedy: "Change one instead.",
        };
        assert!(bound.check_room(1).is_ok() && bound.check_room(1_usize).is_ok());
        assert!(bound.check_room_for(2, 0).is_ok());
        assert!(bound.check_room_for(2, 1).is_err());
        for there in [2_i64, 3] {
            let refused = bound.check_room(there).unwrap_err();
            assert_eq!(refused.code(), Code::Conflict);
            assert!(
                refused
                    .detail()
                    .ends_with("a campus has at most 2. Change one instead.")
            );
        }
    }
}
