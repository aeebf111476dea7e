//! What webhooks were sent, to read and to send again.

use diesel::{
    dsl::{count_star, sum},
    prelude::*,
};

use crate::{
    campuses::CampusOrganiser,
    db::{
        Conn, SWEPT,
        dialect::AmongMethod as _,
        schema::{webhook_deliveries as deliveries, webhooks},
    },
    error::Result,
    on_both,
    primitives::{Filter, Id, Instant},
    webhooks::model::{Delivery, DeliveryStatus, ReplayRequest, Webhook},
};

/// How many deliveries are kept of a webhook.
const KEPT: i64 = 10_000;

/// Writes deliveries.
pub fn insert_deliveries(conn: &mut Conn, new: &[Delivery]) -> Result<()> {
    on_both!(conn, |conn| diesel::insert_into(deliveries::table)
        .values(new)
        .execute(conn))?;
    Ok(())
}

/// A delivery with its webhook.
///
/// # Errors
/// `404` if there is none.
pub fn delivery(conn: &mut Conn, id: Id) -> Result<(Delivery, Webhook)> {
    Ok(deliveries::table
        .inner_join(webhooks::table)
        .filter(deliveries::id.eq(id))
        .select((Delivery::as_select(), Webhook::as_select()))
        .first(conn)?)
}

