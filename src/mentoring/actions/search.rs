//! Finding a slot among all that somebody may take.

use std::collections::BTreeMap;

use super::{
    super::{MentoringCampuses, model::SlotSearch, rules, store},
    slots::{SlotWithMentors, with_mentors},
};
use crate::{
    authz::Actor,
    campuses::{self, model::Campus},
    cohorts::model::{Cohort, Week},
    db::Conn,
    error::Result,
    primitives::{Id, Limit, Page},
};

/// A slot with what it is for.
pub struct FoundSlot {
    pub slot: SlotWithMentors,
    /// Its week.
    pub week: Week,
    /// Its cohort.
    pub cohort: Cohort,
    /// Where that is.
    pub campus: Campus,
}

/// A page of the slots of all cohorts in which the caller may mentor.
pub fn search(conn: &mut Conn, actor: &Actor, search: &SlotSearch, limit: Limit) -> Result<Page<FoundSlot>> {
    let proof = MentoringCampuses::of(conn, actor)?;
    let found = store::search(conn, &proof, search, limit.plus_one())?;
    let mut page = Page::of(found, limit, |(slot, week, _)| (week.starts_on, slot.id));
    let ids: Vec<Id> = page.data.iter().map(|(.., cohort)| cohort.campus_id).collect();
    let campuses = campuses::store::campuses_among(conn, &ids)?;
    let campuses: BTreeMap<Id, Campus> = campuses.into_iter().map(|campus| (campus.id, campus)).collect();
    if search.open {
        page.data.retain(|(slot, week, cohort)| {
            let zone = campuses.get(&cohort.campus_id).map(|campus| campus.time_zone);
            zone.is_some_and(|zone| !rules::is_over(slot, week.ends_on, zone, search.now))
        });
    }
    let slots = with_mentors(conn, page.data.iter().map(|(slot, ..)| slot.clone()).collect())?;
    let with_rest = |((_, week, cohort), slot): ((_, Week, Cohort), SlotWithMentors)| {
        let campus = campuses.get(&cohort.campus_id)?.clone();
        Some(FoundSlot {
            slot,
            week,
            cohort,
            campus,
        })
    };
    Ok(Page {
        data: page.data.into_iter().zip(slots).filter_map(with_rest).collect(),
        page: page.page,
    })
}
