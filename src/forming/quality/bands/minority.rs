//! Nobody is the only one of a minority in a team, where that can be avoided.
//!
//! A minority is a group that fewer than half of those present belong to. Groups are bits, so that
//! a team is looked at once for all of them.

/// Watches for lone members of the groups in `mask`.
#[derive(Debug, Clone)]
pub(crate) struct Minority {
    /// The groups that are minorities in this round.
    pub mask: u64,
    /// How many of them have a single member present: somebody who is alone wherever they go.
    pub unavoidable: u32,
}

impl Minority {
    /// The minorities among groups of the given sizes.
    pub(crate) fn of(counts: &[usize], present: usize) -> Self {
        let mut minority = Self {
            mask: 0,
            unavoidable: 0,
        };
        for (bit, &count) in counts.iter().enumerate() {
            if count > 0 && 2 * count < present {
                minority.mask |= 1 << bit;
                minority.unavoidable += u32::from(count == 1);
            }
        }
        minority
    }

    /// How many people are alone in a team whose members belong to these groups.
    #[inline]
    pub(crate) fn alone(&self, members: impl Iterator<Item = u64>) -> u32 {
        let (mut once, mut twice) = (0, 0);
        for groups in members {
            twice |= once & groups;
            once |= groups;
        }
        (once & !twice & self.mask).count_ones()
    }
}
