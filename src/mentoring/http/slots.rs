//! Mentor slots over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::{
    actions::{self, SlotWithMentors},
    model::{MentorRole, MentorSlotPatch, PartOfWeek, SlotDetails, SlotKind, SlotSelection, SlotTimes},
};
use crate::{
    error::Result,
    primitives::{
        Date, GivenTime, Id, Instant, Line, LocalTime, Page, Period, Several, Url, list_query, time::TimeZone,
    },
    teams::model::PersonName,
    web::{ById, Call, Json, NoBody, NoQuery, Number, Reply},
};

/// A slot for mentors, as staff want it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"week": 3, "kind": "week", "min": 2, "capacity": 4}))]
pub struct NewMentorSlot {
    /// A week of the cohort.
    #[schemars(range(min = 1))]
    week: i32,
    /// What the mentors are for.
    kind: SlotKind,
    /// How many mentors are wanted, up to `capacity`.
    #[schemars(range(min = 0, max = 100))]
    min: i32,
    /// How many there is room for.
    #[schemars(range(min = 1, max = 100))]
    capacity: i32,
    /// When it begins, if it is not for the whole week: by the clocks of `time_zone`, such as `2027-01-05T14:00`, or an
    /// instant. Only together with `ends_at`.
    #[serde(default)]
    starts_at: Option<GivenTime>,
    /// When it ends; later than `starts_at`.
    #[serde(default)]
    ends_at: Option<GivenTime>,
    /// Whose clocks show these times, as an IANA zone; the campus's if left out.
    #[serde(default)]
    time_zone: Option<TimeZone>,
    /// For office hours: how many minutes one time is that students book.
    #[serde(default)]
    #[schemars(range(min = 10, max = 120))]
    booking_minutes: Option<i32>,
    /// Which part of the week, for a slot without times; all of it if left out.
    #[serde(default)]
    part_of_week: Option<PartOfWeek>,
    /// Where mentors come to.
    #[serde(default)]
    place: Option<Line>,
    /// Where they are met online.
    #[serde(default)]
    url: Option<Url>,
    /// As what the mentors come.
    #[serde(default)]
    mentor_role: Option<MentorRole>,
    /// Until when only graduates of the campus's previous cohort can take places.
    #[serde(default)]
    priority_until: Option<Instant>,
    /// So many days before it begins, from 1, places are confirmed again or go to the next in line.
    #[serde(default)]
    #[schemars(range(min = 1, max = 60))]
    reconfirm_days: Option<i32>,
}

