//! What can be done in a retro as it goes on.

use crate::{
    error::{Code, Error, Result},
    retros::model::{ItemKind, RetroScope, RetroStatus},
};

/// How many votes each has: in all in a team's retro, on items of one kind in a cohort's.
pub fn votes_each(scope: RetroScope) -> i32 {
    match scope {
        RetroScope::Team => 3,
        RetroScope::Cohort => 1,
    }
}

/// Something can be written and voted for.
///
/// # Errors
/// `409` in a closed retro.
pub fn check_open(status: RetroStatus) -> Result<()> {
    match status {
        RetroStatus::Open | RetroStatus::Voting => Ok(()),
        RetroStatus::Closed => Err(Error::new(
            Code::Conflict,
            "The retro is closed. What came of it are its actions.",
        )),
    }
}

/// What somebody may have voted for stays as it is.
///
/// # Errors
/// `409` once somebody has voted.
pub fn check_editable(status: RetroStatus) -> Result<()> {
    check_open(status)?;
    match status {
        RetroStatus::Voting => Err(Error::new(
            Code::Conflict,
            "Voting has begun, so items stay as they are. Write another one.",
        )),
        RetroStatus::Open | RetroStatus::Closed => Ok(()),
    }
}

/// How many votes somebody who has voted for items of these kinds has left; in a cohort's retro on one kind.
pub fn votes_left(scope: RetroScope, each: i32, kind: Option<ItemKind>, voted: &[ItemKind]) -> i32 {
    let counts = |one: &&ItemKind| scope == RetroScope::Team || Some(**one) == kind;
    let used = voted.iter().filter(counts).count();
    each.saturating_sub(i32::try_from(used).unwrap_or(i32::MAX)).max(0)
}

/// How many votes somebody has left in all who has so many left for each kind: in a team's retro the same for every kind.
pub fn left_in_all(scope: RetroScope, left: &[(ItemKind, i32)]) -> i32 {
    let votes = left.iter().map(|(_, votes)| *votes);
    match scope {
        RetroScope::Team => votes.max().unwrap_or_default(),
        RetroScope::Cohort => votes.sum(),
    }
}

/// Whether somebody who has voted for items of these kinds may vote for one of this kind.
///
/// # Errors
/// `409` if they have no vote left.
pub fn check_vote(scope: RetroScope, each: i32, kind: ItemKind, voted: &[ItemKind]) -> Result<()> {
    if votes_left(scope, each, Some(kind), voted) > 0 {
        return Ok(());
    }
    let votes = match (each, scope) {
        (1, RetroScope::Team) => "your vote".to_owned(),
        (_, RetroScope::Team) => format!("your {each} votes"),
        (1, RetroScope::Cohort) => format!("your vote on `{}`", kind.as_str()),
        (_, RetroScope::Cohort) => format!("your {each} votes on `{}`", kind.as_str()),
    };
    let detail = format!("You have given {votes} to other items. Take one back first.");
    Err(Error::new(Code::Conflict, detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ItemKind::{Continue, Go, Stop};

    #[test]
    fn three_votes_in_a_team_and_one_of_each_kind_in_a_cohort() {
        for (scope, voted, kind, may) in [
            (RetroScope::Team, &[][..], Stop, true),
            (RetroScope::Team, &[Stop, Stop], Stop, true),
            (RetroScope::Team, &[Stop, Stop, Go], Continue, false),
            (RetroScope::Cohort, &[], Stop, true),
            (RetroScope::Cohort, &[Stop], Stop, false),
            (RetroScope::Cohort, &[Stop], Go, true),
            (RetroScope::Cohort, &[Stop, Go, Continue], Go, false),
        ] {
            let checked = check_vote(scope, votes_each(scope), kind, voted);
            assert_eq!(checked.is_ok(), may, "{scope:?} {voted:?} {kind:?}");
        }
        let refused = check_vote(RetroScope::Cohort, 1, Stop, &[Stop]).unwrap_err();
        assert!(refused.detail().starts_with("You have given your vote on `stop`"));
        assert_eq!(votes_left(RetroScope::Team, 3, None, &[Stop, Go]), 1);
        assert_eq!(votes_left(RetroScope::Team, 1, None, &[Stop, Go]), 0);
        assert_eq!(left_in_all(RetroScope::Team, &[(Stop, 3), (Go, 3), (Continue, 3)]), 3);
        assert_eq!(left_in_all(RetroScope::Cohort, &[(Stop, 1), (Go, 0), (Continue, 1)]), 2);
    }

    #[test]
    fn items_change_until_somebody_has_voted_and_nothing_does_once_it_is_closed() {
        for (status, open, editable) in [
            (RetroStatus::Open, true, true),
            (RetroStatus::Voting, true, false),
            (RetroStatus::Closed, false, false),
        ] {
            assert_eq!(check_open(status).is_ok(), open, "{status:?}");
            assert_eq!(check_editable(status).is_ok(), editable, "{status:?}");
        }
    }
}
