//! The task that sends mail.

use std::{sync::Arc, time::Duration};

use super::{
    model::{Delivery, Message},
    store,
    transport::MailServer,
};
use crate::{
    config::Config,
    db::{Conn, Db},
    error::{Error, Result},
    notifier::Notifier,
    primitives::Instant,
};

/// How often to look without being told: for what is to be tried again, and what other processes wrote.
const POLL: Duration = Duration::from_secs(5);

/// Sends what is due.
pub struct Sender {
    db: Db,
    server: Option<MailServer>,
    notifier: Arc<Notifier>,
    open: &'static [&'static str],
}

impl Sender {
    /// With the mail server of the settings, and what wakes it. What is about objects of the types `open` goes to any address;
    /// all else only to one that somebody has proved to be theirs.
    ///
    /// # Errors
    /// A sentence that names the wrong setting.
    pub fn open(
        db: Db,
        config: &Config,
        notifier: Arc<Notifier>,
        open: &'static [&'static str],
    ) -> Result<Self, String> {
        Ok(Self {
            db,
            server: MailServer::open(config)?,
            notifier,
            open,
        })
    }

    /// Sends mail as it becomes due, as long as the server runs.
    pub async fn run(self) {
        let mut told = 0;
        loop {
            let done = match &self.server {
                Some(server) => self.deliver(server).await,
                None => self.tell(&mut told).await,
            };
            if let Err(error) = done {
                tracing::warn!(%error, "mail cannot be read or marked");
            }
            self.notifier.wait(POLL).await;
        }
    }

    /// Sends one message after the other until none is due or the mail server is not there.
    async fn deliver(&self, server: &MailServer) -> Result<()> {
        while self
            .db
            .read(|conn| store::next_due(conn, Instant::now()))
            .await?
            .is_some()
        {
            let open = self.open;
            let claim = move |conn: &mut Conn| {
                let Some(message) = store::claim(conn, Instant::now())? else {
                    return Ok(None);
                };
                let may_go = store::may_go(conn, &message, open)?;
                Ok(Some((message, may_go)))
            };
            let Some((message, may_go)) = self.db.write(claim).await? else {
                return Ok(());
            };
            let delivery = match may_go {
                true => {
                    let (sender, letter) = (server.clone(), message.clone());
                    let delivery = tokio::task::spawn_blocking(move || sender.deliver(&letter)).await;
                    delivery.map_err(Error::internal)?
                }
                false => Delivery::Unproved,
            };
            report(&message, &delivery);
            let is_down = matches!(
                delivery,
                Delivery::Failed {
                    is_reachable: false,
                    ..
                }
            );
            self.db
                .write(move |conn| store::mark(conn, &message, &delivery, Instant::now()))
                .await?;
            if is_down {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Says that messages wait, when there are more than before.
    async fn tell(&self, told: &mut i64) -> Result<()> {
        let waiting = self.db.read(store::count_waiting).await?;
        if waiting > *told {
            tracing::info!(waiting, "mail waits in the outbox: there is no PEERLED_SMTP_URL");
        }
        *told = waiting;
        Ok(())
    }
}

/// The server's words often hold the address, which the log must not: they are kept with the message.
fn report(message: &Message, delivery: &Delivery) {
    let id = message.id;
    match delivery {
        Delivery::Sent => tracing::debug!(mail = %id, "sent"),
        Delivery::Unproved => tracing::debug!(mail = %id, "not sent: nobody has proved the address"),
        Delivery::Refused(_) => {
            tracing::warn!(mail = %id, "the mail server refuses this message; `peerled outbox` shows why")
        }
        Delivery::Failed { is_reachable: true, .. } => {
            tracing::warn!(mail = %id, "the mail server did not take this message; it will be tried again");
        }
        Delivery::Failed {
            is_reachable: false, ..
        } => {
            tracing::warn!(mail = %id, "the mail server cannot be reached; the message will be tried again");
        }
    }
}
