//! Queries on mentor slots and sign-ups.

mod allocations;
mod bookings;
mod gaps;
mod giving;
mod places;
mod preferences;
mod reconfirmation;
mod search;
mod swap_offers;

pub use allocations::{
    allocation, allocations, confirm_allocation, draw_number, drawn_since, insert_allocated, insert_allocation,
    last_confirmed, last_turns,
};
pub use bookings::{
    booked_by, booked_since, bookings, bookings_of, bookings_with_people, delete_booking, insert_booking, pass_booking,
    walks_of,
};
pub use gaps::{set_gap_told, weeks_that_begin};
pub use giving::{givings, hand_over, replace_hand_over, set_thanked, thanked, thanked_at};
pub use places::{insert_sign_up, insert_swapped, set_status};
pub use preferences::{
    commitments, companions, delete as delete_wishes, may_mentor, preference, preferences, replace as replace_wishes,
    wishes,
};
pub use reconfirmation::{asked, forget_reconfirmations, set_asked, set_reconfirmed, unconfirmed};
pub use search::{graduates_of_previous_cohort, search};
pub use swap_offers::{
    count_swap_offers, insert_swap_offer, open_swap_offers, set_swap_status, swap_offer, swap_offers_of,
};

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::{dsl::exists, prelude::*};

use super::{
    Mentor, SlotKeeper, events,
    model::{Attendance, SignUp, SignUpStatus, Slot, SlotSelection, StoredPlace},
};
use crate::{
    accounts::model::PersonCard,
    calendars::revisions,
    campuses::model::Campus,
    cohorts::{
        CohortStaff,
        model::{Cohort, Week},
    },
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{campuses, cohorts, mentor_slots, people, sign_ups, walks, weeks},
    },
    error::Result,
    on_both,
    primitives::{Filter, Id, Instant},
    teams::model::PersonName,
};

/// Whether students choose a place in a slot.
pub fn has_walk(conn: &mut Conn, slot: Id) -> Result<bool> {
    Ok(diesel::select(exists(walks::table.find(slot))).get_result(conn)?)
}

/// A slot.
///
/// # Errors
/// `404` if there is none.
pub fn slot(conn: &mut Conn, id: Id) -> Result<Slot> {
    Ok(on_both!(conn, |conn| mentor_slots::table
        .find(id)
        .select(Slot::as_select())
        .first(conn))?)
}

/// A slot, unless it was removed.
pub fn find_slot(conn: &mut Conn, id: Id) -> Result<Option<Slot>> {
    let slot = mentor_slots::table.find(id).select(Slot::as_select());
    Ok(slot.first(conn).optional()?)
}

/// Slots of a cohort by week, in the order they were made.
pub fn slots(conn: &mut Conn, cohort: Id, selection: SlotSelection, limit: i64) -> Result<Vec<Slot>> {
    let mut query = mentor_slots::table
        .filter(mentor_slots::cohort_id.eq(cohort))
        .order((mentor_slots::week_number, mentor_slots::id))
        .limit(limit)
        .select(Slot::as_select())
        .into_boxed();
    if let Some(week) = selection.week {
        query = query.filter(mentor_slots::week_number.eq(week));
    }
    if let Some(kinds) = selection.kinds {
        query = query.filter(mentor_slots::kind.among(kinds));
    }
    query = match selection.office_hours {
        None => query,
        Some(true) => query.filter(mentor_slots::booking_minutes.is_not_null()),
        Some(false) => query.filter(mentor_slots::booking_minutes.is_null()),
    };
    let of_week = || {
        let same = weeks::number.eq(mentor_slots::week_number);
        weeks::table.filter(weeks::cohort_id.eq(cohort)).filter(same)
    };
    if let Some(from) = selection.period.from {
        query = query.filter(exists(of_week().filter(weeks::ends_on.ge(from))));
    }
    if let Some(to) = selection.period.to {
        query = query.filter(exists(of_week().filter(weeks::starts_on.le(to))));
    }
    if let Some((week, id)) = selection.after {
        let same_week = mentor_slots::week_number.eq(week).and(mentor_slots::id.gt(id));
        query = query.filter(mentor_slots::week_number.gt(week).or(same_week));
    }
    Ok(query.load(conn)?)
}

