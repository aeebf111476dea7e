//! Queries on enrolments.

use diesel::prelude::*;

use super::consents::objectors;
use crate::{
    accounts::model::PersonCard,
    authz::SignedIn,
    calendars::revisions,
    campuses::model::MemberStatus,
    cohorts::model::{Cohort, Week},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            campus_members, campuses, cohorts, enrolments, mentor_slots, office_hour_bookings, people, sign_ups,
            walk_places, weeks,
        },
    },
    error::Result,
    mentoring::{
        self,
        events::{SlotChange, SlotEvent},
        model::{SignUpStatus, Slot, SlotTimes},
    },
    on_both, outbox, pastoral,
    primitives::{Email, Filter, Id, Line},
    students::{
        RosterKeeper, events,
        model::{Enrolment, EnrolmentStatus, OwnCohort},
    },
};

/// Everybody who is or was enrolled in the cohort, by name.
pub fn roster(conn: &mut Conn, cohort: Id) -> Result<Vec<(Enrolment, PersonCard)>> {
    page(conn, cohort, &Filter::default(), None, i64::MAX)
}

/// The same as the staff know it: without what students do not want to be used.
pub fn roster_for_staff(conn: &mut Conn, cohort: Id) -> Result<Vec<(Enrolment, PersonCard)>> {
    let objectors = objectors(conn, cohort)?;
    let known = |(enrolment, card): (Enrolment, PersonCard)| match objectors.contains(&card.id) {
        true => (enrolment.without_volunteered(), card),
        false => (enrolment, card),
    };
    Ok(roster(conn, cohort)?.into_iter().map(known).collect())
}

/// The same with their e-mail addresses, by which an import knows them again.
pub fn roster_with_emails(
    conn: &mut Conn,
    proof: &RosterKeeper,
) -> Result<Vec<(Enrolment, PersonCard, Option<Email>)>> {
    Ok(enrolments::table
        .inner_join(people::table)
        .filter(enrolments::cohort_id.eq(proof.cohort()))
        .order((people::name, people::id))
        .select((Enrolment::as_select(), PersonCard::as_select(), people::email))
        .load(conn)?)
}

/// Who has proved which of these addresses, of the cohort's students and the members of its campus.
pub fn proved_addresses(
    conn: &mut Conn,
    proof: &RosterKeeper,
    campus: Id,
    emails: &[Email],
) -> Result<Vec<(Email, Id)>> {
    let members = campus_members::table
        .filter(campus_members::campus_id.eq(campus))
        .filter(campus_members::status.eq(MemberStatus::Member))
        .select(campus_members::person_id);
    let students = enrolments::table
        .filter(enrolments::cohort_id.eq(proof.cohort()))
        .select(enrolments::person_id);
    Ok(people::table
        .filter(people::email.among(emails.to_vec()))
        .filter(people::email_verified_at.is_not_null())
        .filter(people::id.eq_any(members).or(people::id.eq_any(students)))
        .select((people::email.assume_not_null(), people::id))
        .load(conn)?)
}

/// Up to `limit` of them, those after a name; only those in some states and there on some days, if that is asked.
pub fn page(
    conn: &mut Conn,
    cohort: Id,
    filter: &Filter<EnrolmentStatus>,
    after: Option<(Line, Id)>,
    limit: i64,
) -> Result<Vec<(Enrolment, PersonCard)>> {
    let found = on_both!(conn, |conn| {
        let mut query = enrolments::table
            .inner_join(people::table)
            .filter(enrolments::cohort_id.eq(cohort))
            .select((Enrolment::as_select(), PersonCard::as_select()))
            .into_boxed();
        if let Some(states) = filter.states.clone() {
            query = query.filter(enrolments::status.among(states));
        }
        if let Some(from) = filter.period.from {
            query = query.filter(enrolments::left_on.is_null().or(enrolments::left_on.ge(from)));
        }
        if let Some(to) = filter.period.to {
            query = query.filter(enrolments::joined_on.le(to));
        }
        if let Some((name, person)) = after.clone() {
            let same = people::name.eq(name.clone()).and(people::id.gt(person));
            query = query.filter(people::name.gt(name).or(same));
        }
        query.order((people::name, people::id)).limit(limit).load(conn)
    });
    Ok(found?)
}

