//! Queries on places that are offered.

use diesel::prelude::*;

use crate::{
    accounts::model::PersonCard,
    db::{
        Conn, dialect,
        schema::{mentor_swap_offers, people, sign_ups},
    },
    error::{Code, Error, Result},
    mentoring::{
        events,
        model::{SignUp, SignUpStatus, Slot, SwapOffer, SwapStatus},
    },
    primitives::{Id, Instant},
};

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

/// Open offers of places in a slot, and of places for one in it, in the order they were made.
pub fn open_swap_offers(conn: &mut Conn, slot: Id) -> Result<Vec<(SwapOffer, SignUp, PersonCard)>> {
    let about = sign_ups::slot_id
        .eq(slot)
        .or(mentor_swap_offers::wanted_slot_id.assume_not_null().eq(slot));
    Ok(mentor_swap_offers::table
        .inner_join(sign_ups::table.inner_join(people::table))
        .filter(about)
        .filter(mentor_swap_offers::status.eq(SwapStatus::Open))
        .filter(sign_ups::status.eq(SignUpStatus::Confirmed))
        .order(mentor_swap_offers::id)
        .select((SwapOffer::as_select(), SignUp::as_select(), PersonCard::as_select()))
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
