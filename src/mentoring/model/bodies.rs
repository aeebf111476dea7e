//! A slot as it is asked for and changed.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{MentorRole, PartOfWeek, Slot, SlotKind, SlotTimes};
use crate::primitives::{Field, GivenTime, Id, Instant, Line, LocalTime, Url, time::TimeZone};

/// All that is said of a slot besides its week.
#[derive(Clone, Debug)]
pub struct SlotDetails {
    pub kind: SlotKind,
    /// How many it takes.
    pub min: i32,
    /// How many there is room for.
    pub capacity: i32,
    pub starts_local: Option<LocalTime>,
    pub ends_local: Option<LocalTime>,
    /// Whose clocks show these.
    pub time_zone: Option<TimeZone>,
    /// How long one time is that students book, in office hours.
    pub booking_minutes: Option<i32>,
    pub part_of_week: Option<PartOfWeek>,
    pub place: Option<Line>,
    pub url: Option<Url>,
    pub mentor_role: Option<MentorRole>,
    pub priority_until: Option<Instant>,
    /// So many days before it begins, places are confirmed again or lost.
    pub reconfirm_days: Option<i32>,
}

impl SlotDetails {
    /// When it is, if it is not the whole week.
    pub fn times(&self) -> Option<SlotTimes> {
        SlotTimes::of(self.starts_local, self.ends_local, self.time_zone)
    }

    /// Of a slot for a whole week, about which nothing else is said.
    pub fn of_week(kind: SlotKind, min: i32, capacity: i32) -> Self {
        Self {
            kind,
            min,
            capacity,
            starts_local: None,
            ends_local: None,
            time_zone: None,
            booking_minutes: None,
            part_of_week: None,
            place: None,
            url: None,
            mentor_role: None,
            priority_until: None,
            reconfirm_days: None,
        }
    }
}

/// What is to change of a slot. Whoever offers office hours changes what they are for, their times, place and link; the rest is for staff.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"capacity": 6}))]
pub struct MentorSlotPatch {
    /// What the mentors are for.
    #[serde(default)]
    pub kind: Field<SlotKind>,
    /// How many mentors are wanted, up to `capacity`.
    #[serde(default)]
    #[schemars(range(min = 0, max = 100))]
    pub min: Field<i32>,
    /// How many there is room for, at least the places taken. New places go to the waiting list first.
    #[serde(default)]
    #[schemars(range(min = 1, max = 100))]
    pub capacity: Field<i32>,
    /// When it begins: by the clocks of `time_zone`, or an instant; `null`, together with `ends_at`, for the whole week.
    #[serde(default)]
    pub starts_at: Field<Option<GivenTime>>,
    /// When it ends; `null`, together with `starts_at`, for the whole week.
    #[serde(default)]
    pub ends_at: Field<Option<GivenTime>>,
    /// Whose clocks show its times; times that are not sent stay what the clocks show.
    #[serde(default)]
    pub time_zone: Field<TimeZone>,
    /// How many minutes one time is that students book, in office hours; `null` if these are none.
    #[serde(default)]
    #[schemars(range(min = 10, max = 120))]
    pub booking_minutes: Field<Option<i32>>,
    /// Which part of the week, for a slot without times; `null` for all of it.
    #[serde(default)]
    pub part_of_week: Field<Option<PartOfWeek>>,
    /// Where mentors come to; `null` if nothing is said.
    #[serde(default)]
    pub place: Field<Option<Line>>,
    /// Where they are met online; `null` if nowhere.
    #[serde(default)]
    pub url: Field<Option<Url>>,
    /// As what the mentors come; `null` if nothing is said.
    #[serde(default)]
    pub mentor_role: Field<Option<MentorRole>>,
    /// Until when only graduates of the campus's previous cohort can take places; `null` for everybody at once.
    #[serde(default)]
    pub priority_until: Field<Option<Instant>>,
    /// So many days before it begins, places are confirmed again or lost, from 1; `null` if never.
    #[serde(default)]
    #[schemars(range(min = 1, max = 60))]
    pub reconfirm_days: Field<Option<i32>>,
}

impl MentorSlotPatch {
    /// The fields that it changes and that are for staff alone.
    pub fn for_staff(&self) -> impl Iterator<Item = &'static str> {
        let fields = [
            ("/min", self.min == Field::Absent),
            ("/capacity", self.capacity == Field::Absent),
            ("/part_of_week", self.part_of_week == Field::Absent),
            ("/mentor_role", self.mentor_role == Field::Absent),
            ("/priority_until", self.priority_until == Field::Absent),
            ("/reconfirm_days", self.reconfirm_days == Field::Absent),
        ];
        let named = |(pointer, is_absent): (&'static str, bool)| (!is_absent).then_some(pointer);
        fields.into_iter().filter_map(named)
    }
}

impl Slot {
    /// With what a patch changes; the clocks are those of `campus` if nothing else was ever said.
    pub fn patched(&self, patch: &MentorSlotPatch, campus: TimeZone) -> Self {
        let zone = patch.time_zone.or(self.time_zone.unwrap_or(campus));
        let local =
            |given: Field<Option<GivenTime>>, before| given.map(|time| time.map(|time| time.local(zone))).or(before);
        let starts_local = local(patch.starts_at, self.starts_local);
        let ends_local = local(patch.ends_at, self.ends_local);
        let has_times = starts_local.or(ends_local).is_some() || patch.time_zone != Field::Absent;
        Self {
            kind: patch.kind.or(self.kind),
            min_mentors: patch.min.or(self.min_mentors),
            capacity: patch.capacity.or(self.capacity),
            starts_local,
            ends_local,
            time_zone: has_times.then_some(zone),
            booking_minutes: patch.booking_minutes.or(self.booking_minutes),
            part_of_week: patch.part_of_week.or(self.part_of_week),
            place: patch.place.clone().or(self.place.clone()),
            url: patch.url.clone().or(self.url.clone()),
            mentor_role: patch.mentor_role.or(self.mentor_role),
            priority_until: patch.priority_until.or(self.priority_until),
            reconfirm_days: patch.reconfirm_days.or(self.reconfirm_days),
            ..self.clone()
        }
    }

    /// A new one in a week of a cohort.
    pub fn new(id: Id, cohort: Id, week: i32, details: SlotDetails, now: Instant) -> Self {
        Self {
            id,
            cohort_id: cohort,
            week_number: week,
            kind: details.kind,
            min_mentors: details.min,
            capacity: details.capacity,
            starts_local: details.starts_local,
            ends_local: details.ends_local,
            time_zone: details.time_zone,
            booking_minutes: details.booking_minutes,
            version: 1,
            created_at: now,
            updated_at: now,
            part_of_week: details.part_of_week,
            place: details.place,
            url: details.url,
            mentor_role: details.mentor_role,
            priority_until: details.priority_until,
            reconfirm_days: details.reconfirm_days,
            is_offered: false,
        }
    }

    /// All that is said of it besides its week.
    pub fn details(&self) -> SlotDetails {
        SlotDetails {
            kind: self.kind,
            min: self.min_mentors,
            capacity: self.capacity,
            starts_local: self.starts_local,
            ends_local: self.ends_local,
            time_zone: self.time_zone,
            booking_minutes: self.booking_minutes,
            part_of_week: self.part_of_week,
            place: self.place.clone(),
            url: self.url.clone(),
            mentor_role: self.mentor_role,
            priority_until: self.priority_until,
            reconfirm_days: self.reconfirm_days,
        }
    }
}
