//! Slots by a pattern.

use super::{
    super::{
        model::{LeftOut, Slot, SlotDetails},
        rules::{self, WeekChoice},
        store,
    },
    must_be_open,
    slots::SlotWithMentors,
};
use crate::{
    authz::Actor,
    campuses,
    cohorts::{self, CohortStaff, model::Week},
    db::Conn,
    error::{Error, Result},
    primitives::{Id, Instant},
};

/// Several slots of one kind, one in each week.
pub struct SlotPattern {
    pub weeks: WeekChoice,
    /// Whether weeks of a phase are filled that are over. Those that are named are.
    pub include_past: bool,
    /// The same for each; without times, which lie in one week only.
    pub details: SlotDetails,
}

/// What a pattern has made.
pub struct MadeSlots {
    pub made: Vec<SlotWithMentors>,
    /// The weeks in which it made none, and why.
    pub left_out: Vec<(i32, LeftOut)>,
}

/// Makes slots of one kind in several weeks: those that there are not yet.
pub fn create_batch(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    pattern: &SlotPattern,
    now: Instant,
) -> Result<MadeSlots> {
    let (cohort, staff) = CohortStaff::of(conn, actor, cohort)?;
    let weeks = cohorts::store::weeks(conn, cohort.id)?;
    let mut faults = rules::faults(&pattern.details);
    let chosen = rules::chosen_weeks(&pattern.weeks, &weeks).unwrap_or_else(|wrong| {
        faults.extend(wrong);
        Vec::new()
    });
    Error::check_fields(faults)?;
    must_be_open(&cohort)?;
    let today = now.date_in(campuses::store::campus(conn, cohort.campus_id)?.time_zone);
    let skips_past = matches!(pattern.weeks, WeekChoice::Phase(_)) && !pattern.include_past;
    let existing = store::all_slots(conn, cohort.id)?;
    let (mut slots, mut left_out) = (Vec::new(), Vec::new());
    for week in weeks.iter().filter(|week: &&Week| chosen.contains(&week.number)) {
        let slot = Slot::new(Id::new(), cohort.id, week.number, pattern.details.clone(), now);
        match rules::left_out(&slot, skips_past && week.ends_on < today, &existing) {
            None => slots.push(slot),
            Some(why) => left_out.push((week.number, why)),
        }
    }
    rules::OF_A_COHORT.check_room_for(slots.len(), i64::try_from(existing.len()).unwrap_or(i64::MAX))?;
    store::insert_slots(conn, &staff, &slots)?;
    Ok(MadeSlots {
        made: slots.into_iter().map(SlotWithMentors::empty).collect(),
        left_out,
    })
}
