//! How people come into a cohort.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::Criterion;
use crate::{
    audit::audited,
    cohorts::model::Cohort,
    db::schema::intakes,
    primitives::{Id, Instant, Line, LocalTime, Stored, Text, TimeOfDay, Url, text_enum, time::TimeZone},
};

text_enum! {
    /// What people can do about an intake now.
    pub enum IntakeState {
        /// Read it.
        Announced = "announced",
        /// Say that they are interested.
        Interest = "interest",
        /// Apply.
        Open = "open",
        /// No longer apply.
        Closed = "closed",
    }
}

/// The intake of a cohort. Local times are by the clocks of the campus.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = intakes, primary_key(cohort_id), treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Intake {
    pub cohort_id: Id,
    pub interest_from: Option<NaiveDate>,
    pub opens_local: LocalTime,
    /// The first moment at which it is closed.
    pub closes_local: LocalTime,
    pub interviews_from: Option<NaiveDate>,
    pub interviews_to: Option<NaiveDate>,
    pub places: i32,
    /// When the campus says that it will have decided.
    pub decide_by: Option<NaiveDate>,
    /// Working days in which an offer is answered.
    pub reply_days: i32,
    /// The last day on which somebody is promoted from the waiting list.
    pub waiting_list_until: Option<NaiveDate>,
    pub precourse: Option<Text>,
    pub precourse_url: Option<Url>,
    pub keep_months: i32,
    pub opening_told_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// What applications are read for.
    pub rubric: Stored<Vec<Criterion>>,
    /// Whether readers see no names before they have scored.
    pub is_blind: bool,
    /// The first day of the trial week, where there is one.
    pub trial_from: Option<NaiveDate>,
    /// Its last day.
    pub trial_to: Option<NaiveDate>,
    /// Where people come to.
    pub trial_place: Option<Line>,
    /// Where they meet online, or read more.
    pub trial_url: Option<Url>,
    /// When it begins on its first day.
    pub trial_starts: Option<TimeOfDay>,
}

audited!(Intake {
    interest_from, opens_local, closes_local, interviews_from, interviews_to, places, decide_by, reply_days,
    waiting_list_until, keep_months,
    rubric, is_blind, trial_from, trial_to, trial_starts; precourse, precourse_url, trial_place, trial_url
});

impl Intake {
    /// When the trial week begins, if that is said to the minute.
    pub fn trial_starts_local(&self) -> Option<LocalTime> {
        Some(LocalTime::on(self.trial_from?, self.trial_starts.as_ref()?.get()))
    }

    /// The last day on which people can apply.
    pub fn closes_on(&self) -> NaiveDate {
        self.closes_local.plus(TimeDelta::seconds(-1)).date()
    }
}

/// An intake with its cohort and the clocks that it goes by.
#[derive(Clone, Debug)]
pub struct LocalIntake {
    pub intake: Intake,
    pub cohort: Cohort,
    pub zone: TimeZone,
}

impl LocalIntake {
    /// When it opens.
    pub fn opens_at(&self) -> Instant {
        self.intake.opens_local.in_zone(self.zone)
    }

    /// The first moment at which it is closed.
    pub fn closes_at(&self) -> Instant {
        self.intake.closes_local.in_zone(self.zone)
    }
}

/// That the trial week is at another time or place than it was.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrialNews {
    /// The last day that it had.
    pub was_until: NaiveDate,
    /// Its first and its last day now; none if there will be no trial week.
    pub is: Option<(NaiveDate, NaiveDate)>,
}

impl TrialNews {
    /// What is new to those who would come, if anything is.
    pub fn between(before: &Intake, after: &Intake) -> Option<Self> {
        let days = |intake: &Intake| intake.trial_from.zip(intake.trial_to);
        let (was, is) = (days(before)?, days(after));
        let place = |intake: &Intake| (intake.trial_place.clone(), intake.trial_url.clone());
        let is_moved = Some(was) != is || before.trial_starts != after.trial_starts || place(before) != place(after);
        is_moved.then_some(Self { was_until: was.1, is })
    }
}
