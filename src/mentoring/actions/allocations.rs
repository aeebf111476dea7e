//! Places allocated to wishes: prepared in a read, solved without a database, saved and confirmed in writes.

use std::collections::BTreeMap;

use super::{
    super::{
        allocation::{self, Problem},
        events::{AllocationChange, AllocationEvent, DrawChange, DrawEvent},
        model::{Allocation, AllocationResult, AllocationStatus, Assignment, DrawsLost, SignUp, SignUpStatus, Slot},
        rules::{self, Candidate, Commitment, Wishes, Wishing},
        store,
    },
    must_be_open,
    slots::with_mentors,
};
use crate::{
    accounts,
    authz::Actor,
    campuses,
    cohorts::{
        self, CohortStaff,
        model::{Cohort, Week},
    },
    db::Conn,
    error::{Code, Error, Result},
    mentoring::SlotViewer,
    outbox,
    primitives::{Id, IfMatch, Instant, Limit, Page, Secret},
    solver_pool::{SolverPool, Turn},
    teams::model::{Names, PersonName},
};

/// So many people can have wishes in one allocation.
const MOST_PEOPLE: usize = 100;

/// A request for an allocation that has been checked, with all that is computed.
#[derive(Clone)]
pub struct PreparedAllocation {
    pub(super) id: Id,
    pub(super) turn: Turn,
    pub(super) seed: i64,
    pub(super) seed_given: bool,
    pub(super) problem: Problem,
}

/// Reads what there is to allocate.
pub fn prepare(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    (seed, weeks_in_a_row): (Option<i64>, i32),
    now: Instant,
) -> Result<PreparedAllocation> {
    let (cohort, staff) = CohortStaff::of(conn, actor, cohort)?;
    must_be_open(&cohort)?;
    let problem = problem(conn, &cohort, weeks_in_a_row, now)?;
    if problem.applicants.is_empty() {
        let detail = "Nobody who may mentor here has wishes yet. Ask \
                      them to say in which slots they would like to mentor.";
        return Err(Error::new(Code::Conflict, detail));
    }
    if problem.applicants.len() > MOST_PEOPLE {
        let detail = format!("More than {MOST_PEOPLE} people have wishes, which is more than one allocation can take.");
        return Err(Error::new(Code::Conflict, detail));
    }
    Ok(PreparedAllocation {
        id: Id::new(),
        turn: Turn {
            account: staff.person(),
            campus: cohort.campus_id,
            cohort: cohort.id,
        },
        // JSON numbers are exact up to 53 bits. An id would do, were it not for who could wait for the right one.
        seed: seed.unwrap_or_else(|| rand::random::<i64>() & ((1 << 53) - 1)),
        seed_given: seed.is_some(),
        problem,
    })
}

fn problem(conn: &mut Conn, cohort: &Cohort, weeks_in_a_row: i32, now: Instant) -> Result<Problem> {
    let wished = store::preferences(conn, cohort.id)?;
    let people: Vec<Id> = wished.iter().map(|one| one.person_id).collect();
    let mentors = store::may_mentor(conn, cohort, &people)?;
    let (ranked, companions) = (store::wishes(conn, cohort.id)?, store::companions(conn, cohort.id)?);
    let lost = draws_lost(conn, cohort.campus_id)?;
    let first = store::graduates_of_previous_cohort(conn, cohort)?;
    let wishing = wished.iter().filter(|one| mentors.contains(&one.person_id)).map(|one| {
        let person = one.person_id;
        let own = ranked.iter().filter(|wish| wish.person_id == person);
        let together = companions.iter().filter(|one| one.person_id == person);
        Wishing {
            person,
            at_most: one.at_most,
            ranked: own.map(|wish| wish.slot_id).collect(),
            together_with: together.map(|one| one.companion_id).collect(),
            draws_lost: lost.get(&person).copied().unwrap_or(0),
            comes_first: first.contains(&person),
        }
    });
    let commitment = |(person, status, slot, week): (Id, SignUpStatus, Slot, Week)| Commitment {
        person,
        slot,
        days: week.span(),
        status,
    };
    let wishes = Wishes {
        slots: candidates(conn, cohort.id)?,
        people: wishing.collect(),
        commitments: store::commitments(conn, &mentors)?
            .into_iter()
            .map(commitment)
            .collect(),
        zone: campuses::store::campus(conn, cohort.campus_id)?.time_zone,
        weeks_in_a_row,
    };
    Ok(rules::problem(&wishes, now))
}

