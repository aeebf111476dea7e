//! No team has a majority of a group (usually men), where the cohort allows it.

/// Watches one group.
#[derive(Debug, Clone)]
pub(crate) struct Majority {
    /// The group's bit.
    pub bit: u64,
    /// Teams that have such a majority whatever is done.
    pub unavoidable: u32,
}

impl Majority {
    /// For a group with `count` members present.
    ///
    /// Every team can take half its size without a majority; what is left over fills whole teams,
    /// those with most room first.
    pub(crate) fn of(bit: u64, count: usize, sizes: &[usize]) -> Self {
        let without: usize = sizes.iter().map(|size| size / 2).sum();
        let mut room: Vec<usize> = sizes.iter().map(|size| size - size / 2).collect();
        room.sort_unstable_by(|a, b| b.cmp(a));
        let (mut left, mut unavoidable) = (count.saturating_sub(without), 0);
        for more in room {
            if left == 0 {
                break;
            }
            left = left.saturating_sub(more);
            unavoidable += 1;
        }
        Self { bit, unavoidable }
    }

    /// Whether the group has more than half of the team.
    #[inline]
    pub(crate) fn broken(&self, members: impl Iterator<Item = u64>) -> bool {
        let (mut inside, mut size) = (0, 0);
        for groups in members {
            inside += u32::from(groups & self.bit != 0);
            size += 1;
        }
        2 * inside > size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_the_teams_that_cannot_help_it() {
        assert_eq!(Majority::of(1, 8, &[4, 4, 4, 4]).unavoidable, 0);
        assert_eq!(Majority::of(1, 9, &[4, 4, 4, 4]).unavoidable, 1);
        assert_eq!(Majority::of(1, 11, &[4, 4, 4, 4]).unavoidable, 2);
        assert_eq!(Majority::of(1, 16, &[4, 4, 4, 4]).unavoidable, 4);
    }
}
