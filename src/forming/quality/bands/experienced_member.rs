//! Every team has at least one experienced member, where there are enough of them.

/// Watches for teams without anybody experienced.
#[derive(Debug, Clone)]
pub(crate) struct ExperiencedMember {
    /// The bit that experienced people have.
    pub bit: u64,
    /// Teams that go without, there being too few experienced people present.
    pub unavoidable: u32,
}

impl ExperiencedMember {
    /// For `experienced` people present and so many teams.
    pub(crate) fn of(bit: u64, experienced: usize, teams: usize) -> Self {
        Self {
            bit,
            unavoidable: teams.saturating_sub(experienced) as u32,
        }
    }

    /// Whether nobody in the team is experienced.
    #[inline]
    pub(crate) fn broken(&self, mut members: impl Iterator<Item = u64>) -> bool {
        members.all(|groups| groups & self.bit == 0)
    }
}