/// The slots that are given out: all but office hours, which whoever likes offers or signs up for besides.
fn candidates(conn: &mut Conn, cohort: Id) -> Result<Vec<Candidate>> {
    let weeks = cohorts::store::weeks(conn, cohort)?;
    let mut slots = store::all_slots(conn, cohort)?;
    slots.retain(|slot| slot.booking_minutes.is_none());
    let mut slots = with_mentors(conn, slots)?;
    slots.sort_by_key(|one| (one.slot.week_number, one.slot.id));
    let with_week = |one: super::SlotWithMentors| {
        let week = weeks.iter().find(|week| week.number == one.slot.week_number)?.clone();
        Some(Candidate {
            week,
            places: one.places,
            slot: one.slot,
        })
    };
    Ok(slots.into_iter().filter_map(with_week).collect())
}

/// Who has lost how many draws in a row at a campus by now: it stands in the report of its last allocation.
pub(super) fn draws_lost(conn: &mut Conn, campus: Id) -> Result<BTreeMap<Id, u32>> {
    let Some(last) = store::last_confirmed(conn, campus)? else {
        return Ok(BTreeMap::new());
    };
    let lost = result(&last)?.report.draws_lost;
    Ok(lost.into_iter().map(|one| (one.person, one.count)).collect())
}

/// Allocates on a thread of the pool, without a database.
///
/// # Errors
/// `503` if it takes longer than anybody waits.
pub async fn allocate(pool: &SolverPool, prepared: PreparedAllocation) -> Result<AllocationResult> {
    let PreparedAllocation {
        turn, seed, problem, ..
    } = prepared;
    let allocate = move |goes_on: &mut dyn FnMut() -> bool| {
        let solution = allocation::solve(&problem, seed, goes_on)?;
        Some(rules::result(&problem, &solution))
    };
    pool.run(turn, allocate).await?.ok_or_else(Error::overloaded)
}

/// An allocation, with what people are called.
pub struct FullAllocation {
    pub allocation: Allocation,
    pub weeks_in_a_row: i32,
    pub result: AllocationResult,
    pub names: Names,
    /// Whether the report is shown.
    pub is_whole: bool,
}

impl FullAllocation {
    fn of(conn: &mut Conn, allocation: Allocation) -> Result<Self> {
        let (result, problem) = (result(&allocation)?, stored_problem(&allocation)?);
        let mut people: Vec<Id> = result.wishes.iter().map(|one| one.person).collect();
        people.extend(result.report.draws_lost.iter().map(|lost| lost.person));
        Ok(Self {
            names: accounts::store::cards(conn, &people)?
                .iter()
                .map(PersonName::from)
                .collect(),
            weeks_in_a_row: problem.weeks_in_a_row,
            result,
            allocation,
            is_whole: true,
        })
    }

    /// Only what it is for one person.
    fn for_person(mut self, person: Id) -> Self {
        self.result.assignments.retain(|one| one.person == person);
        self.result.wishes.retain(|one| one.person == person);
        self.is_whole = false;
        self
    }
}

pub(super) fn result(allocation: &Allocation) -> Result<AllocationResult> {
    serde_json::from_str(&allocation.result).map_err(Error::internal)
}

pub(super) fn stored_problem(allocation: &Allocation) -> Result<Problem> {
    serde_json::from_str(&allocation.problem).map_err(Error::internal)
}

