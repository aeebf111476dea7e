//! Which weeks lack mentors.

use std::collections::BTreeSet;

use super::super::{
    model::{CoverageMap, CoverageRow, CoveredCell, Slot, SlotKind},
    rules::{self, Coverage},
    store,
};
use crate::{
    authz::Actor,
    cohorts::{
        self,
        model::{Cohort, Week},
    },
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
    /// Those of them who are alone in the week, or in a slot that is for two or more.
    pub lone_mentors: Vec<PersonName>,
    /// The same by kind of slots, of those that there are.
    by_kind: Vec<(SlotKind, Coverage)>,
}

/// Every week of a cohort with its coverage.
pub fn coverage(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<CoveredWeek>> {
    let (cohort, _) = SlotViewer::of(conn, actor, cohort)?;
    covered_weeks(conn, &cohort)
}

pub(super) fn covered_weeks(conn: &mut Conn, cohort: &Cohort) -> Result<Vec<CoveredWeek>> {
    let mut slots = store::all_slots(conn, cohort.id)?;
    // Whoever holds office hours looks after nobody's week.
    slots.retain(|slot| slot.booking_minutes.is_none());
    let ids: Vec<Id> = slots.iter().map(|slot| slot.id).collect();
    let coming = store::coming(conn, &ids)?;
    let weeks = cohorts::store::weeks(conn, cohort.id)?;
    Ok(weeks.into_iter().map(|week| covered(week, &slots, &coming)).collect())
}

fn covered(week: Week, slots: &[Slot], coming: &[(Id, PersonName)]) -> CoveredWeek {
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
    let coverage_of = |kind: Option<SlotKind>| {
        let these = people
            .iter()
            .filter(|(slot, _)| kind.is_none_or(|kind| slot.kind == kind));
        rules::coverage(these.map(|(slot, mentors)| (*slot, mentors.as_slice())))
    };
    let kinds: BTreeSet<SlotKind> = filled.iter().map(|(slot, _)| slot.kind).collect();
    let coverage = coverage_of(None);
    let lone = filled
        .iter()
        .filter(|(slot, mentors)| mentors.len() == 1 && (coverage.alone || slot.min_mentors > 1));
    CoveredWeek {
        lone_mentors: by_name(lone.flat_map(|(_, mentors)| mentors.clone())),
        mentors: by_name(filled.iter().flat_map(|(_, mentors)| mentors.clone())),
        by_kind: kinds.into_iter().map(|kind| (kind, coverage_of(Some(kind)))).collect(),
        coverage,
        week,
    }
}

fn by_name<'a>(people: impl Iterator<Item = &'a PersonName>) -> Vec<PersonName> {
    let mut people: Vec<PersonName> = people.cloned().collect();
    people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    people.dedup();
    people
}

/// The same for a picture: weeks by kinds of slots.
pub fn coverage_map(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<CoverageMap> {
    let (cohort, _) = SlotViewer::of(conn, actor, cohort)?;
    let weeks = covered_weeks(conn, &cohort)?;
    let kinds: BTreeSet<SlotKind> = weeks
        .iter()
        .flat_map(|week| week.by_kind.iter().map(|(kind, _)| *kind))
        .collect();
    let cell = |coverage: &Coverage| CoveredCell {
        wanted: coverage.wanted,
        confirmed: coverage.confirmed,
        gap: coverage.gap,
        slots: usize::try_from(coverage.slots).unwrap_or(0),
        is_alone: coverage.alone,
    };
    let of_kind = |kind: SlotKind| {
        let cells = weeks.iter().map(|week| {
            let found = week.by_kind.iter().find(|(one, _)| *one == kind);
            found.map_or_else(|| cell(&Coverage::default()), |(_, coverage)| cell(coverage))
        });
        CoverageRow {
            name: kind.as_str().into(),
            cells: cells.collect(),
        }
    };
    let all = CoverageRow {
        name: "all".into(),
        cells: weeks.iter().map(|week| cell(&week.coverage)).collect(),
    };
    Ok(CoverageMap {
        cohort: cohort.name.to_string(),
        rows: kinds.into_iter().map(of_kind).chain([all]).collect(),
        weeks: weeks.iter().map(|week| week.week.number).collect(),
    })
}