/// Up to `limit` deliveries of a webhook from before another, the newest first.
pub fn deliveries(
    conn: &mut Conn,
    webhook: Id,
    filter: &Filter<DeliveryStatus>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<Delivery>> {
    let mut query = deliveries::table
        .filter(deliveries::webhook_id.eq(webhook))
        .order(deliveries::id.desc())
        .limit(limit)
        .select(Delivery::as_select())
        .into_boxed();
    if let Some(states) = &filter.states {
        query = query.filter(deliveries::status.eq_any(states.clone()));
    }
    if let Some(from) = filter.period.begins() {
        query = query.filter(deliveries::created_at.ge(from));
    }
    if let Some(end) = filter.period.ends() {
        query = query.filter(deliveries::created_at.lt(end));
    }
    if let Some(before) = before {
        query = query.filter(deliveries::id.lt(before));
    }
    Ok(query.load(conn)?)
}

/// How many deliveries of a webhook wait.
pub fn waiting(conn: &mut Conn, webhook: Id) -> Result<i64> {
    Ok(deliveries::table
        .filter(deliveries::webhook_id.eq(webhook))
        .filter(deliveries::status.eq(DeliveryStatus::Pending))
        .count()
        .get_result(conn)?)
}

/// How many of them were asked for again.
pub fn replays(conn: &mut Conn, webhook: Id) -> Result<i64> {
    Ok(deliveries::table
        .filter(deliveries::webhook_id.eq(webhook))
        .filter(deliveries::status.eq(DeliveryStatus::Pending))
        .filter(deliveries::replayed.eq(true))
        .count()
        .get_result(conn)?)
}

/// How often what was not taken has been sent to a webhook, of the deliveries that were tried since then.
pub fn tries_since(conn: &mut Conn, webhook: Id, since: Instant) -> Result<i64> {
    let tries: Option<i64> = deliveries::table
        .filter(deliveries::webhook_id.eq(webhook))
        .filter(deliveries::status.ne(DeliveryStatus::Delivered))
        .filter(deliveries::attempted_at.ge(since))
        .select(sum(deliveries::attempts))
        .get_result(conn)?;
    Ok(tries.unwrap_or_default())
}

/// Whoever asks for something again means now, even of a webhook that is paused.
fn end_pause(conn: &mut Conn, webhook: Id) -> Result<()> {
    diesel::update(webhooks::table.find(webhook))
        .set(webhooks::paused_until.eq(None::<Instant>))
        .execute(conn)?;
    Ok(())
}

/// Sends a delivery again, from the beginning; one that waits, at once. One that is being sent goes on, and is sent again
/// only when that request has ended.
pub fn replay(conn: &mut Conn, _: &CampusOrganiser, delivery: &Delivery, now: Instant) -> Result<()> {
    end_pause(conn, delivery.webhook_id)?;
    let row = deliveries::table.find(delivery.id);
    if delivery.status == DeliveryStatus::Pending {
        let waiting = row.filter(
            deliveries::claimed_until
                .is_null()
                .or(deliveries::claimed_until.lt(now)),
        );
        diesel::update(waiting).set(deliveries::due_at.eq(now)).execute(conn)?;
        return Ok(());
    }
    let claimed = delivery.claimed_until.filter(|until| *until > now);
    diesel::update(row)
        .set((
            deliveries::status.eq(DeliveryStatus::Pending),
            deliveries::attempts.eq(0),
            deliveries::due_at.eq(claimed.unwrap_or(now)),
            deliveries::replayed.eq(true),
        ))
        .execute(conn)?;
    Ok(())
}

/// Sends those of a time again that failed, and those that were taken if that is asked: the oldest `room` of them.
/// Returns how many.
pub fn replay_range(
    conn: &mut Conn,
    _: &CampusOrganiser,
    webhook: Id,
    asked: ReplayRequest,
    room: i64,
    now: Instant,
) -> Result<usize> {
    let states = match asked.delivered {
        true => vec![DeliveryStatus::Failed, DeliveryStatus::Delivered],
        false => vec![DeliveryStatus::Failed],
    };
    end_pause(conn, webhook)?;
    let meant: Vec<Id> = deliveries::table
        .filter(deliveries::webhook_id.eq(webhook))
        .filter(deliveries::status.among(states))
        .filter(deliveries::created_at.ge(asked.from))
        .filter(deliveries::created_at.lt(asked.to.unwrap_or(now)))
        .order(deliveries::id)
        .limit(room)
        .select(deliveries::id)
        .load(conn)?;
    let all = deliveries::table.filter(deliveries::id.among(meant.clone()));
    let replayed = on_both!(conn, |conn| diesel::update(all)
        .set((
            deliveries::status.eq(DeliveryStatus::Pending),
            deliveries::attempts.eq(0),
            deliveries::due_at.eq(now),
            deliveries::replayed.eq(true),
        ))
        .execute(conn))?;
    // What is being sent is sent again only when that request has ended.
    let claimed = deliveries::table
        .filter(deliveries::id.among(meant))
        .filter(deliveries::claimed_until.gt(now));
    on_both!(conn, |conn| diesel::update(claimed)
        .set(deliveries::due_at.eq(deliveries::claimed_until.assume_not_null()))
        .execute(conn))?;
    Ok(replayed)
}

/// Deletes some of the deliveries from before a moment that do not wait any more, and some of those that a webhook has more
/// of than are kept. Returns how many.
pub fn delete_old(conn: &mut Conn, before: Instant) -> Result<usize> {
    let done = deliveries::status.ne(DeliveryStatus::Pending);
    let old = deliveries::table.filter(deliveries::created_at.le(before));
    let mut some: Vec<Id> = old.filter(done).select(deliveries::id).limit(SWEPT).load(conn)?;
    let many: Vec<(Id, i64)> = deliveries::table
        .group_by(deliveries::webhook_id)
        .having(count_star().gt(KEPT))
        .select((deliveries::webhook_id, count_star()))
        .load(conn)?;
    for (webhook, there) in many {
        let oldest = deliveries::table
            .filter(deliveries::webhook_id.eq(webhook))
            .filter(done)
            .order(deliveries::id)
            .limit((there - KEPT).min(SWEPT));
        some.extend(oldest.select(deliveries::id).load::<Id>(conn)?);
    }
    let gone = deliveries::table.filter(deliveries::id.among(some));
    Ok(on_both!(conn, |conn| diesel::delete(gone).execute(conn))?)
}
