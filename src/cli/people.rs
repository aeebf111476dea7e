//! Commands for whoever runs the service.

use super::output::say;
use crate::{accounts, config::Config, db::Db, mail, primitives::Email};

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
    let letters = db
        .read_blocking(move |conn| mail::list(conn, limit))
        .map_err(|error| error.to_string())?;
    for letter in &letters {
        let fate = match (&letter.sent_at, &letter.last_error) {
            (Some(sent), _) => format!("sent {sent}"),
            (None, Some(error)) => format!("not sent after {} tries: {error}", letter.attempts),
            (None, None) => "waits".into(),
        };
        let (at, to, subject) = (letter.created_at, &letter.recipient, &letter.subject);
        say(&format!("{at}  to {to}  ({fate})\n{subject}\n\n{}\n---", letter.body));
    }
    if letters.is_empty() {
        say("The outbox is empty.");
    }
    Ok(())
}
