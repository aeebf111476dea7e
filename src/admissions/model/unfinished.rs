//! What of a cohort's admissions its staff have still to do.

use chrono::NaiveDate;

/// What was to be done by a day that is over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overdue {
    /// The day.
    pub day: NaiveDate,
    /// With how many applications.
    pub count: usize,
}

/// What of a cohort's admissions its staff have still to do.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Unfinished {
    /// Applications that wait for a decision after the day on which decisions were to be told.
    pub undecided: Option<Overdue>,
    /// People of whom it is not noted whether they came, after the trial week.
    pub unnoted: Option<Overdue>,
}
