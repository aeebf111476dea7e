//! Giving places to wishes: from wishes to what is computed, from what was computed to what is told, and what has changed in between.

mod differences;
mod results;

use std::collections::BTreeSet;

pub use differences::{Differences, differences};
pub use results::result;

use super::{Places, compete, is_over, kept_until};
use crate::{
    cohorts::model::{Span, Week},
    error::FieldError,
    mentoring::{
        allocation::{Applicant, Barred, OpenSlot, Problem, Why, Wish},
        model::{SignUpStatus, Slot},
    },
    primitives::{Id, Instant, time::TimeZone},
};

/// A slot of the cohort, with its week and how full it is.
pub struct Candidate {
    pub slot: Slot,
    pub week: Week,
    pub places: Places,
}

/// Something that somebody has signed up for, anywhere.
#[derive(Clone)]
pub struct Commitment {
    pub person: Id,
    pub slot: Slot,
    /// When its week is.
    pub days: Span,
    pub status: SignUpStatus,
}

/// Somebody who wishes, and may mentor in the cohort.
pub struct Wishing {
    pub person: Id,
    pub at_most: Option<i32>,
    /// The slots, the best first.
    pub ranked: Vec<Id>,
    pub together_with: Vec<Id>,
    pub draws_lost: u32,
    /// Whether they graduated from the previous cohort.
    pub comes_first: bool,
}

/// All that a problem is made of.
pub struct Wishes {
    pub slots: Vec<Candidate>,
    pub people: Vec<Wishing>,
    pub commitments: Vec<Commitment>,
    pub zone: TimeZone,
    pub weeks_in_a_row: i32,
}

/// What somebody wishes for, as they say it.
#[derive(Clone, Debug)]
pub struct NewWishes {
    /// Slots, the best first.
    pub ranked: Vec<Id>,
    pub together_with: Vec<Id>,
    /// How many slots of the cohort they take, those included that they have.
    pub at_most: Option<i32>,
}

/// Slots that somebody can wish for in one cohort, at the most.
const MOST_WISHES: usize = 50;

/// How many more slots of a cohort somebody takes who has so many and ranks so many.
pub fn remaining(at_most: Option<i32>, ranked: usize, held: usize) -> usize {
    at_most.map_or(ranked, |most| usize::try_from(most).unwrap_or(0).saturating_sub(held))
}

/// What is wrong with wishes in a cohort with these slots. Office hours are taken by signing up alone.
pub fn wish_faults(wishes: &NewWishes, slots: &[Slot]) -> Vec<FieldError> {
    let NewWishes { ranked, at_most, .. } = wishes;
    let mut faults = Vec::new();
    let mut fault = |pointer: String, code: &str, detail: &str| faults.push(FieldError::at(pointer, code, detail));
    if ranked.is_empty() || ranked.len() > MOST_WISHES {
        fault("/ranked".into(), "invalid", "must name 1 to 50 slots, the best first");
    }
    for (at, slot) in ranked.iter().enumerate() {
        let pointer = format!("/ranked/{at}");
        let wished = slots.iter().find(|one| one.id == *slot);
        if wished.is_none() {
            fault(pointer, "not_found", "must be a slot of this cohort");
        } else if wished.is_some_and(|slot| slot.booking_minutes.is_some()) {
            fault(
                pointer,
                "invalid",
                "must be no office hours: sign up for these, or offer your own",
            );
        } else if ranked.iter().take(at).any(|earlier| earlier == slot) {
            fault(pointer, "invalid", "is in the list already");
        }
    }
    if at_most.is_some_and(|most| !(1..=100).contains(&most)) {
        fault("/at_most".into(), "invalid", "must be from 1 to 100");
    }
    faults
}