/// All slots of a cohort.
pub fn all_slots(conn: &mut Conn, cohort: Id) -> Result<Vec<Slot>> {
    Ok(mentor_slots::table
        .filter(mentor_slots::cohort_id.eq(cohort))
        .select(Slot::as_select())
        .load(conn)?)
}

/// How many slots a cohort has.
pub fn count_slots(conn: &mut Conn, cohort: Id) -> Result<i64> {
    let all = mentor_slots::table.filter(mentor_slots::cohort_id.eq(cohort));
    Ok(all.count().get_result(conn)?)
}

/// Makes slots.
pub fn insert_slots(conn: &mut Conn, _: &CohortStaff, slots: &[Slot]) -> Result<()> {
    insert(conn, slots)
}

/// Makes slots that a mentor offers.
pub fn insert_office_hours(conn: &mut Conn, _: &Mentor, slots: &[Slot]) -> Result<()> {
    insert(conn, slots)
}

fn insert(conn: &mut Conn, slots: &[Slot]) -> Result<()> {
    on_both!(conn, |conn| diesel::insert_into(mentor_slots::table)
        .values(slots)
        .execute(conn))?;
    for slot in slots {
        events::slot(slot).created(conn)?;
    }
    Ok(())
}

/// Puts the kind, numbers and times of a slot in place of what it had; counts its version up.
pub fn update_slot(conn: &mut Conn, _: &SlotKeeper, changed: &Slot, now: Instant) -> Result<Slot> {
    diesel::update(mentor_slots::table.find(changed.id))
        .set((
            mentor_slots::kind.eq(changed.kind),
            mentor_slots::min_mentors.eq(changed.min_mentors),
            mentor_slots::capacity.eq(changed.capacity),
            mentor_slots::starts_local.eq(changed.starts_local),
            mentor_slots::ends_local.eq(changed.ends_local),
            mentor_slots::time_zone.eq(changed.time_zone),
            mentor_slots::booking_minutes.eq(changed.booking_minutes),
            mentor_slots::part_of_week.eq(changed.part_of_week),
            mentor_slots::place.eq(&changed.place),
            mentor_slots::url.eq(&changed.url),
            mentor_slots::mentor_role.eq(changed.mentor_role),
            mentor_slots::priority_until.eq(changed.priority_until),
            mentor_slots::reconfirm_days.eq(changed.reconfirm_days),
            mentor_slots::version.eq(mentor_slots::version + 1),
            mentor_slots::updated_at.eq(now),
        ))
        .execute(conn)?;
    events::slot(changed).updated(conn)?;
    slot(conn, changed.id)
}

/// Removes a slot and its sign-ups.
pub fn delete_slot(conn: &mut Conn, _: &SlotKeeper, slot: &Slot, now: Instant) -> Result<()> {
    delete(conn, slot, now)
}

/// Removes office hours that a mentor offered and that nobody holds any more.
pub fn delete_offered(conn: &mut Conn, slot: &Slot, now: Instant) -> Result<()> {
    debug_assert!(slot.is_offered, "staff made it");
    delete(conn, slot, now)
}

fn delete(conn: &mut Conn, slot: &Slot, now: Instant) -> Result<()> {
    revisions::slot_deleted(conn, slot, now)?;
    diesel::delete(mentor_slots::table.find(slot.id)).execute(conn)?;
    events::slot(slot).deleted(conn)
}

/// Slot and status of every sign-up of these slots that was not cancelled.
pub fn statuses(conn: &mut Conn, slots: &[Id]) -> Result<Vec<(Id, SignUpStatus)>> {
    Ok(sign_ups::table
        .filter(sign_ups::slot_id.among(slots))
        .filter(sign_ups::status.ne(SignUpStatus::Cancelled))
        .select((sign_ups::slot_id, sign_ups::status))
        .load(conn)?)
}

