//! Which weeks lack mentors.

use super::super::{
    model::Slot,
    rules::{self, Coverage},
    store,
};
use crate::{
    authz::Actor,
    cohorts::{self, model::Week},
    db::Conn,
    error::Result,
    mentoring::SlotViewer,
    primitives::Id,
};

/// Every week of a cohort with its coverage.
pub fn coverage(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<(Week, Coverage)>> {
    let (cohort, _) = SlotViewer::of(conn, actor, cohort)?;
    let coming = store::coming(conn, cohort.id)?;
    let slots: Vec<(Slot, Vec<Id>)> = store::all_slots(conn, cohort.id)?
        .into_iter()
        .map(|slot| {
            let mentors = coming.iter().filter(|(id, _)| *id == slot.id);
            let mentors = mentors.map(|(_, person)| *person).collect();
            (slot, mentors)
        })
        .collect();
    let covered = |week: Week| {
        let of_week = slots.iter().filter(|(slot, _)| slot.week_number == week.number);
        let coverage = rules::coverage(of_week.map(|(slot, mentors)| (slot, mentors.as_slice())));
        (week, coverage)
    };
    Ok(cohorts::store::weeks(conn, cohort.id)?
        .into_iter()
        .map(covered)
        .collect())
}