/// What is to be computed: which slots have places to give, and which wishes can come true.
pub fn problem(wishes: &Wishes, now: Instant) -> Problem {
    let is_past = |one: &Candidate| is_over(&one.slot, one.week.ends_on, wishes.zone, now);
    let free = |one: &Candidate| match one.places.waiting {
        0 => usize::try_from(one.places.remaining(one.slot.capacity)).unwrap_or(0),
        _ => 0,
    };
    let open: Vec<&Candidate> = wishes
        .slots
        .iter()
        .filter(|one| !is_past(one) && free(one) > 0)
        .collect();
    let slot = |one: &&Candidate| OpenSlot {
        id: one.slot.id,
        week: one.slot.week_number,
        min: usize::try_from(one.slot.min_mentors).unwrap_or(0),
        taken: usize::try_from(one.places.taken).unwrap_or(0),
        places: free(one),
    };
    let together =
        |one: &Candidate, other: &Candidate| compete((&one.slot, one.week.span()), (&other.slot, other.week.span()));
    let pairs = open.iter().enumerate().flat_map(|(at, one)| {
        let later = open.iter().enumerate().skip(at + 1);
        later
            .filter(move |(_, other)| together(one, other))
            .map(move |(other, _)| (at, other))
    });
    let bar = |person: &Wishing, id: Id| -> Result<usize, Why> {
        let own = wishes.commitments.iter().filter(|one| one.person == person.person);
        let Some(one) = wishes.slots.iter().find(|one| one.slot.id == id) else {
            return Err(Why::Over);
        };
        if own.clone().any(|own| own.slot.id == id) {
            return Err(Why::SignedUp);
        }
        if is_past(one) {
            return Err(Why::Over);
        }
        let Some(at) = open.iter().position(|open| open.slot.id == id) else {
            return Err(Why::NoFreePlace);
        };
        if !person.comes_first && kept_until(&one.slot, now).is_some() {
            return Err(Why::KeptForOthers);
        }
        let is_busy = |own: &Commitment| compete((&own.slot, own.days), (&one.slot, one.week.span()));
        match own.into_iter().any(is_busy) {
            true => Err(Why::Busy),
            false => Ok(at),
        }
    };
    let companions = |person: &Wishing| -> Vec<usize> {
        let is_mutual = |(_, other): &(usize, &Wishing)| {
            person.together_with.contains(&other.person) && other.together_with.contains(&person.person)
        };
        wishes
            .people
            .iter()
            .enumerate()
            .filter(is_mutual)
            .map(|(at, _)| at)
            .collect()
    };
    let cohort: BTreeSet<Id> = wishes.slots.iter().map(|one| one.slot.id).collect();
    let applicant = |person: &Wishing| {
        let (mut granted, mut barred) = (Vec::new(), Vec::new());
        for (rank, id) in (1..).zip(&person.ranked) {
            match bar(person, *id) {
                Ok(slot) => granted.push(Wish { slot, rank }),
                Err(why) => barred.push(Barred { slot: *id, rank, why }),
            }
        }
        let here = wishes.commitments.iter().filter(|one| {
            one.person == person.person && one.status != SignUpStatus::Waitlisted && cohort.contains(&one.slot.id)
        });
        let weeks: Vec<i32> = here.map(|one| one.slot.week_number).collect();
        Applicant {
            person: person.person,
            wishes: granted,
            barred,
            at_most: remaining(person.at_most, person.ranked.len(), weeks.len()),
            load: weeks.len(),
            weeks: BTreeSet::from_iter(weeks).into_iter().collect(),
            together: companions(person),
            draws_lost: person.draws_lost,
            name_hash: None,
            named_id: None,
        }
    };
    let mut applicants: Vec<Applicant> = wishes.people.iter().map(applicant).collect();
    bar_what_companions_cannot(&mut applicants, |slot| open.get(slot).map(|one| one.slot.id));
    Problem {
        competing: pairs.collect(),
        slots: open.iter().map(slot).collect(),
        applicants,
        weeks_in_a_row: wishes.weeks_in_a_row,
    }
}

/// Who comes together or not at all does not get what their companion wished for too and cannot have. That may be what makes
/// it impossible for another, so it is looked at until nothing changes.
fn bar_what_companions_cannot(applicants: &mut [Applicant], id: impl Fn(usize) -> Option<Id>) {
    loop {
        let cannot = |other: &Applicant, slot: Id| {
            let is_wish = other.wishes.iter().any(|wish| id(wish.slot) == Some(slot));
            let is_barred = other.barred.iter().any(|barred| barred.slot == slot);
            // A place that they have is one in which the two would be together.
            let has_it = other
                .barred
                .iter()
                .any(|barred| barred.slot == slot && barred.why == Why::SignedUp);
            (is_barred && !has_it) || (is_wish && other.at_most == 0)
        };
        let lost = |one: &Applicant| -> Vec<Id> {
            let wished = one.wishes.iter().filter_map(|wish| id(wish.slot));
            let companions = || one.together.iter().filter_map(|at| applicants.get(*at));
            wished
                .filter(|slot| companions().any(|other| cannot(other, *slot)))
                .collect()
        };
        let lost: Vec<Vec<Id>> = applicants.iter().map(lost).collect();
        if lost.iter().all(Vec::is_empty) {
            return;
        }
        for (one, lost) in applicants.iter_mut().zip(&lost) {
            let is_lost = |wish: &Wish| id(wish.slot).filter(|slot| lost.contains(slot));
            one.barred.extend(one.wishes.iter().filter_map(|wish| {
                Some(Barred {
                    slot: is_lost(wish)?,
                    rank: wish.rank,
                    why: Why::Together,
                })
            }));
            one.wishes.retain(|wish| is_lost(wish).is_none());
        }
    }
}

#[cfg(test)]
mod fixture {
    use chrono::TimeDelta;

    use super::*;
    use crate::{
        cohorts::model::Phase,
        mentoring::model::{SlotDetails, SlotKind},
        primitives::Line,
    };

    pub fn now() -> Instant {
        Instant::parse("2026-03-04T12:00:00Z").unwrap()
    }

