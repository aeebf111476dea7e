//! The task that sends deliveries.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    client::{Client, Message},
    model::{Due, Outcome},
    rules::{self, Turns, UnderWay},
    signing, store,
};
use crate::{
    accounts::Vault,
    db::{Conn, Db},
    error::{Error, Result},
    notifier::Notifier,
    primitives::Instant,
};

/// How often to look without being told: for what is to be tried again, and what other processes wrote.
const POLL: Duration = Duration::from_secs(2);
/// How many requests are under way at once. A receiver that hangs keeps a thread for each.
const AT_ONCE: usize = 32;

/// Takes up to `limit` deliveries, those whose turn it is.
fn claim(conn: &mut Conn, limit: usize, now: Instant) -> Result<Vec<Due>> {
    let under_way: Vec<UnderWay> = store::under_way(conn, now)?.iter().map(UnderWay::of).collect();
    let mut turns = Turns::new(store::with_due(conn, now)?, &under_way);
    let mut claimed = Vec::new();
    while claimed.len() < limit
        && let Some(webhook) = turns.next()
    {
        match store::next_of(conn, webhook.id, now)? {
            None => turns.nothing_for(&webhook),
            Some(delivery) => {
                turns.sent_to(&webhook);
                claimed.push(store::take(conn, webhook, delivery, now)?);
            }
        }
    }
    Ok(claimed)
}

/// Sends what is due.
#[derive(Clone)]
pub struct Courier {
    db: Db,
    vault: Arc<Vault>,
    client: Client,
    notifier: Arc<Notifier>,
    places: Arc<Semaphore>,
}

impl Courier {
    /// `named` are the hosts that need not be on the public internet; `notifier` wakes it.
    pub fn new(db: Db, vault: Arc<Vault>, named: Vec<String>, notifier: Arc<Notifier>) -> Self {
        Self {
            db,
            vault,
            client: Client::new(named),
            notifier,
            places: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Sends deliveries as they become due, as long as the server runs.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.begin_all().await {
                tracing::warn!(%error, "webhooks cannot be read or marked");
            }
            self.notifier.wait(POLL).await;
        }
    }

    /// Begins to send what is due, as far as there is room.
    async fn begin_all(&self) -> Result<()> {
        while self.db.read(|conn| store::has_due(conn, Instant::now())).await? {
            let room = self.places.available_permits();
            if room == 0 {
                return Ok(());
            }
            let claimed = self.db.write(move |conn| claim(conn, room, Instant::now())).await?;
            if claimed.is_empty() {
                return Ok(());
            }
            for due in claimed {
                let place = self.places.clone().acquire_owned().await.map_err(Error::internal)?;
                actix_web::rt::spawn(self.clone().deliver(due, place));
            }
        }
        Ok(())
    }

    async fn deliver(self, due: Due, place: OwnedSemaphorePermit) {
        let delivery = due.delivery.id;
        if let Err(error) = self.attempt(due).await {
            tracing::warn!(%delivery, %error, "how a webhook was sent could not be noted; it will be sent again");
        }
        drop(place);
        // There is room again, and the next one of its object may go.
        self.notifier.notify();
    }

    async fn attempt(&self, due: Due) -> Result<()> {
        let outcome = match self.message(&due)? {
            Some(message) => {
                let client = self.client.clone();
                let sent = tokio::task::spawn_blocking(move || client.send(message));
                sent.await.map_err(Error::internal)?
            }
            None => Outcome {
                status: None,
                error: Some("its secret cannot be read any more; rotate it".into()),
                retry_after: None,
            },
        };
        tracing::debug!(delivery = %due.delivery.id, status = outcome.status, "a webhook was sent");
        let jitter = rand::random();
        self.db
            .write(move |conn| {
                let now = Instant::now();
                let webhook = store::webhook(conn, due.webhook.id)?;
                // Two failures days apart do not say that it was down all the time.
                let failing_since = webhook.failing_since.filter(|_| webhook.failures + 1 >= rules::DOWN);
                let next = rules::next(&outcome, due.delivery.attempts, failing_since, jitter, now);
                let pause = rules::pause(&webhook, &outcome, jitter, now);
                store::mark(conn, &due, &outcome, (next, pause), now)
            })
            .await
    }

    /// What is sent, signed with every secret that is good now; none if they were encrypted with keys that are lost.
    fn message(&self, due: &Due) -> Result<Option<Message>> {
        let (webhook, delivery, now) = (&due.webhook, &due.delivery, Instant::now());
        let old = webhook
            .old_secret
            .as_ref()
            .filter(|_| webhook.old_secret_until > Some(now));
        let sealed = std::iter::once(&webhook.secret).chain(old);
        let secrets: Vec<Vec<u8>> = sealed
            .filter_map(|sealed| self.vault.open_sealed(webhook.id, sealed))
            .collect();
        if secrets.is_empty() {
            return Ok(None);
        }
        let seconds = now.unix_seconds();
        Ok(Some(Message {
            url: webhook.url.as_str().into(),
            id: delivery.id.to_string(),
            seconds,
            signature: signing::signatures(&secrets, delivery.id, seconds, &delivery.body)?,
            body: delivery.body.clone(),
        }))
    }
}