/// Somebody's enrolment, if they ever had one there.
pub fn enrolment(conn: &mut Conn, cohort: Id, person: Id) -> Result<Option<(Enrolment, PersonCard)>> {
    Ok(on_both!(conn, |conn| enrolments::table
        .inner_join(people::table)
        .filter(enrolments::cohort_id.eq(cohort))
        .filter(enrolments::person_id.eq(person))
        .select((Enrolment::as_select(), PersonCard::as_select()))
        .first(conn))
    .optional()?)
}

/// The cohorts that somebody studies in or graduated from, by their start.
pub fn cohorts_of(conn: &mut Conn, caller: &SignedIn) -> Result<Vec<OwnCohort>> {
    Ok(on_both!(conn, |conn| enrolments::table
        .inner_join(cohorts::table.inner_join(campuses::table))
        .filter(enrolments::person_id.eq(caller.person()))
        .filter(enrolments::status.ne(EnrolmentStatus::Withdrawn))
        .order((cohorts::starts_on, cohorts::id))
        .select((Cohort::as_select(), enrolments::status, campuses::time_zone))
        .load(conn))?)
}

/// How many are or were enrolled in the cohort.
pub fn count(conn: &mut Conn, cohort: Id) -> Result<usize> {
    let count: i64 = enrolments::table
        .filter(enrolments::cohort_id.eq(cohort))
        .count()
        .get_result(conn)?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Enrols somebody.
pub fn insert(conn: &mut Conn, proof: &RosterKeeper, enrolment: &Enrolment) -> Result<()> {
    debug_assert_eq!(proof.cohort(), enrolment.cohort_id, "the proof holds elsewhere");
    write(conn, enrolment)
}

pub(super) fn write(conn: &mut Conn, enrolment: &Enrolment) -> Result<()> {
    diesel::insert_into(enrolments::table).values(enrolment).execute(conn)?;
    events::enrolment(enrolment.cohort_id, enrolment.person_id).created(conn)
}

/// Changes an enrolment to what is given. Others than staff are told if it is another one to them.
pub fn update(conn: &mut Conn, proof: &RosterKeeper, enrolment: &Enrolment, is_seen: bool) -> Result<()> {
    debug_assert_eq!(proof.cohort(), enrolment.cohort_id, "the proof holds elsewhere");
    overwrite(conn, enrolment)?;
    let (cohort, person) = (enrolment.cohort_id, enrolment.person_id);
    match is_seen {
        true => events::enrolment(cohort, person).updated(conn),
        false => events::private_enrolment(cohort, person).updated(conn),
    }
}

/// Changes the caller's own to what is given.
pub fn update_own(conn: &mut Conn, proof: &SignedIn, enrolment: &Enrolment) -> Result<()> {
    debug_assert_eq!(proof.person(), enrolment.person_id, "the proof is another's");
    overwrite(conn, enrolment)?;
    events::own_enrolment(enrolment.cohort_id, enrolment.person_id).updated(conn)
}

/// The caller has left. Everybody in the cohort sees that.
pub fn leave(conn: &mut Conn, proof: &SignedIn, enrolment: &Enrolment) -> Result<()> {
    debug_assert_eq!(proof.person(), enrolment.person_id, "the proof is another's");
    overwrite(conn, enrolment)?;
    events::enrolment(enrolment.cohort_id, enrolment.person_id).updated(conn)
}

pub(super) fn overwrite(conn: &mut Conn, enrolment: &Enrolment) -> Result<()> {
    diesel::update(enrolments::table.find((enrolment.cohort_id, enrolment.person_id)))
        .set((
            enrolments::status.eq(enrolment.status),
            enrolments::experience.eq(enrolment.experience),
            enrolments::attributes.eq(&enrolment.attributes),
            enrolments::told_at.eq(enrolment.told_at),
            enrolments::joined_on.eq(enrolment.joined_on),
            enrolments::left_on.eq(enrolment.left_on),
            enrolments::version.eq(enrolment.version),
            enrolments::updated_at.eq(enrolment.updated_at),
        ))
        .execute(conn)?;
    match enrolment.status {
        EnrolmentStatus::Withdrawn => free_places(conn, enrolment),
        EnrolmentStatus::Enrolled | EnrolmentStatus::Graduated => Ok(()),
    }
}

/// Whoever leaves comes along on no walk any more, and to no office hours unless their team does; others can have the place,
/// and mentors are told whose time is booked no longer.
fn free_places(conn: &mut Conn, left: &Enrolment) -> Result<()> {
    let last_day = left.left_on.unwrap_or(left.updated_at.date());
    let weeks: Vec<Week> = weeks::table
        .filter(weeks::cohort_id.eq(left.cohort_id))
        .filter(weeks::ends_on.ge(last_day))
        .select(Week::as_select())
        .load(conn)?;
    let numbers: Vec<i32> = weeks.iter().map(|week| week.number).collect();
    let slots: Vec<Id> = walk_places::table
        .inner_join(mentor_slots::table.on(mentor_slots::id.eq(walk_places::slot_id)))
        .filter(walk_places::person_id.eq(left.person_id))
        .filter(mentor_slots::cohort_id.eq(left.cohort_id))
        .filter(mentor_slots::week_number.among(numbers.clone()))
        .select(walk_places::slot_id)
        .load(conn)?;
    for slot in slots {
        revisions::walk_left(conn, slot, &[left.person_id], left.updated_at)?;
        diesel::delete(walk_places::table.find((slot, left.person_id))).execute(conn)?;
        pastoral::events::walk(slot, left.cohort_id).updated_that_day(conn)?;
    }
    let booked: Vec<(i32, Slot)> = office_hour_bookings::table
        .inner_join(mentor_slots::table)
        .filter(office_hour_bookings::person_id.eq(left.person_id))
        .filter(office_hour_bookings::team_id.is_null())
        .filter(mentor_slots::cohort_id.eq(left.cohort_id))
        .filter(mentor_slots::week_number.among(numbers))
        .select((office_hour_bookings::number, Slot::as_select()))
        .load(conn)?;
    if booked.is_empty() {
        return Ok(());
    }
    let slots: Vec<Id> = booked.iter().map(|(_, slot)| slot.id).collect();
    let mentors: Vec<(Id, Id)> = sign_ups::table
        .filter(sign_ups::slot_id.among(slots))
        .filter(sign_ups::status.eq(SignUpStatus::Confirmed))
        .select((sign_ups::slot_id, sign_ups::person_id))
        .load(conn)?;
    let campus = cohorts::table
        .find(left.cohort_id)
        .select(cohorts::campus_id)
        .first(conn)?;
    let is_to_come = |time: &SlotTimes| time.starts.date() >= last_day && time.starts_at() > left.updated_at;
    for (number, slot) in booked {
        let Some(time) = slot.time(number).filter(is_to_come) else {
            continue;
        };
        revisions::booking_deleted(conn, &slot, number, &[left.person_id], left.updated_at)?;
        diesel::delete(office_hour_bookings::table.find((slot.id, number))).execute(conn)?;
        mentoring::events::slot(&slot).updated(conn)?;
        let of_slot = mentors.iter().filter(|(of, _)| *of == slot.id);
        let of_slot: Vec<Id> = of_slot.map(|(_, person)| *person).collect();
        if let Some(week) = weeks.iter().find(|week| week.number == slot.week_number) {
            let event = SlotEvent::new(SlotChange::BookingCancelled, &slot, Some(time), week, campus, &of_slot);
            outbox::record(conn, &event, None, left.updated_at)?;
        }
    }
    Ok(())
}
