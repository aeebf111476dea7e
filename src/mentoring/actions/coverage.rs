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
    teams::model::PersonName,
};

/// A week of a cohort and how well it is covered.
pub struct CoveredWeek {
    pub week: Week,
    pub coverage: Coverage,
    /// Those who will come or came, by name.
    pub mentors: Vec<PersonName>,
}

/// Every week of a cohort with its coverage.
pub fn coverage(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<CoveredWeek>> {
    let (cohort, _) = SlotViewer::of(conn, actor, cohort)?;
    let slots = store::all_slots(conn, cohort.id)?;
    let ids: Vec<Id> = slots.iter().map(|slot| slot.id).collect();
    let coming = store::coming(conn, &ids)?;
    let covered = |week: Week| {
        let of_week = slots.iter().filter(|slot| slot.week_number == week.number);
        let filled: Vec<(&Slot, Vec<&PersonName>)> = of_week
            .map(|slot| {
                let mentors = coming.iter().filter(|(id, _)| *id == slot.id);
                (slot, mentors.map(|(_, mentor)| mentor).collect())
            })
            .collect();
        let people: Vec<(&Slot, Vec<Id>)> = filled
            .iter()
            .map(|(slot, mentors)| (*slot, mentors.iter().map(|mentor| mentor.id).collect()))
            .collect();
        let mut mentors: Vec<PersonName> = filled.into_iter().flat_map(|(_, mentors)| mentors).cloned().collect();
        mentors.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        mentors.dedup();
        CoveredWeek {
            coverage: rules::coverage(people.iter().map(|(slot, mentors)| (*slot, mentors.as_slice()))),
            week,
            mentors,
        }
    };
    Ok(cohorts::store::weeks(conn, cohort.id)?
        .into_iter()
        .map(covered)
        .collect())
}
