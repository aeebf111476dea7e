//! What makes entries of calendars: of rows as they are stored, whoever sees them.

use std::collections::BTreeMap;

use super::still_tells;
use crate::{
    calendars::model::{Entry, EntryKind, Mentoring, Revision, Walk, When},
    campuses::model::{Campus, DayOff},
    cohorts::model::{Cohort, CohortStatus, Project, Week},
    events::model::Event,
    mentoring::model::{Booking, Slot},
    primitives::{Instant, Line, LocalTime, time::TimeZone},
};

/// A cohort that a feed shows.
pub struct Seen {
    pub cohort: Cohort,
    pub zone: TimeZone,
    /// How often it and its campus have changed, so that what follows from them has another `SEQUENCE` then.
    changes: i64,
}

impl Seen {
    pub fn of((cohort, zone): (Cohort, TimeZone), campus_version: i64) -> Self {
        Self {
            changes: cohort.version + campus_version - 2,
            cohort,
            zone,
        }
    }

    /// Since when it is called off.
    pub fn called_off_at(&self) -> Option<Instant> {
        called_off_at(&self.cohort)
    }

    /// An entry about it that was changed last then, if the cohort takes place and nothing else has changed.
    fn entry(&self, entry: Entry) -> Entry {
        let called_off_at = self.called_off_at();
        Entry {
            sequence: entry.sequence + self.changes,
            changed_at: called_off_at.map_or(entry.changed_at, |at| at.max(entry.changed_at)),
            is_cancelled: entry.is_cancelled || called_off_at.is_some(),
            ..entry
        }
    }

    pub fn week(&self, week: &Week) -> Entry {
        self.entry(Entry {
            uid: format!("week-{}", week.id),
            sequence: week.version - 1,
            // Of a week is not kept when it was changed.
            changed_at: self.cohort.created_at,
            title: format!("{}: week {}, {}", self.cohort.name, week.number, week.topic),
            category: "week",
            when: When::Days(week.starts_on, week.ends_on),
            place: None,
            url: None,
            is_cancelled: false,
        })
    }

    /// When a project is due, if it has a due time: for whoever's team has one of its own, which was granted then, at that.
    pub fn due(&self, project: &Project, own: Option<(LocalTime, Instant)>) -> Option<Entry> {
        let due = own.map(|(local, _)| local).or_else(|| project.due(self.zone))?;
        let due = due.in_zone(self.zone);
        Some(self.entry(Entry {
            uid: EntryKind::Due.uid(project.id),
            sequence: project.version - 1,
            changed_at: own.map_or(project.updated_at, |(_, granted)| granted.max(project.updated_at)),
            title: format!("{}: {} is due", self.cohort.name, project.title),
            category: EntryKind::Due.as_str(),
            when: When::Instants(due, due),
            place: None,
            url: None,
            is_cancelled: false,
        }))
    }

    pub fn event(&self, event: Event) -> Entry {
        self.entry(Entry {
            uid: format!("event-{}", event.id),
            sequence: event.version - 1,
            changed_at: event.updated_at,
            when: When::Instants(event.starts_at(self.zone), event.ends_at(self.zone)),
            is_cancelled: !event.is_planned(),
            title: event.title.to_string(),
            category: "event",
            place: event.place.map(|place| place.to_string()),
            url: event.url.map(|url| url.to_string()),
        })
    }
}

fn called_off_at(cohort: &Cohort) -> Option<Instant> {
    (cohort.status == CohortStatus::Cancelled).then_some(cohort.status_changed_at)
}

pub fn day_off(campus: &Campus, off: &DayOff) -> Entry {
    Entry {
        uid: format!("day-off-{}-{}", campus.id, off.day),
        sequence: 0,
        changed_at: campus.created_at,
        title: off.name.to_string(),
        category: "day_off",
        when: When::Days(off.day, off.day),
        place: None,
        url: None,
        is_cancelled: false,
    }
}