/// Every sign-up of a cohort, also those that were cancelled.
pub fn places(conn: &mut Conn, cohort: Id) -> Result<Vec<StoredPlace>> {
    Ok(sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(mentor_slots::cohort_id.eq(cohort))
        .select(StoredPlace::as_select())
        .load(conn)?)
}

/// Every sign-up of a slot that was not cancelled, by turn.
pub fn sign_ups(conn: &mut Conn, slot: Id) -> Result<Vec<SignUp>> {
    Ok(on_both!(conn, |conn| sign_ups::table
        .filter(sign_ups::slot_id.eq(slot))
        .filter(sign_ups::status.ne(SignUpStatus::Cancelled))
        .order(sign_ups::turn)
        .select(SignUp::as_select())
        .load(conn))?)
}

/// The sign-ups of a slot that were cancelled at that instant, by turn.
pub fn cancelled_at(conn: &mut Conn, slot: Id, at: Instant) -> Result<Vec<SignUp>> {
    Ok(sign_ups::table
        .filter(sign_ups::slot_id.eq(slot))
        .filter(sign_ups::status.eq(SignUpStatus::Cancelled))
        .filter(sign_ups::updated_at.eq(at))
        .order(sign_ups::turn)
        .select(SignUp::as_select())
        .load(conn)?)
}

/// The same with who they are of, a page at a time.
pub fn mentors(conn: &mut Conn, slot: Id, after: i64, limit: i64) -> Result<Vec<(SignUp, PersonCard)>> {
    Ok(sign_ups::table
        .inner_join(people::table)
        .filter(sign_ups::slot_id.eq(slot))
        .filter(sign_ups::status.ne(SignUpStatus::Cancelled))
        .filter(sign_ups::turn.gt(after))
        .order(sign_ups::turn)
        .limit(limit)
        .select((SignUp::as_select(), PersonCard::as_select()))
        .load(conn)?)
}

/// A person's sign-up for a slot, with their name, unless it was cancelled.
///
/// # Errors
/// `404` if there is none.
pub fn sign_up(conn: &mut Conn, slot: Id, person: Id) -> Result<(SignUp, PersonCard)> {
    Ok(on_both!(conn, |conn| sign_ups::table
        .inner_join(people::table)
        .filter(sign_ups::slot_id.eq(slot))
        .filter(sign_ups::person_id.eq(person))
        .filter(sign_ups::status.ne(SignUpStatus::Cancelled))
        .select((SignUp::as_select(), PersonCard::as_select()))
        .first(conn))?)
}

/// How reliably people came to slots at a campus, of weeks that ended since a day.
pub fn attendance(
    conn: &mut Conn,
    _: &CohortStaff,
    campus: Id,
    people: &[Id],
    since: NaiveDate,
) -> Result<BTreeMap<Id, Attendance>> {
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    let rows: Vec<(Id, SignUpStatus)> = sign_ups::table
        .inner_join(mentor_slots::table.inner_join(cohorts::table))
        .inner_join(weeks::table.on(of_week))
        .filter(cohorts::campus_id.eq(campus))
        .filter(sign_ups::person_id.among(people))
        .filter(sign_ups::status.among([SignUpStatus::Attended, SignUpStatus::NoShow]))
        .filter(weeks::ends_on.ge(since))
        .select((sign_ups::person_id, sign_ups::status))
        .load(conn)?;
    let mut all: BTreeMap<Id, Attendance> = people.iter().map(|person| (*person, Attendance::default())).collect();
    for (person, status) in rows {
        let one = all.entry(person).or_default();
        one.expected += 1;
        one.no_shows += i64::from(status == SignUpStatus::NoShow);
    }
    Ok(all)
}

/// The turn of the next sign-up for a slot.
pub fn next_turn(conn: &mut Conn, slot: Id) -> Result<i64> {
    let last: Option<i64> = on_both!(conn, |conn| sign_ups::table
        .filter(sign_ups::slot_id.eq(slot))
        .select(diesel::dsl::max(sign_ups::turn))
        .first(conn))?;
    Ok(last.unwrap_or(0) + 1)
}

