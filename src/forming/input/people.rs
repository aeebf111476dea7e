//! People as dense indices.

/// A person's position in [`Problem::people`].
pub type PersonIx = u16;

/// A person of the cohort.
#[derive(Debug, Clone)]
pub struct IndexedPerson {
    /// As in the case.
    pub id: String,
    /// From 0 to 5, in thousandths, so that sums are exact.
    pub experience: i64,
}

/// Experience in thousandths.
pub(crate) fn thousandths(experience: f64) -> i64 {
    (experience * 1000.0).round() as i64
}