/// A booked time of office hours, if the slot has it.
pub fn booked(booking: &Booking, slot: &Slot, title: String) -> Option<Entry> {
    let time = slot.time(booking.number)?;
    Some(of_slot(
        slot,
        Entry {
            uid: EntryKind::uid_of_time(slot.id, booking.number),
            sequence: slot.version - 1,
            changed_at: booking.created_at.max(slot.updated_at),
            title,
            category: EntryKind::OfficeHours.as_str(),
            when: When::Instants(time.starts_at(), time.ends_at()),
            place: None,
            url: None,
            is_cancelled: false,
        },
    ))
}

/// A place as a mentor.
pub fn mentoring(
    Mentoring {
        id,
        version,
        updated_at,
        slot,
        week,
        cohort,
    }: &Mentoring,
) -> Entry {
    of_slot(
        slot,
        Entry {
            uid: EntryKind::Mentoring.uid(id),
            // Each of them rises, and so does the sum.
            sequence: version + slot.version + week.version - 3,
            changed_at: slot.updated_at.max(*updated_at),
            title: match slot.booking_minutes {
                Some(_) => format!("{}: office hours offered", cohort.name),
                None => format!("Mentoring {}: week {}", cohort.name, week.number),
            },
            category: EntryKind::Mentoring.as_str(),
            when: When::of_slot(slot, week),
            place: None,
            url: None,
            is_cancelled: false,
        },
    )
}

/// A walk; none of a cohort that was called off too long ago.
pub fn walk(Walk { slot, week, cohort }: &Walk, now: Instant) -> Option<Entry> {
    let called_off_at = called_off_at(cohort);
    still_tells(called_off_at, now).then(|| {
        of_slot(
            slot,
            Entry {
                uid: EntryKind::Walk.uid(slot.id),
                sequence: slot.version + week.version + cohort.version - 3,
                changed_at: called_off_at.map_or(slot.updated_at, |at| at.max(slot.updated_at)),
                title: title_of(EntryKind::Walk, &cohort.name),
                category: EntryKind::Walk.as_str(),
                when: When::of_slot(slot, week),
                place: None,
                url: None,
                is_cancelled: called_off_at.is_some(),
            },
        )
    })
}

/// The same where the slot takes place.
fn of_slot(slot: &Slot, entry: Entry) -> Entry {
    Entry {
        place: slot.place.as_ref().map(ToString::to_string),
        url: slot.url.as_ref().map(ToString::to_string),
        ..entry
    }
}

/// What an entry is called of which there is no more than that it was.
fn title_of(kind: EntryKind, cohort: &Line) -> String {
    match kind {
        EntryKind::Mentoring => format!("Mentoring {cohort}"),
        EntryKind::OfficeHours => format!("{cohort}: office hours"),
        EntryKind::Due => format!("{cohort}: work is due"),
        EntryKind::Walk => format!("{cohort}: walk"),
    }
}

