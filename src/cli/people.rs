//! Commands for whoever runs the service.

use std::sync::Arc;

use super::output::say;
use crate::{
    accounts::{Keys, Vault},
    app::{self, Woken},
    audit::{self, Changes},
    config::Config,
    db::{Conn, Db},
    error::Result as Done,
    mail,
    primitives::Instant,
};

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
    let vault = Vault::open(&db, &Keys::open(config)?)?;
    let dispatcher = app::dispatcher(&db, config, vault.secret(), Arc::default(), Woken::default());
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