/// Keeps what was allocated and tells everybody who had wishes what it commits to, or with `dry_run` only shows it. Whether it still fits is looked at when it is confirmed.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    prepared: &PreparedAllocation,
    allocated: &AllocationResult,
    dry_run: bool,
    now: Instant,
) -> Result<FullAllocation> {
    let (cohort, staff) = CohortStaff::of(conn, actor, prepared.turn.cohort)?;
    must_be_open(&cohort)?;
    let mut allocated = allocated.clone();
    // Who did not take part this time has lost as many draws as before.
    let took_part = |person: &Id| prepared.problem.applicants.iter().any(|one| one.person == *person);
    for (person, count) in draws_lost(conn, cohort.campus_id)? {
        if !took_part(&person) {
            allocated.report.draws_lost.push(DrawsLost { person, count });
        }
    }
    let secret = Secret::new().text;
    let mut problem = prepared.problem.clone();
    rules::name_applicants(&mut problem, &secret);
    let commitment = rules::draw(&problem, prepared.seed, &secret)?.commitment;
    let allocation = Allocation {
        id: prepared.id,
        cohort_id: cohort.id,
        status: AllocationStatus::Draft,
        seed: prepared.seed,
        problem: serde_json::to_string(&problem).map_err(Error::internal)?,
        result: serde_json::to_string(&allocated).map_err(Error::internal)?,
        created_by: Some(staff.person()),
        confirmed_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
        commitment: Some(commitment.clone()),
        commitment_secret: Some(secret),
        seed_given: prepared.seed_given,
    };
    if !dry_run {
        let since = now.plus(-rules::DAY);
        rules::DRAWS.check_room(store::drawn_since(conn, cohort.id, since)?)?;
        store::insert_allocation(conn, &staff, &allocation)?;
        let event = DrawEvent {
            kind: DrawChange::Made,
            allocation_id: allocation.id,
            campus_id: cohort.campus_id,
            cohort_id: cohort.id,
            number: store::draw_number(conn, cohort.id, allocation.id)?,
            commitment,
            people: prepared.problem.applicants.iter().map(|one| one.person).collect(),
        };
        outbox::record(conn, &event, Some(staff.person()), now)?;
    }
    FullAllocation::of(conn, allocation)
}

/// An allocation: all of it for the staff, and their own part for those who had wishes, once it is confirmed.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<FullAllocation> {
    let allocation = store::allocation(conn, id)?;
    let (_, viewer) = SlotViewer::of(conn, actor, allocation.cohort_id)?;
    let is_confirmed = allocation.status == AllocationStatus::Confirmed;
    let found = FullAllocation::of(conn, allocation)?;
    if viewer.staff().is_ok() {
        return Ok(found);
    }
    let own = found.for_person(viewer.person());
    match is_confirmed && !own.result.wishes.is_empty() {
        true => Ok(own),
        false => Err(Error::not_found()),
    }
}

/// The allocations of a cohort, the latest first: all for the staff, for others those that are confirmed.
pub fn list(conn: &mut Conn, actor: &Actor, cohort: Id, limit: Limit, before: Option<Id>) -> Result<Page<Allocation>> {
    let (cohort, viewer) = SlotViewer::of(conn, actor, cohort)?;
    let only = viewer.staff().is_err().then_some(AllocationStatus::Confirmed);
    let found = store::allocations(conn, cohort.id, only, before, limit.plus_one())?;
    Ok(Page::of(found, limit, |one| one.id))
}

/// Makes sign-ups of the places, all of them or none, and tells everybody who had wishes.
pub fn confirm(conn: &mut Conn, actor: &Actor, id: Id, seen: IfMatch, now: Instant) -> Result<FullAllocation> {
    let allocation = store::allocation(conn, id)?;
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, allocation.cohort_id)?;
    seen.check(allocation.version)?;
    if allocation.status == AllocationStatus::Confirmed {
        return Err(Error::new(
            Code::InvalidTransition,
            "The allocation has been confirmed already.",
        ));
    }
    must_be_open(&cohort)?;
    let before = stored_problem(&allocation)?;
    let current = problem(conn, &cohort, before.weeks_in_a_row, now)?;
    let changed = rules::differences(&before, &current);
    if changed != rules::Differences::default() {
        let detail = "Slots, wishes or sign-ups have changed since it was computed; `changed` says whose. Make another \
                      allocation.";
        return Err(Error::new(Code::AllocationOutdated, detail).with("changed", changed));
    }
    let assignments = result(&allocation)?.assignments;
    let slots: Vec<Id> = assignments.iter().map(|one| one.slot).collect();
    let mut turns = store::last_turns(conn, &slots)?;
    let mut sign_up = |one: &Assignment| {
        let turn = turns.entry(one.slot).or_insert(0);
        *turn += 1;
        SignUp::new(Id::new(), (one.slot, one.person), *turn, SignUpStatus::Confirmed, now)
    };
    let new: Vec<SignUp> = assignments.iter().map(&mut sign_up).collect();
    store::insert_allocated(conn, &staff, &new)?;
    store::confirm_allocation(conn, &staff, id, now)?;
    let event = AllocationEvent {
        kind: AllocationChange::Confirmed,
        allocation_id: id,
        campus_id: cohort.campus_id,
        cohort_id: cohort.id,
        people: before.applicants.iter().map(|one| one.person).collect(),
    };
    outbox::record(conn, &event, Some(staff.person()), now)?;
    let confirmed = store::allocation(conn, id)?;
    FullAllocation::of(conn, confirmed)
}
