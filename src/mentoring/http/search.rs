//! The search for slots over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    super::{
        actions::{self, FoundSlot},
        model::{SlotKind, SlotSearch},
    },
    mentored::{MentoredCampus, MentoredCohort},
    slots::MentorSlot,
};
use crate::{
    error::Result,
    primitives::{Date, Id, Line, Page, Period, Several, list_query},
    web::{Call, NoBody, NoPath, Reply},
};

list_query! {
    /// Which slots.
    pub struct SlotSearchQuery {
        /// `true` for slots that have a free place, are not over, and in which the caller has not signed up.
        open: Option<bool>,
        /// Only at this campus.
        campus_id: Option<Id>,
        /// Filter by kind.
        kind: Option<Several<SlotKind>>,
        /// Only slots of a week that ends on this day or later.
        from: Option<Date>,
        /// Only slots of a week that begins on this day or earlier.
        to: Option<Date>,
    }
}

/// A slot that the caller may take, with what it is for.
#[derive(Serialize, JsonSchema)]
pub struct FoundMentorSlot {
    #[serde(flatten)]
    slot: MentorSlot,
    /// What its week is about.
    topic: Line,
    /// First working day of its week.
    starts_on: NaiveDate,
    /// Last working day of its week.
    ends_on: NaiveDate,
    /// The cohort it is for.
    cohort: MentoredCohort,
    /// Where that is.
    campus: MentoredCampus,
}

impl From<FoundSlot> for FoundMentorSlot {
    fn from(found: FoundSlot) -> Self {
        Self {
            slot: found.slot.into(),
            topic: found.week.topic,
            starts_on: found.week.starts_on,
            ends_on: found.week.ends_on,
            cohort: found.cohort.into(),
            campus: found.campus.into(),
        }
    }
}

/// `GET /v1/mentor-slots`
pub async fn search_mentor_slots(call: Call<NoPath, SlotSearchQuery, NoBody>) -> Result<Reply<Page<FoundMentorSlot>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let search = SlotSearch {
            open: query.open.unwrap_or(false),
            campus: query.campus_id,
            kinds: query.kind.as_ref().map(|kinds| kinds.to_vec()),
            period: Period::of(query.from, query.to)?,
            after: query.after()?,
            now: call.now,
        };
        let page = actions::search(conn, &call.actor, &search, query.limit)?;
        call.page(page.map(FoundMentorSlot::from))
    })
    .await
}
