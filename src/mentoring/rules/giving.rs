//! How much somebody has given as a mentor, and how much they have promised.

use std::collections::BTreeSet;

use super::is_over;
use crate::{
    mentoring::model::{Giving, SignUpStatus},
    primitives::{Id, Instant},
};

/// How much.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Amount {
    pub slots: usize,
    /// Weeks of cohorts, each once.
    weeks: BTreeSet<(Id, i32)>,
    minutes: i64,
}

impl Amount {
    /// In how many weeks.
    pub fn weeks(&self) -> usize {
        self.weeks.len()
    }

    /// Hours of slots with times; a slot for a whole week counts as its week only.
    pub fn hours(&self) -> f64 {
        // Exact: no mentor's minutes come near 2^52.
        f64::from(i32::try_from(self.minutes).unwrap_or(i32::MAX)) / 60.0
    }

    fn add(&mut self, giving: &Giving) {
        let slot = &giving.slot;
        self.slots += 1;
        self.weeks.insert((slot.cohort_id, slot.week_number));
        if let Some(times) = slot.times() {
            self.minutes += (times.ends_at().unix_seconds() - times.starts_at().unix_seconds()) / 60;
        }
    }
}

/// What was given, and what is promised. A place of which nobody noted what came of it counts as given once it is over.
pub fn given_and_pledged<'a>(all: impl IntoIterator<Item = &'a Giving>, now: Instant) -> (Amount, Amount) {
    let (mut given, mut pledged) = (Amount::default(), Amount::default());
    for one in all {
        let is_past = is_over(&one.slot, one.week.ends_on, one.zone, now);
        match one.status {
            SignUpStatus::Attended => given.add(one),
            SignUpStatus::Confirmed if is_past => given.add(one),
            SignUpStatus::Confirmed => pledged.add(one),
            SignUpStatus::NoShow | SignUpStatus::Waitlisted | SignUpStatus::Cancelled => {}
        }
    }
    (given, pledged)
}
