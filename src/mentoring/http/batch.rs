//! Slots in several weeks at once, over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    super::{
        actions::{self, MadeSlots, SlotPattern, WeekChoice},
        model::{LeftOut, MentorRole, PartOfWeek, SlotDetails, SlotKind},
    },
    slots::MentorSlot,
};
use crate::{
    cohorts::model::Phase,
    error::{Error, Result},
    primitives::{Instant, Line, Url},
    web::{ById, Call, Json, NoQuery, Reply},
};

/// Slots of one kind, one in each of several weeks.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"phase": "core", "kind": "week", "min": 2, "capacity": 2}))]
pub struct NewMentorSlots {
    /// The numbers of the weeks. Either these or `phase`.
    #[serde(default)]
    weeks: Option<Vec<i32>>,
    /// All weeks of this phase that are not over.
    #[serde(default)]
    phase: Option<Phase>,
    /// `true` for those that are over, too.
    #[serde(default)]
    include_past: bool,
    /// What the mentors are for.
    kind: SlotKind,
    /// How many mentors are wanted in each, up to `capacity`.
    #[schemars(range(min = 0, max = 100))]
    min: i32,
    /// How many there is room for in each.
    #[schemars(range(min = 1, max = 100))]
    capacity: i32,
    /// Which part of each week; all of it if left out.
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

impl NewMentorSlots {
    fn pattern(&self) -> Result<SlotPattern> {
        let weeks = match (&self.weeks, self.phase) {
            (Some(numbers), None) => WeekChoice::Numbers(numbers.clone()),
            (None, Some(phase)) => WeekChoice::Phase(phase),
            (None, None) => return Err(Error::field("/weeks", "required", "is required, unless phase is given")),
            (Some(_), Some(_)) => {
                return Err(Error::field(
                    "/phase",
                    "invalid",
                    "must be left out where weeks is given",
                ));
            }
        };
        Ok(SlotPattern {
            weeks,
            include_past: self.include_past,
            details: SlotDetails {
                kind: self.kind,
                min: self.min,
                capacity: self.capacity,
                starts_local: None,
                ends_local: None,
                time_zone: None,
                booking_minutes: None,
                part_of_week: self.part_of_week,
                place: self.place.clone(),
                url: self.url.clone(),
                mentor_role: self.mentor_role,
                priority_until: self.priority_until,
                reconfirm_days: self.reconfirm_days,
            },
        })
    }
}

/// What a pattern has made.
#[derive(Serialize, JsonSchema)]
pub struct MadeMentorSlots {
    /// The new slots, in order of the weeks.
    data: Vec<MentorSlot>,
    /// The weeks that were asked for and got none, in order.
    left_out: Vec<LeftOutWeek>,
}

/// A week in which a pattern has made no slot.
#[derive(Serialize, JsonSchema)]
pub struct LeftOutWeek {
    /// The number of the week.
    week: i32,
    /// Why.
    reason: LeftOut,
}

impl MadeMentorSlots {
    /// `201`, or `200` if there was nothing to make.
    pub fn reply(found: MadeSlots, location: String) -> Result<Reply<Self>> {
        let made = Self {
            data: found.made.into_iter().map(MentorSlot::from).collect(),
            left_out: found
                .left_out
                .into_iter()
                .map(|(week, reason)| LeftOutWeek { week, reason })
                .collect(),
        };
        match made.data.is_empty() {
            true => Reply::ok(&made),
            false => Reply::created(location, &made),
        }
    }
}

/// `POST /v1/cohorts/{id}/mentor-slots/batch`
pub async fn create_mentor_slots(call: Call<ById, NoQuery, Json<NewMentorSlots>>) -> Result<Reply<MadeMentorSlots>> {
    call.write(|conn, call| {
        let made = actions::create_batch(conn, &call.actor, call.path.id, &call.body.pattern()?, call.now)?;
        MadeMentorSlots::reply(made, format!("/v1/cohorts/{}/mentor-slots", call.path.id))
    })
    .await
}
