//! Queries on messages.

use chrono::TimeDelta;
use diesel::{dsl::exists, prelude::*};

use super::model::{Delivery, Letter, Message};
use crate::{
    db::{
        Conn, SWEPT,
        schema::{mail_messages as messages, people},
    },
    error::Result,
    outbox::StoredEvent,
    primitives::{Email, Id, Instant},
};

/// Tries before a message is given up.
const TRIES: i32 = 12;
/// Why a message was not sent that is about somebody.
const UNPROVED: &str = "nobody has proved that the address is theirs";
/// How many messages that are due are looked at for one that may go.
const LOOKED_AT: i64 = 50;

/// Puts a letter about an event where it is sent from.
pub fn insert(conn: &mut Conn, event: &StoredEvent, letter: &Letter, now: Instant) -> Result<()> {
    insert_about(conn, Some((&event.object_type, event.object_id)), letter, now)
}

/// The same for a letter about nothing in particular.
pub fn insert_of_nothing(conn: &mut Conn, letter: &Letter, now: Instant) -> Result<()> {
    insert_about(conn, None, letter, now)
}

fn insert_about(conn: &mut Conn, about: Option<(&String, Id)>, letter: &Letter, now: Instant) -> Result<()> {
    let (object_type, object_id) = about.unzip();
    diesel::insert_into(messages::table)
        .values((
            messages::id.eq(Id::new()),
            messages::recipient.eq(letter.recipient.for_smtp()),
            messages::subject.eq(&letter.subject),
            messages::body.eq(&letter.body),
            messages::created_at.eq(now),
            messages::attempts.eq(0),
            messages::next_attempt_at.eq(now),
            messages::object_type.eq(object_type),
            messages::object_id.eq(object_id),
            messages::unsubscribe.eq(&letter.unsubscribe),
        ))
        .execute(conn)?;
    Ok(())
}

/// Deletes what has not been sent about the event's object.
pub(super) fn delete_waiting(conn: &mut Conn, event: &StoredEvent) -> Result<()> {
    diesel::delete(
        messages::table
            .filter(messages::object_type.eq(&event.object_type))
            .filter(messages::object_id.eq(event.object_id))
            .filter(messages::sent_at.is_null()),
    )
    .execute(conn)?;
    Ok(())
}

/// Deletes what has been written to somebody about an object since then and has not been sent: it is out of date.
pub fn delete_unsent(
    conn: &mut Conn,
    (object_type, object_id): (&str, Id),
    recipient: &Email,
    since: Instant,
) -> Result<()> {
    diesel::delete(
        messages::table
            .filter(messages::object_type.eq(object_type))
            .filter(messages::object_id.eq(object_id))
            .filter(messages::recipient.eq(recipient.for_smtp()))
            .filter(messages::created_at.ge(since))
            .filter(messages::sent_at.is_null()),
    )
    .execute(conn)?;
    Ok(())
}

/// Deletes some of the messages from before a moment, sent or not. Returns how many.
pub fn delete_old(conn: &mut Conn, before: Instant) -> Result<usize> {
    let old = messages::table.filter(messages::created_at.le(before));
    let some: Vec<Id> = old.select(messages::id).limit(SWEPT).load(conn)?;
    Ok(diesel::delete(messages::table.filter(messages::id.eq_any(some))).execute(conn)?)
}

/// The newest messages first, up to `limit`.
pub fn list(conn: &mut Conn, limit: i64) -> Result<Vec<Message>> {
    Ok(messages::table
        .order(messages::id.desc())
        .limit(limit)
        .select(Message::as_select())
        .load(conn)?)
}

/// How many messages are still to be sent.
pub(super) fn count_waiting(conn: &mut Conn) -> Result<i64> {
    Ok(messages::table
        .filter(messages::sent_at.is_null())
        .filter(messages::given_up_at.is_null())
        .count()
        .get_result(conn)?)
}

/// The next message that is due. What is about the same object and goes to the same person goes in the order in
/// which it was written.
pub(super) fn next_due(conn: &mut Conn, now: Instant) -> Result<Option<Message>> {
    let due: Vec<Message> = messages::table
        .filter(messages::sent_at.is_null())
        .filter(messages::given_up_at.is_null())
        .filter(messages::next_attempt_at.le(now))
        .order(messages::id)
        .limit(LOOKED_AT)
        .select(Message::as_select())
        .load(conn)?;
    for message in due {
        if !has_earlier(conn, &message)? {
            return Ok(Some(message));
        }
    }
    Ok(None)
}

fn has_earlier(conn: &mut Conn, message: &Message) -> Result<bool> {
    let earlier: Option<Id> = messages::table
        .filter(messages::object_type.eq(&message.object_type))
        .filter(messages::object_id.eq(message.object_id))
        .filter(messages::recipient.eq(&message.recipient))
        .filter(messages::id.lt(message.id))
        .filter(messages::sent_at.is_null())
        .filter(messages::given_up_at.is_null())
        .select(messages::id)
        .first(conn)
        .optional()?;
    Ok(earlier.is_some())
}

/// Takes the next message that is due, so that no other process sends it too. If this one dies, it is due again.
pub(super) fn claim(conn: &mut Conn, now: Instant) -> Result<Option<Message>> {
    let Some(message) = next_due(conn, now)? else {
        return Ok(None);
    };
    let attempts = message.attempts + 1;
    let pause = TimeDelta::seconds(30 << attempts.clamp(0, 10));
    diesel::update(messages::table.find(message.id))
        .set((
            messages::attempts.eq(attempts),
            messages::next_attempt_at.eq(now.plus(pause)),
        ))
        .execute(conn)?;
    Ok(Some(Message { attempts, ..message }))
}

/// Whether a message may go to its recipient. What is about a person goes to an address that they have proved, and what is
/// `open` to any.
pub(super) fn may_go(conn: &mut Conn, message: &Message, open: &[&str]) -> Result<bool> {
    if message.object_type.as_deref().is_some_and(|kind| open.contains(&kind)) {
        return Ok(true);
    }
    let Ok(address) = Email::parse(&message.recipient) else {
        return Ok(false);
    };
    let proved = people::table
        .filter(people::email.eq(address))
        .filter(people::email_verified_at.is_not_null());
    Ok(diesel::select(exists(proved)).get_result(conn)?)
}

/// Notes how a try went.
pub(super) fn mark(conn: &mut Conn, message: &Message, delivery: &Delivery, now: Instant) -> Result<()> {
    let row = messages::table.find(message.id);
    match delivery {
        Delivery::Sent => diesel::update(row)
            .set((
                messages::sent_at.eq(now),
                messages::body.eq(""),
                messages::last_error.eq(None::<String>),
            ))
            .execute(conn)?,
        Delivery::Unproved => diesel::update(row)
            .set((messages::given_up_at.eq(now), messages::last_error.eq(UNPROVED)))
            .execute(conn)?,
        Delivery::Refused(why) | Delivery::Failed { why, .. } => {
            let is_over = matches!(delivery, Delivery::Refused(_)) || message.attempts >= TRIES;
            diesel::update(row)
                .set((
                    messages::given_up_at.eq(is_over.then_some(now)),
                    messages::last_error.eq(why),
                ))
                .execute(conn)?
        }
    };
    Ok(())
}
