//! Commands for whoever runs the service.

use std::sync::Arc;

use super::output::say;
use crate::{
    accounts::{self, model::Person},
    app,
    audit::{self, Changes},
    config::Config,
    db::{Conn, Db},
    error::{Code, Error, Result as Done},
    mail,
    primitives::{Email, Id, Instant},
};

/// `peerled grant-admin`
pub fn grant_admin(config: &Config, account: &str) -> Result<(), String> {
    let db = Db::open_existing(&config.database_url)?;
    let wanted = Account::parse(account)?;
    let granted = db.write_blocking(move |conn| {
        let person = wanted.find(conn)?;
        let (done, changes) = audit::watched(|| {
            audit::became("is_admin", person.is_admin, true);
            accounts::store::grant_admin(conn, person.id)
        });
        done?;
        note(
            conn,
            "peerled grant-admin",
            &format!("/v1/people/{}", person.id),
            &changes,
        )?;
        Ok(person)
    });
    let person = granted.map_err(|error| match error.code() {
        Code::NotFound => format!(
            "there is no account {account}; open it first, with POST /v1/people (PEERLED_REGISTRATION=open while you do)"
        ),
        _ => error.to_string(),
    })?;
    let (name, id, opened) = (&person.name, person.id, person.created_at);
    let address = match person.email_verified_at {
        Some(_) => "Its address is verified.",
        None => "Nobody has proved that its address is theirs, so compare the id with what GET /v1/me shows them.",
    };
    say(&format!(
        "{name} runs the whole service now: account {id}, opened {opened}. {address}"
    ));
    Ok(())
}

/// How somebody at the console says whose account they mean.
pub(super) enum Account {
    Named(Id),
    At(Email),
}

impl Account {
    /// From an id or an address.
    pub fn parse(text: &str) -> Result<Self, String> {
        match (Email::parse(text), Id::parse(text)) {
            (_, Ok(id)) => Ok(Self::Named(id)),
            (Ok(email), _) => Ok(Self::At(email)),
            (Err(why), Err(_)) => Err(format!("{text} {why}, nor is it the id of an account")),
        }
    }

    /// The account, if there is one.
    pub fn find(&self, conn: &mut Conn) -> Done<Person> {
        match self {
            Self::Named(id) => accounts::store::person(conn, *id),
            Self::At(email) => accounts::store::by_email(conn, email)?.ok_or_else(Error::not_found),
        }
    }
}

/// `peerled reset-password`
pub fn reset_password(config: &Config, account: &str) -> Result<(), String> {
    let db = Db::open_existing(&config.database_url)?;
    let wanted = Account::parse(account)?;
    let made = db.write_blocking(move |conn| {
        let person = wanted.find(conn)?;
        let (code, expires_at) = accounts::actions::insert_granted(conn, &person, Instant::now())?;
        note(
            conn,
            "peerled reset-password",
            &format!("/v1/people/{}", person.id),
            &Changes::default(),
        )?;
        Ok((person, code, expires_at))
    });
    let (person, code, expires_at) = made.map_err(|error| match error.code() {
        Code::NotFound => format!("there is no account {account}"),
        _ => error.to_string(),
    })?;
    say(&format!(
        "{} can set a new password with this code, once and until {expires_at}:\n\n    {code}\n\n\
         Hand it to nobody else. The app sends it to POST {}/v1/auth/password-resets/redemptions.",
        person.name, config.public_url
    ));
    Ok(())
}

/// Notes in the audit trail what was done at the console.
pub(super) fn note(conn: &mut Conn, command: &str, target: &str, changes: &Changes) -> Done<()> {
    let entry = audit::AuditEntry {
        operation: command,
        target,
        fields: &changes.names(),
        changes: Some(changes),
        ..audit::AuditEntry::default()
    };
    audit::note(conn, &entry, Instant::now())
}

/// `peerled outbox`
pub fn show_outbox(config: &Config, limit: i64) -> Result<(), String> {
    let db = Db::open_existing(&config.database_url)?;
    // What happened while no server ran is still to be written.
    let dispatcher = app::dispatcher(&db, config, Arc::default(), Arc::default());
    actix_web::rt::System::new().block_on(dispatcher.dispatch());
    // Who reads it reads addresses and codes.
    let read = db.write_blocking(move |conn| {
        note(conn, "peerled outbox", "/mail", &Changes::default())?;
        mail::list(conn, limit)
    });
    let messages = read.map_err(|error| error.to_string())?;
    for message in &messages {
        let error = message.last_error.as_deref().unwrap_or_default();
        let fate = match (message.sent_at, message.given_up_at) {
            (Some(sent), _) => format!("sent {sent}; the text was removed"),
            (None, Some(_)) => format!("given up after {} tries: {error}", message.attempts),
            (None, None) if message.attempts > 0 => format!("not sent after {} tries: {error}", message.attempts),
            (None, None) => "waits".into(),
        };
        let (at, to, subject) = (message.created_at, &message.recipient, &message.subject);
        say(&format!("{at}  to {to}  ({fate})\n{subject}\n\n{}\n---", message.body));
    }
    if messages.is_empty() {
        say("The outbox is empty.");
    }
    Ok(())
}
