//! Mail: written to the outbox in the transaction it belongs to, handed over after the commit.

use chrono::TimeDelta;
use diesel::prelude::*;
use lettre::{Message, SmtpTransport, Transport, message::Mailbox};

use crate::{
    db::{Conn, schema::outbox_messages as outbox},
    error::{Error, Result},
    primitives::{Email, Id, Instant},
    state::State,
};

/// Tries before a message is left alone.
const TRIES: i32 = 12;

/// A message in the outbox.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct Letter {
    /// Names it.
    pub id: Id,
    /// Who it goes to.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// When it was written.
    pub created_at: Instant,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was handed over.
    pub sent_at: Option<Instant>,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

/// Puts a message into the outbox, as part of the transaction.
pub fn post(conn: &mut Conn, recipient: &Email, subject: &str, body: &str, now: Instant) -> Result<()> {
    let id = Id::new();
    diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(id),
            outbox::recipient.eq(recipient),
            outbox::subject.eq(subject),
            outbox::body.eq(body),
            outbox::created_at.eq(now),
            outbox::attempts.eq(0),
            outbox::next_attempt_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Removes what was handed over before `then`: letters hold codes.
pub fn forget_sent(conn: &mut Conn, then: Instant) -> Result<()> {
    diesel::delete(outbox::table.filter(outbox::sent_at.le(then))).execute(conn)?;
    Ok(())
}

/// The newest messages first, up to `limit`.
pub fn list(conn: &mut Conn, limit: i64) -> Result<Vec<Letter>> {
    Ok(outbox::table
        .order(outbox::id.desc())
        .limit(limit)
        .select(Letter::as_select())
        .load(conn)?)
}

/// Hands over what is due. Without a mail server it only says in the log, once a day, that
/// something waits; never the text or the address, for the log is no place for tokens.
pub async fn deliver_due(state: &State) {
    let has_server = state.config.smtp_url.is_some();
    let due = match state.db.read(move |conn| Ok(due(conn, Instant::now())?.len())).await {
        // Most of the time nothing waits, and nothing is written.
        Ok(0) => return,
        Ok(_) => {
            state
                .db
                .write(move |conn| claim(conn, has_server, Instant::now()))
                .await
        }
        Err(error) => Err(error),
    };
    let letters = match due {
        Ok(letters) => letters,
        Err(error) => {
            tracing::warn!(%error, "the outbox cannot be read");
            return;
        }
    };
    for letter in letters {
        let Some(url) = state.config.smtp_url.clone() else {
            tracing::info!(message = %letter.id, subject = letter.subject, "mail waits in the outbox: there is no PEERLED_SMTP_URL");
            continue;
        };
        let id = letter.id;
        let outcome = hand_over(url, state.config.mail_from.clone(), letter).await;
        if let Err(error) = state
            .db
            .write(move |conn| mark(conn, id, &outcome, Instant::now()))
            .await
        {
            tracing::warn!(%error, "the outbox cannot be marked");
        }
    }
}

fn due(conn: &mut Conn, now: Instant) -> Result<Vec<Letter>> {
    Ok(outbox::table
        .filter(outbox::sent_at.is_null())
        .filter(outbox::next_attempt_at.le(now))
        .filter(outbox::attempts.lt(TRIES))
        .order(outbox::id)
        .limit(20)
        .select(Letter::as_select())
        .load(conn)?)
}

/// Takes what is due, so that no other process hands it over too; if this one dies, it is due again.
fn claim(conn: &mut Conn, is_try: bool, now: Instant) -> Result<Vec<Letter>> {
    let letters = due(conn, now)?;
    for letter in &letters {
        let attempts = letter.attempts + i32::from(is_try);
        let later = if is_try {
            TimeDelta::seconds(30 << attempts.clamp(0, 10))
        } else {
            TimeDelta::days(1)
        };
        diesel::update(outbox::table.find(letter.id))
            .set((
                outbox::attempts.eq(attempts),
                outbox::next_attempt_at.eq(now.plus(later)),
            ))
            .execute(conn)?;
    }
    Ok(letters)
}

fn mark(conn: &mut Conn, id: Id, outcome: &Result<(), String>, now: Instant) -> Result<()> {
    diesel::update(outbox::table.find(id))
        .set((
            outbox::sent_at.eq(outcome.is_ok().then_some(now)),
            outbox::last_error.eq(outcome.as_ref().err()),
        ))
        .execute(conn)?;
    Ok(())
}

async fn hand_over(url: String, from: String, letter: Letter) -> Result<(), String> {
    let sent = actix_web::web::block(move || send(&url, &from, &letter)).await;
    let outcome = sent
        .map_err(|error| error.to_string())
        .and_then(|sent| sent.map_err(|error| error.to_string()));
    if let Err(error) = &outcome {
        tracing::warn!(error, "mail could not be handed over; it will be tried again");
    }
    outcome
}

fn send(url: &str, from: &str, letter: &Letter) -> Result<()> {
    let mailbox = |address: &str| address.parse::<Mailbox>().map_err(Error::internal);
    let message = Message::builder()
        .from(mailbox(from)?)
        .to(mailbox(&letter.recipient)?)
        .subject(&letter.subject)
        .body(letter.body.clone())
        .map_err(Error::internal)?;
    let transport = SmtpTransport::from_url(url).map_err(Error::internal)?.build();
    transport.send(&message).map_err(Error::internal)?;
    Ok(())
}
