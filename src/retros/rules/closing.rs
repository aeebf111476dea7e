//! Which items of a retro become actions.

use crate::primitives::Id;

/// How many actions one retro makes at most: few enough to be done.
const MADE: usize = 3;

/// What comes of a count of votes.
#[derive(Debug, PartialEq)]
pub struct Top {
    /// Items that become actions, the one with most votes first.
    pub made: Vec<Id>,
    /// Items with equally many votes for which there was not room: people decide among them, not chance.
    pub tied: Vec<Id>,
}

/// The items with most votes, as many as there is room for with all that have equally many. An item without votes makes
/// no action.
pub fn top(counted: &[(Id, i32)]) -> Top {
    let mut ranked: Vec<(Id, i32)> = counted.iter().filter(|(_, votes)| *votes > 0).copied().collect();
    ranked.sort_by_key(|(id, votes)| (std::cmp::Reverse(*votes), *id));
    let mut top = Top {
        made: Vec::new(),
        tied: Vec::new(),
    };
    for equal in ranked.chunk_by(|(_, one), (_, other)| one == other) {
        let equal = equal.iter().map(|(id, _)| *id);
        match top.made.len() {
            there if there + equal.len() <= MADE => top.made.extend(equal),
            MADE => break,
            _ => {
                top.tied.extend(equal);
                break;
            }
        }
    }
    top
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_three_become_actions_and_a_tie_is_told() {
        let ids: Vec<Id> = (0..6).map(|_| Id::new()).collect();
        for (votes, made, tied) in [
            (&[][..], &[][..], &[][..]),
            (&[0, 0], &[], &[]),
            (&[1, 2, 0], &[1, 0], &[]),
            (&[1, 1], &[0, 1], &[]),
            (&[3, 2, 1, 0], &[0, 1, 2], &[]),
            (&[4, 3, 2, 1], &[0, 1, 2], &[]),
            // Two for the last place.
            (&[1, 3, 2, 1], &[1, 2], &[0, 3]),
            // Three for the last two.
            (&[1, 1, 2, 1], &[2], &[0, 1, 3]),
            // More than there is room for from the start.
            (&[1, 1, 1, 1], &[], &[0, 1, 2, 3]),
            // What comes behind a tie is not told.
            (&[2, 2, 2, 2, 1], &[], &[0, 1, 2, 3]),
            (&[2, 2, 2, 1, 1], &[0, 1, 2], &[]),
        ] {
            let counted: Vec<(Id, i32)> = ids.iter().copied().zip(votes.iter().copied()).collect();
            let named = |at: &[usize]| at.iter().map(|at| ids[*at]).collect::<Vec<Id>>();
            let expected = Top {
                made: named(made),
                tied: named(tied),
            };
            assert_eq!(top(&counted), expected, "{votes:?}");
        }
    }
}