/// Entries with what is known of them besides, be it for all or for one person: one that came again goes on where it was cancelled, and
/// one that did not is told as cancelled, with the changes of its cohort if those count for it.
pub fn revised(mut entries: Vec<Entry>, known: Vec<(Revision, Line)>, seen: &[Seen], now: Instant) -> Vec<Entry> {
    let mut by_uid: BTreeMap<String, Vec<(Revision, Line)>> = BTreeMap::new();
    for one in known {
        by_uid.entry(one.0.uid.clone()).or_default().push(one);
    }
    let steps = |known: &[(Revision, Line)]| known.iter().map(|(revision, _)| revision.sequence + 1).sum::<i64>();
    for entry in &mut entries {
        if let Some(known) = by_uid.remove(&entry.uid) {
            let changed_at = known.iter().map(|(revision, _)| revision.changed_at).max();
            entry.sequence += steps(&known);
            entry.changed_at = changed_at.map_or(entry.changed_at, |at| at.max(entry.changed_at));
        }
    }
    let gone = by_uid.into_values().filter_map(|known| {
        let sequence = steps(&known) - 1;
        let cancelled = known.into_iter().filter(|(revision, _)| revision.is_cancelled);
        let (revision, cohort) = cancelled.max_by_key(|(revision, _)| revision.changed_at)?;
        still_tells(Some(revision.changed_at), now).then(|| {
            let of_cohort = seen.iter().find(|seen| seen.cohort.id == revision.cohort_id);
            let entry = Entry {
                when: revision.when(),
                uid: revision.uid,
                sequence,
                changed_at: revision.changed_at,
                title: title_of(revision.kind, &cohort),
                category: revision.kind.as_str(),
                place: None,
                url: None,
                is_cancelled: true,
            };
            match (revision.kind, of_cohort) {
                (EntryKind::Due, Some(seen)) => seen.entry(entry),
                _ => entry,
            }
        })
    });
    entries.extend(gone);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Id;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn entry(uid: &str, sequence: i64) -> Entry {
        let starts = at("2026-03-02T09:00:00Z");
        Entry {
            uid: uid.into(),
            sequence,
            changed_at: starts,
            title: "fac: office hours".into(),
            category: "office_hours",
            when: When::Instants(starts, starts),
            place: None,
            url: None,
            is_cancelled: false,
        }
    }

    fn known(uid: &str, sequence: i64, is_cancelled: bool) -> (Revision, Line) {
        let starts = at("2026-03-02T09:00:00Z");
        let revision = Revision {
            id: Id::new(),
            uid: uid.into(),
            kind: EntryKind::OfficeHours,
            person_id: None,
            cohort_id: Id::new(),
            sequence,
            starts_at: Some(starts),
            ends_at: Some(starts),
            starts_on: starts.date(),
            ends_on: starts.date(),
            is_cancelled,
            changed_at: at("2026-03-01T09:00:00Z"),
        };
        (revision, Line::parse("fac").unwrap())
    }

    #[test]
    fn what_is_known_for_all_and_for_one_person_counts_in_whichever_order() {
        let soon = at("2026-03-02T00:00:00Z");
        let of_all = |is_cancelled| known("a", 2, is_cancelled);
        let own = |is_cancelled| known("a", 4, is_cancelled);
        for (there, revisions, told) in [
            (Some(3), [of_all(false), own(true)], Some((11, false))),
            (None, [of_all(false), own(true)], Some((7, true))),
            (None, [of_all(true), own(true)], Some((7, true))),
            (None, [of_all(false), own(false)], None),
        ] {
            let [first, second] = revisions;
            for revisions in [vec![first.clone(), second.clone()], vec![second, first]] {
                let entries = there.map(|sequence| entry("a", sequence)).into_iter().collect();
                let made = revised(entries, revisions.clone(), &[], soon);
                let found: Vec<(i64, bool)> = made.iter().map(|entry| (entry.sequence, entry.is_cancelled)).collect();
                assert_eq!(found, told.into_iter().collect::<Vec<_>>(), "{there:?} {revisions:?}");
            }
        }
    }

    #[test]
    fn an_entry_that_is_gone_is_told_and_one_that_comes_again_goes_on() {
        let (soon, late) = (at("2026-03-02T00:00:00Z"), at("2026-04-02T00:00:00Z"));
        // Of each: the entry if it is there, what is known of it, when it is read, and its sequence with whether it is cancelled.
        for (there, revision, now, told) in [
            (Some(3), None, soon, Some((3, false))),
            (None, Some((4, true)), soon, Some((4, true))),
            (None, Some((4, true)), late, None),
            (None, Some((4, false)), soon, None),
            (Some(3), Some((4, true)), soon, Some((8, false))),
            (Some(3), Some((4, true)), late, Some((8, false))),
            (Some(3), Some((0, false)), soon, Some((4, false))),
        ] {
            let entries = there.map(|sequence| entry("a", sequence)).into_iter().collect();
            let revisions = revision.map(|(sequence, is_cancelled)| known("a", sequence, is_cancelled));
            let made = revised(entries, revisions.into_iter().collect(), &[], now);
            let found: Vec<(i64, bool)> = made.iter().map(|entry| (entry.sequence, entry.is_cancelled)).collect();
            assert_eq!(
                found,
                told.into_iter().collect::<Vec<_>>(),
                "{there:?} {revision:?} {now:?}"
            );
        }
    }
}