/// Slot and person of everybody who has a place in these slots or waits for one.
pub fn holders(conn: &mut Conn, slots: &[Id]) -> Result<Vec<(Id, Id)>> {
    Ok(sign_ups::table
        .filter(sign_ups::slot_id.among(slots))
        .filter(sign_ups::status.among([SignUpStatus::Confirmed, SignUpStatus::Waitlisted]))
        .order(sign_ups::id)
        .select((sign_ups::slot_id, sign_ups::person_id))
        .load(conn)?)
}

/// Who has a place in a slot and an account that can be used.
pub fn held_by(conn: &mut Conn, slot: Id) -> Result<Vec<Id>> {
    Ok(sign_ups::table
        .inner_join(people::table)
        .filter(sign_ups::slot_id.eq(slot))
        .filter(sign_ups::status.eq(SignUpStatus::Confirmed))
        .filter(people::disabled_at.is_null())
        .select(sign_ups::person_id)
        .load(conn)?)
}

/// Slot and turn of everybody who waits for one of these slots.
pub fn waiting(conn: &mut Conn, slots: &[Id]) -> Result<Vec<(Id, i64)>> {
    Ok(on_both!(conn, |conn| sign_ups::table
        .filter(sign_ups::slot_id.among(slots))
        .filter(sign_ups::status.eq(SignUpStatus::Waitlisted))
        .select((sign_ups::slot_id, sign_ups::turn))
        .load(conn))?)
}

/// The slots that people have a place in or wait for.
pub fn slots_of(conn: &mut Conn, people: &[Id]) -> Result<Vec<(Id, Slot)>> {
    Ok(on_both!(conn, |conn| sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(sign_ups::person_id.among(people))
        .filter(sign_ups::status.ne(SignUpStatus::Cancelled))
        .select((sign_ups::person_id, Slot::as_select()))
        .load(conn))?)
}

/// A sign-up with what it is for, and where that is.
pub type SignUpAbroad = (SignUp, Slot, Week, (Cohort, Campus));

/// Everything a person ever signed up for, the latest first.
pub fn sign_ups_of(
    conn: &mut Conn,
    person: Id,
    filter: &Filter<SignUpStatus>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<SignUpAbroad>> {
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    let mut query = sign_ups::table
        .inner_join(mentor_slots::table.inner_join(cohorts::table.inner_join(campuses::table)))
        .inner_join(weeks::table.on(of_week))
        .filter(sign_ups::person_id.eq(person))
        .order(sign_ups::id.desc())
        .limit(limit)
        .select((
            SignUp::as_select(),
            Slot::as_select(),
            Week::as_select(),
            (Cohort::as_select(), Campus::as_select()),
        ))
        .into_boxed();
    if let Some(states) = filter.states.clone() {
        query = query.filter(sign_ups::status.among(states));
    }
    if let Some(from) = filter.period.from {
        query = query.filter(weeks::ends_on.ge(from));
    }
    if let Some(to) = filter.period.to {
        query = query.filter(weeks::starts_on.le(to));
    }
    if let Some(before) = before {
        query = query.filter(sign_ups::id.lt(before));
    }
    Ok(query.load(conn)?)
}

/// Everybody who will come or came to some slots, by turn.
pub fn coming(conn: &mut Conn, slots: &[Id]) -> Result<Vec<(Id, PersonName)>> {
    let rows: Vec<(Id, PersonCard)> = sign_ups::table
        .inner_join(people::table)
        .filter(sign_ups::slot_id.among(slots))
        .filter(sign_ups::status.among([SignUpStatus::Confirmed, SignUpStatus::Attended]))
        .order(sign_ups::turn)
        .select((sign_ups::slot_id, PersonCard::as_select()))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(slot, card)| (slot, PersonName::from(&card)))
        .collect())
}
