//! A team's mean experience lies within a tolerance of that of everybody present.

/// The band of one round.
#[derive(Debug, Clone)]
pub(crate) struct Experience {
    /// The sum over all present, in thousandths.
    pub total: i64,
    /// How many are present.
    pub people: i64,
    /// The tolerance, in thousandths.
    pub tolerance: i64,
}

impl Experience {
    /// How far a team's mean lies from the cohort's, in thousandths.
    pub(crate) fn deviation(&self, sum: i64, size: i64) -> i64 {
        (sum * self.people - self.total * size) / (size * self.people).max(1)
    }

    /// Whether the team lies outside the band; exact, whatever the division above drops.
    pub(crate) fn broken(&self, sum: i64, size: i64) -> bool {
        (sum * self.people - self.total * size).abs() > self.tolerance * size * self.people
    }
}
