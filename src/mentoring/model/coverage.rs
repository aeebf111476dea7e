//! How weeks are covered, as a picture shows it.

/// Weeks by kinds of slots.
#[derive(Clone, Debug)]
pub struct CoverageMap {
    /// What the cohort is called.
    pub cohort: String,
    /// The numbers of its weeks.
    pub weeks: Vec<i32>,
    /// The kinds of slots that there are, and all of them together as the last.
    pub rows: Vec<CoverageRow>,
}

/// A kind of slots in every week.
#[derive(Clone, Debug)]
pub struct CoverageRow {
    /// What it is called.
    pub name: String,
    /// By week.
    pub cells: Vec<CoveredCell>,
}

/// Slots of a kind in a week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoveredCell {
    /// Mentors wanted.
    pub wanted: i32,
    /// Mentors who come or came.
    pub confirmed: i32,
    /// Mentors missing.
    pub gap: i32,
    /// How many slots.
    pub slots: usize,
    /// Whether one mentor is all there is.
    pub is_alone: bool,
}
