//! Commands for whoever runs the service.

use std::sync::Arc;

use super::output::say;
use crate::{
    accounts, app, audit,
    config::Config,
    db::{Conn, Db},
    error::Error,
    mail,
    primitives::{Email, Instant},
};

/// `peerled grant-admin`
pub fn grant_admin(config: &Config, email: Email) -> Result<(), String> {
    let db = Db::open_existing(&config.database_url)?;
    let address = email.clone();
    let granted = db.write_blocking(move |conn| {
        let granted = accounts::store::grant_admin(conn, &address)?;
        if granted {
            let person = accounts::store::by_email(conn, &address)?.map(|person| format!("/v1/people/{}", person.id));
            note(conn, "peerled grant-admin", &person.unwrap_or_default())?;
        }
        Ok(granted)
    });
    match granted.map_err(|error| error.to_string())? {
        true => {
            say(&format!("{email} runs the whole service now."));
            Ok(())
        }
        false => Err(format!(
            "no account has the address {email}; open it first, with POST /v1/people \
             (PEERLED_REGISTRATION=open while you do)"
        )),
    }
}

/// Notes in the audit trail what was done at the console.
pub(super) fn note(conn: &mut Conn, command: &str, target: &str) -> Result<(), Error> {
    let entry = audit::Entry {
        operation: command,
        target,
        ..audit::Entry::default()
    };
    audit::note(conn, &entry, Instant::now())
}

/// `peerled outbox`
pub fn show_outbox(config: &Config, limit: i64) -> Result<(), String> {
    let db = Db::open_existing(&config.database_url)?;
    // What happened while no server ran is still to be written.
    let dispatcher = app::dispatcher(&db, config, Arc::default(), Arc::default());
    actix_web::rt::System::new().block_on(dispatcher.dispatch());
    let messages = db
        .read_blocking(move |conn| mail::list(conn, limit))
        .map_err(|error| error.to_string())?;
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
