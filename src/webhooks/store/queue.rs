//! The queue of deliveries: who sends what next, and what has become of it. Those of one object go in order, one at a
//! time: the next one waits until the one before is taken or given up. Other objects do not wait for it.

use chrono::TimeDelta;
use diesel::{dsl::exists, prelude::*};

use crate::{
    db::{
        Conn,
        schema::{webhook_deliveries as deliveries, webhooks},
    },
    error::Result,
    outbox,
    primitives::{Id, Instant},
    webhooks::{
        events::{WebhookChange, WebhookEvent},
        model::{DISABLED, Delivery, DeliveryStatus, DisabledBecause, Due, Next, Outcome, Pause, Webhook},
    },
};

/// How long a process that has taken a delivery is waited for. Twice as long as a request takes; where a process died, other
/// deliveries do not wait for it, only this one and what follows about its object.
const LEASE: TimeDelta = TimeDelta::seconds(30);

diesel::alias!(deliveries as earlier: Earlier);

/// Whether something may be sent now.
pub fn has_due(conn: &mut Conn, now: Instant) -> Result<bool> {
    let due = deliveries::table
        .inner_join(webhooks::table)
        .filter(deliveries::status.eq(DeliveryStatus::Pending))
        .filter(deliveries::due_at.le(now))
        .filter(webhooks::paused_until.is_null().or(webhooks::paused_until.le(now)));
    Ok(diesel::select(exists(due)).get_result(conn)?)
}

/// Takes a delivery, so that no other process sends it too. If this one dies, it is due again; nobody knows how that try went,
/// so it does not count, and the receiver is not made to wait longer for the next one.
pub fn take(conn: &mut Conn, webhook: Webhook, delivery: Delivery, now: Instant) -> Result<Due> {
    let is_cut_off = delivery.claimed_until.is_some() && delivery.attempts > 0;
    let attempts = delivery.attempts + i32::from(!is_cut_off);
    let until = now.plus(LEASE);
    diesel::update(deliveries::table.find(delivery.id))
        .set((
            deliveries::attempts.eq(attempts),
            deliveries::attempted_at.eq(now),
            deliveries::claimed_until.eq(until),
            deliveries::due_at.eq(until),
        ))
        .execute(conn)?;
    diesel::update(webhooks::table.find(webhook.id))
        .set(webhooks::tried_at.eq(now))
        .execute(conn)?;
    let delivery = Delivery {
        attempts,
        claimed_until: Some(until),
        ..delivery
    };
    Ok(Due { delivery, webhook })
}

/// The webhooks for which something is due, without those that are left in peace.
pub fn with_due(conn: &mut Conn, now: Instant) -> Result<Vec<Webhook>> {
    let due = deliveries::table
        .filter(deliveries::webhook_id.eq(webhooks::id))
        .filter(deliveries::status.eq(DeliveryStatus::Pending))
        .filter(deliveries::due_at.le(now));
    Ok(webhooks::table
        .filter(webhooks::paused_until.is_null().or(webhooks::paused_until.le(now)))
        .filter(exists(due))
        .select(Webhook::as_select())
        .load(conn)?)
}

/// The request has ended, whatever has become of the delivery meanwhile: what was asked for again may go now. Whether nobody
/// else has taken it over.
fn release(conn: &mut Conn, due: &Due, now: Instant) -> Result<bool> {
    let claimed = deliveries::table
        .find(due.delivery.id)
        .filter(deliveries::claimed_until.eq(due.delivery.claimed_until));
    let released = diesel::update(claimed)
        .set((
            deliveries::claimed_until.eq(None::<Instant>),
            deliveries::due_at.eq(now),
        ))
        .execute(conn)?;
    Ok(released == 1)
}

/// What is due for a webhook: the first of its object, and of those what waits longest.
pub fn next_of(conn: &mut Conn, webhook: Id, now: Instant) -> Result<Option<Delivery>> {
    let of_same_object = earlier
        .filter(earlier.field(deliveries::webhook_id).eq(webhook))
        .filter(earlier.field(deliveries::object_type).eq(deliveries::object_type))
        .filter(earlier.field(deliveries::object_id).eq(deliveries::object_id))
        .filter(earlier.field(deliveries::position).lt(deliveries::position))
        .filter(earlier.field(deliveries::status).eq(DeliveryStatus::Pending));
    Ok(deliveries::table
        .filter(deliveries::webhook_id.eq(webhook))
        .filter(deliveries::status.eq(DeliveryStatus::Pending))
        .filter(deliveries::due_at.le(now))
        .filter(diesel::dsl::not(exists(of_same_object)))
        .order(deliveries::due_at)
        .select(Delivery::as_select())
        .first(conn)
        .optional()?)
}