impl NewMentorSlot {
    fn details(&self, campus: TimeZone) -> SlotDetails {
        let zone = self.time_zone.unwrap_or(campus);
        let local = |given: Option<GivenTime>| given.map(|time| time.local(zone));
        let has_times = self.starts_at.or(self.ends_at).is_some();
        SlotDetails {
            kind: self.kind,
            min: self.min,
            capacity: self.capacity,
            starts_local: local(self.starts_at),
            ends_local: local(self.ends_at),
            time_zone: self.time_zone.or(has_times.then_some(zone)),
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

/// A slot for mentors and how full it is.
#[derive(Serialize, JsonSchema)]
pub struct MentorSlot {
    /// The slot's id.
    id: Id,
    /// The cohort it is for.
    cohort_id: Id,
    /// The number of its week.
    week: i32,
    /// What the mentors are for.
    kind: SlotKind,
    /// How many mentors are wanted.
    min: i32,
    /// How many there is room for.
    capacity: i32,
    /// When it begins; null if it is for the whole week.
    starts_at: Option<Instant>,
    /// The same by the clocks of `time_zone`, which moves with them should their rules be changed.
    starts_local: Option<LocalTime>,
    /// When it ends; null if it is for the whole week.
    ends_at: Option<Instant>,
    /// The same by the clocks of `time_zone`.
    ends_local: Option<LocalTime>,
    /// Whose clocks show these times; null if it is for the whole week.
    time_zone: Option<TimeZone>,
    /// In office hours, how many minutes one time is that students book; null for other slots.
    booking_minutes: Option<i32>,
    /// Whether a mentor offered these office hours: whoever holds them moves and removes them.
    offered: bool,
    /// Places taken, including mentors who came or should have come.
    confirmed: i32,
    /// Places that are free.
    remaining: i32,
    /// People on the waiting list.
    waitlisted: i32,
    /// Mentors who are confirmed or came, in the order in which they signed up.
    mentors: Vec<PersonName>,
    /// Which part of the week; null if it has times or is for all of it.
    part_of_week: Option<PartOfWeek>,
    /// Where mentors come to.
    place: Option<Line>,
    /// Where they are met online.
    url: Option<Url>,
    /// As what the mentors come.
    mentor_role: Option<MentorRole>,
    /// Until when only graduates of the campus's previous cohort can take places.
    priority_until: Option<Instant>,
    /// So many days before it begins, places are confirmed again or go to the next in line; null if never.
    reconfirm_days: Option<i32>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl From<SlotWithMentors> for MentorSlot {
    fn from(slot: SlotWithMentors) -> Self {
        let SlotWithMentors { slot, places, mentors } = slot;
        let times = slot.times();
        Self {
            id: slot.id,
            cohort_id: slot.cohort_id,
            week: slot.week_number,
            kind: slot.kind,
            min: slot.min_mentors,
            capacity: slot.capacity,
            starts_at: times.map(SlotTimes::starts_at),
            starts_local: slot.starts_local,
            ends_at: times.map(SlotTimes::ends_at),
            ends_local: slot.ends_local,
            time_zone: slot.time_zone,
            booking_minutes: slot.booking_minutes,
            offered: slot.is_offered,
            confirmed: places.taken,
            remaining: places.remaining(slot.capacity),
            waitlisted: places.waiting,
            mentors,
            part_of_week: slot.part_of_week,
            place: slot.place,
            url: slot.url,
            mentor_role: slot.mentor_role,
            priority_until: slot.priority_until,
            reconfirm_days: slot.reconfirm_days,
            version: slot.version,
        }
    }
}

/// `POST /v1/cohorts/{id}/mentor-slots`
pub async fn create_mentor_slot(call: Call<ById, NoQuery, Json<NewMentorSlot>>) -> Result<Reply<MentorSlot>> {
    call.write(|conn, call| {
        let body = &call.body;
        let details = |zone| body.details(zone);
        let slot = actions::create(conn, &call.actor, call.path.id, body.week, details, call.now)?;
        let slot = MentorSlot::from(slot);
        Ok(Reply::created(format!("/v1/mentor-slots/{}", slot.id), &slot)?.version(slot.version))
    })
    .await
}

list_query! {
    /// Which slots.
    pub struct SlotQuery {
        /// Filter by week.
        week: Option<Number>,
        /// Filter by kind.
        kind: Option<Several<SlotKind>>,
        /// `true` for office hours only, `false` for all but these.
        office_hours: Option<bool>,
        /// Only slots of a week that ends on this day or later.
        from: Option<Date>,
        /// Only slots of a week that begins on this day or earlier.
        to: Option<Date>,
    }
}

/// `GET /v1/cohorts/{id}/mentor-slots`
pub async fn list_mentor_slots(call: Call<ById, SlotQuery, NoBody>) -> Result<Reply<Page<MentorSlot>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let selection = SlotSelection {
            week: query.week.map(|Number(week)| week),
            kinds: query.kind.as_ref().map(|kinds| kinds.to_vec()),
            office_hours: query.office_hours,
            period: Period::of(query.from, query.to)?,
            after: query.after()?,
        };
        let slots = actions::list(conn, &call.actor, call.path.id, selection, query.limit.plus_one())?;
        let page = Page::of(slots, query.limit, |one| (one.slot.week_number, one.slot.id));
        call.page(page.map(MentorSlot::from))
    })
    .await
}

fn reply(slot: SlotWithMentors) -> Result<Reply<MentorSlot>> {
    let slot = MentorSlot::from(slot);
    Ok(Reply::ok(&slot)?.version(slot.version))
}

/// `GET /v1/mentor-slots/{id}`
pub async fn get_mentor_slot(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<MentorSlot>> {
    call.read(|conn, call| reply(actions::read(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/mentor-slots/{id}`
pub async fn change_mentor_slot(call: Call<ById, NoQuery, Json<MentorSlotPatch>>) -> Result<Reply<MentorSlot>> {
    call.write(|conn, call| {
        reply(actions::change(
            conn,
            &call.actor,
            call.path.id,
            &call.body,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// `DELETE /v1/mentor-slots/{id}`
pub async fn delete_mentor_slot(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::remove(conn, &call.actor, call.path.id, call.if_match, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