    pub fn candidate(week: i32, capacity: i32, waiting: i32) -> Candidate {
        let now = now();
        // Week 1 ended before, week 2 is under way, and so on.
        let starts_on = now.plus(TimeDelta::days(7 * (i64::from(week) - 2) - 2)).date();
        let details = SlotDetails::of_week(SlotKind::Week, 1, capacity);
        Candidate {
            slot: Slot::new(Id::new(), Id::new(), week, details, now),
            week: Week {
                id: Id::new(),
                cohort_id: Id::new(),
                number: week,
                phase: Phase::Core,
                topic: Line::parse("Topic").unwrap(),
                starts_on,
                ends_on: starts_on + TimeDelta::days(4),
                project_id: None,
                version: 1,
                gap_told_at: None,
            },
            places: Places {
                taken: if waiting > 0 { capacity } else { 0 },
                waiting,
            },
        }
    }

    pub fn wishing(ranked: &[&Candidate]) -> Wishing {
        Wishing {
            person: Id::new(),
            at_most: None,
            ranked: ranked.iter().map(|one| one.slot.id).collect(),
            together_with: Vec::new(),
            draws_lost: 0,
            comes_first: false,
        }
    }

    pub fn commitment(person: &Wishing, of: &Candidate, status: SignUpStatus) -> Commitment {
        Commitment {
            person: person.person,
            slot: of.slot.clone(),
            days: of.week.span(),
            status,
        }
    }

    pub fn wishes(slots: Vec<Candidate>, people: Vec<Wishing>, commitments: Vec<Commitment>) -> Wishes {
        Wishes {
            slots,
            people,
            commitments,
            zone: TimeZone::parse("Europe/London").unwrap(),
            weeks_in_a_row: 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::{
        fixture::{candidate, commitment, now, wishes, wishing},
        *,
    };

    #[test]
    fn what_cannot_come_true_is_barred_with_the_reason() {
        let now = now();
        let [past, full, own, free] =
            [(1, 0), (3, 1), (4, 0), (5, 0)].map(|(week, waiting)| candidate(week, 1, waiting));
        let mut kept = candidate(6, 1, 0);
        kept.slot.priority_until = Some(now.plus(TimeDelta::days(1)));
        let mut busy = candidate(7, 1, 0);
        busy.week.starts_on = own.week.starts_on;
        busy.week.ends_on = own.week.ends_on;
        let mut amal = wishing(&[&past, &full, &own, &free, &kept, &busy]);
        amal.at_most = Some(2);
        let mut first = wishing(&[&kept]);
        first.comes_first = true;
        (amal.together_with, first.together_with) = (vec![first.person], vec![amal.person]);
        let signed_up = commitment(&amal, &own, SignUpStatus::Confirmed);
        let given = wishes(
            vec![past, full, own, free, kept, busy],
            vec![amal, first],
            vec![signed_up],
        );
        let problem = problem(&given, now);
        let amal = &problem.applicants[0];
        let barred: Vec<(usize, Why)> = amal.barred.iter().map(|barred| (barred.rank, barred.why)).collect();
        assert_eq!(
            barred,
            [
                (1, Why::Over),
                (2, Why::NoFreePlace),
                (3, Why::SignedUp),
                (5, Why::KeptForOthers),
                (6, Why::Busy)
            ]
        );
        assert_eq!((amal.wishes.len(), amal.wishes[0].rank), (1, 4));
        // One of the two that they take at the most they have.
        assert_eq!((amal.at_most, amal.load, amal.weeks.as_slice()), (1, 1, [4].as_slice()));
        assert_eq!(
            (amal.together.as_slice(), problem.applicants[1].wishes.len()),
            ([1].as_slice(), 0)
        );
        // What one of two who come together cannot have, neither has.
        assert_eq!(problem.applicants[1].barred[0].why, Why::Together);
    }

    #[test]
    fn every_fault_of_wishes_is_named() {
        let mut known: Vec<Slot> = (2..6).map(|week| candidate(week, 1, 0).slot).collect();
        known[3].booking_minutes = Some(20);
        let ids: Vec<Id> = known.iter().map(|slot| slot.id).collect();
        let (slots, hours) = (&ids[..3], ids[3]);
        let pointers = |ranked: &[Id], at_most| -> Vec<String> {
            let wishes = NewWishes {
                ranked: ranked.to_vec(),
                together_with: Vec::new(),
                at_most,
            };
            let faults = wish_faults(&wishes, &known);
            faults.into_iter().map(|fault| fault.pointer).collect()
        };
        assert!(pointers(slots, Some(1)).is_empty() && pointers(slots, None).is_empty());
        assert_eq!(pointers(&[], Some(0)), ["/ranked", "/at_most"]);
        assert_eq!(
            pointers(&[slots[0], Id::new(), slots[0], hours], Some(101)),
            ["/ranked/1", "/ranked/2", "/ranked/3", "/at_most"]
        );
        assert_eq!(
            [
                remaining(None, 3, 1),
                remaining(Some(2), 3, 1),
                remaining(Some(1), 3, 2)
            ],
            [3, 1, 0]
        );
    }
}
