//! Commands for whoever runs the service.

use std::sync::Arc;

use super::output::say;
use crate::{accounts, app, config::Config, db::Db, mail, primitives::Email};

/// `peerled grant-admin`
pub fn grant_admin(config: &Config, email: Email) -> Result<(), String> {
    let db = Db::open_existing(&config.database_url)?;
    let address = email.clone();
    let granted = db.write_blocking(move |conn| accounts::store::grant_admin(conn, &address));
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

/// `peerled outbox`
pub fn show_outbox(config: &Config, limit: i64) -> Result<(), String> {
    let db = Db::open_existing(&config.database_url)?;
    // What happened while no server ran is still to be written.
    let dispatcher = app::dispatcher(&db, config, Arc::default());
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
