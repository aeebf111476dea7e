//! What everybody got and did not get as a mentor.

use std::collections::BTreeMap;

use super::{
    super::{
        model::{AllocationStatus, MentorAverage, MentorShare},
        rules, store,
    },
    allocations,
};
use crate::{
    accounts,
    authz::Actor,
    cohorts::{CohortStaff, model::Cohort},
    db::Conn,
    error::Result,
    mentoring::SlotViewer,
    primitives::Id,
    teams::model::{Names, PersonName},
};

/// What somebody got, beside the average.
pub struct OwnShare {
    pub share: MentorShare,
    /// None where it would tell what one other got.
    pub average: Option<MentorAverage>,
}

/// Everybody's share in a cohort by name, for its staff.
pub fn shares(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<(PersonName, MentorShare)>> {
    let (cohort, _) = CohortStaff::or_hide(conn, actor, cohort)?;
    let all = all(conn, &cohort)?;
    let people: Vec<Id> = all.keys().copied().collect();
    let names: Names = accounts::store::cards(conn, &people)?
        .iter()
        .map(PersonName::from)
        .collect();
    let mut named: Vec<(PersonName, MentorShare)> = all
        .into_iter()
        .map(|(person, share)| (names.of(person), share))
        .collect();
    named.sort_by(|(one, _), (other, _)| (&one.name, one.id).cmp(&(&other.name, other.id)));
    Ok(named)
}

/// The caller's own; none if they wished for nothing and signed up for nothing.
pub fn own_share(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Option<OwnShare>> {
    let (cohort, viewer) = SlotViewer::of(conn, actor, cohort)?;
    let all = all(conn, &cohort)?;
    Ok(all.get(&viewer.person()).map(|share| OwnShare {
        share: share.clone(),
        average: rules::average(&all),
    }))
}

fn all(conn: &mut Conn, cohort: &Cohort) -> Result<BTreeMap<Id, MentorShare>> {
    let confirmed = Some(AllocationStatus::Confirmed);
    let allocated = store::allocations(conn, cohort.id, confirmed, None, i64::MAX)?;
    let allocated = allocated.iter().map(allocations::result).collect::<Result<Vec<_>>>()?;
    let in_a_row = allocations::draws_lost(conn, cohort.campus_id)?;
    Ok(rules::shares(&allocated, &store::places(conn, cohort.id)?, &in_a_row))
}