/// Notes how a try went. What was asked for anew or taken over meanwhile is left alone, unless it has arrived.
pub fn mark(
    conn: &mut Conn,
    due: &Due,
    outcome: &Outcome,
    (next, pause): (Next, Option<Pause>),
    now: Instant,
) -> Result<()> {
    let is_ours = release(conn, due, now)?;
    let row = deliveries::table.find(due.delivery.id);
    let noted = (
        deliveries::response_status.eq(outcome.status),
        deliveries::error.eq(&outcome.error),
    );
    let own = row
        .filter(deliveries::status.eq(DeliveryStatus::Pending))
        .filter(deliveries::attempts.eq(due.delivery.attempts));
    let failed = deliveries::status.eq(DeliveryStatus::Failed);
    match next {
        Next::Delivered => {
            let taken = (
                deliveries::status.eq(DeliveryStatus::Delivered),
                deliveries::delivered_at.eq(now),
            );
            diesel::update(row).set((noted, taken)).execute(conn)?
        }
        _ if !is_ours => 0,
        Next::Retry(then) => diesel::update(own)
            .set((noted, deliveries::due_at.eq(then)))
            .execute(conn)?,
        Next::GivenUp | Next::Disabled(_) => diesel::update(own).set((noted, failed)).execute(conn)?,
    };
    let webhook = webhooks::table.find(due.webhook.id);
    match next {
        Next::Delivered => {
            diesel::update(webhook)
                .set((
                    webhooks::succeeded_at.eq(now),
                    webhooks::failing_since.eq(None::<Instant>),
                    webhooks::paused_until.eq(None::<Instant>),
                    webhooks::failures.eq(0),
                ))
                .execute(conn)?;
            Ok(())
        }
        Next::Retry(_) | Next::GivenUp => {
            diesel::update(webhook.filter(webhooks::failing_since.is_null()))
                .set(webhooks::failing_since.eq(now))
                .execute(conn)?;
            if let Some(Pause { failures, until }) = pause {
                diesel::update(webhook)
                    .set((webhooks::failures.eq(failures), webhooks::paused_until.eq(until)))
                    .execute(conn)?;
            }
            Ok(())
        }
        Next::Disabled(why) => disable(conn, due.webhook.id, why, now),
    }
}

/// Sends nothing more to a webhook; its organisers are told.
fn disable(conn: &mut Conn, id: Id, why: DisabledBecause, now: Instant) -> Result<()> {
    let enabled = webhooks::table.find(id).filter(webhooks::enabled.eq(true));
    let disabled = diesel::update(enabled)
        .set((
            webhooks::enabled.eq(false),
            webhooks::disabled_because.eq(why),
            webhooks::version.eq(webhooks::version + 1),
            webhooks::updated_at.eq(now),
        ))
        .execute(conn)?;
    give_up_all(conn, id)?;
    if disabled == 0 {
        return Ok(());
    }
    let campus_id = webhooks::table.find(id).select(webhooks::campus_id).first(conn)?;
    let event = WebhookEvent {
        kind: WebhookChange::Disabled,
        webhook_id: id,
        campus_id,
    };
    outbox::record(conn, &event, None, now)
}

/// Nothing waits for a webhook that is disabled: it is listed as failed and can be sent again. What is being sent stays
/// claimed until the request ends.
pub(super) fn give_up_all(conn: &mut Conn, webhook: Id) -> Result<()> {
    let waiting = deliveries::table
        .filter(deliveries::webhook_id.eq(webhook))
        .filter(deliveries::status.eq(DeliveryStatus::Pending));
    diesel::update(waiting)
        .set((
            deliveries::status.eq(DeliveryStatus::Failed),
            deliveries::error.eq(DISABLED),
        ))
        .execute(conn)?;
    Ok(())
}
