//! Queries on places that are offered.

use chrono::NaiveDate;
use diesel::{
    dsl::{exists, not},
    prelude::*,
};

use crate::{
    accounts::model::PersonCard,
    cohorts::model::{Cohort, Week},
    db::{
        Conn,
        dialect::{self, AmongMethod as _},
        schema::{cohorts, enrolments, mentor_slots, mentor_swap_offers, people, sign_ups, weeks},
    },
    error::{Code, Error, Result},
    mentoring::{
        events,
        model::{SignUp, SignUpStatus, Slot, SwapOffer, SwapStatus},
    },
    primitives::{Id, Instant},
    students::model::EnrolmentStatus,
};

diesel::alias!(sign_ups as others: Others);

/// An offer, with the place that is offered and whose it was.
///
/// # Errors
/// `404` if there is none.
pub fn swap_offer(conn: &mut Conn, id: Id) -> Result<(SwapOffer, SignUp, PersonCard)> {
    Ok(mentor_swap_offers::table
        .inner_join(sign_ups::table.inner_join(people::table))
        .filter(mentor_swap_offers::id.eq(id))
        .select((SwapOffer::as_select(), SignUp::as_select(), PersonCard::as_select()))
        .first(conn)?)
}

/// Open offers of places in a slot, and of places for one in it, in the order they were made, each with the cohort of the
/// place.
pub fn open_swap_offers(conn: &mut Conn, slot: Id) -> Result<Vec<(SwapOffer, SignUp, PersonCard, Id)>> {
    let about = sign_ups::slot_id
        .eq(slot)
        .or(mentor_swap_offers::wanted_slot_id.assume_not_null().eq(slot));
    Ok(mentor_swap_offers::table
        .inner_join(
            sign_ups::table
                .inner_join(people::table)
                .inner_join(mentor_slots::table),
        )
        .filter(about)
        .filter(people::disabled_at.is_null())
        .filter(mentor_swap_offers::status.eq(SwapStatus::Open))
        .filter(sign_ups::status.eq(SignUpStatus::Confirmed))
        .order(mentor_swap_offers::id)
        .select((
            SwapOffer::as_select(),
            SignUp::as_select(),
            PersonCard::as_select(),
            mentor_slots::cohort_id,
        ))
        .load(conn)?)
}

/// An open offer, with the place that is offered, whose it is, and where.
pub type LocatedOffer = (SwapOffer, SignUp, PersonCard, Slot, Week, Cohort);

/// Open offers that concern somebody, of weeks that end no earlier: their own, those for a place of theirs, those of places
/// that they wait for, and at these campuses those to whoever takes them. In the order of the weeks.
pub fn swap_offers_of(conn: &mut Conn, person: Id, campuses: &[Id], from: NaiveDate) -> Result<Vec<LocatedOffer>> {
    let places: Vec<(Id, SignUpStatus)> = sign_ups::table
        .filter(sign_ups::person_id.eq(person))
        .select((sign_ups::slot_id, sign_ups::status))
        .load(conn)?;
    let slots_as = |status: SignUpStatus| {
        let slots = places.iter().filter(move |(_, now)| *now == status);
        slots.map(|(slot, _)| *slot).collect::<Vec<Id>>()
    };
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    let wanted = mentor_swap_offers::wanted_slot_id;
    let to_waiting = wanted
        .is_null()
        .and(sign_ups::slot_id.among(slots_as(SignUpStatus::Waitlisted)));
    let waits = others
        .filter(others.field(sign_ups::slot_id).eq(sign_ups::slot_id))
        .filter(others.field(sign_ups::status).eq(SignUpStatus::Waitlisted));
    let studied = enrolments::table
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.eq(EnrolmentStatus::Enrolled))
        .select(enrolments::cohort_id);
    let to_anybody = wanted
        .is_null()
        .and(cohorts::campus_id.among(campuses))
        .and(cohorts::id.ne_all(studied))
        .and(not(exists(waits)));
    let concerns = sign_ups::person_id
        .eq(person)
        .or(wanted.among(slots_as(SignUpStatus::Confirmed).into_iter().map(Some)))
        .or(to_waiting)
        .or(to_anybody);
    Ok(mentor_swap_offers::table
        .inner_join(sign_ups::table.inner_join(people::table))
        .inner_join(mentor_slots::table.on(mentor_slots::id.eq(sign_ups::slot_id)))
        .inner_join(cohorts::table.on(cohorts::id.eq(mentor_slots::cohort_id)))
        .inner_join(weeks::table.on(of_week))
        .filter(concerns)
        .filter(mentor_swap_offers::status.eq(SwapStatus::Open))
        .filter(sign_ups::status.eq(SignUpStatus::Confirmed))
        .filter(weeks::ends_on.ge(from))
        .filter(people::disabled_at.is_null())
        .order((weeks::starts_on, mentor_swap_offers::id))
        .select((
            SwapOffer::as_select(),
            SignUp::as_select(),
            PersonCard::as_select(),
            Slot::as_select(),
            Week::as_select(),
            Cohort::as_select(),
        ))
        .load(conn)?)
}

/// How often a place was offered.
pub fn count_swap_offers(conn: &mut Conn, sign_up: Id) -> Result<i64> {
    let own = mentor_swap_offers::table.filter(mentor_swap_offers::sign_up_id.eq(sign_up));
    Ok(own.count().get_result(conn)?)
}

/// Makes an offer.
///
/// # Errors
/// `409` if the place is offered already.
pub fn insert_swap_offer(conn: &mut Conn, slot: &Slot, offer: &SwapOffer) -> Result<()> {
    let inserted = conn.savepoint(|conn| {
        diesel::insert_into(mentor_swap_offers::table)
            .values(offer)
            .execute(conn)
    });
    match inserted {
        Ok(_) => events::swap_offer(slot, offer.id).created(conn),
        Err(error) if dialect::violated(&error).as_deref() == Some("mentor_swap_offers_sign_up_id_key") => {
            let detail = "You have offered this place already. Withdraw that offer first.";
            Err(Error::new(Code::Conflict, detail))
        }
        Err(error) => Err(error.into()),
    }
}

/// Moves an offer on.
pub fn set_swap_status(
    conn: &mut Conn,
    slot: &Slot,
    id: Id,
    status: SwapStatus,
    accepted_by: Option<Id>,
    now: Instant,
) -> Result<()> {
    diesel::update(mentor_swap_offers::table.find(id))
        .set((
            mentor_swap_offers::status.eq(status),
            mentor_swap_offers::accepted_by.eq(accepted_by),
            mentor_swap_offers::version.eq(mentor_swap_offers::version + 1),
            mentor_swap_offers::updated_at.eq(now),
        ))
        .execute(conn)?;
    events::swap_offer(slot, id).updated(conn)
}
