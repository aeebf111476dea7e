//! The task that sends deliveries.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    client::{Client, Message},
    model::{Due, Outcome, Webhook},
    requests::{Request, Requests},
    rules::{self, Turns},
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

/// Takes the deliveries whose turn it is, as far as this process has room. What others send is theirs to count, so that
/// nobody waits for what a process was sending when it died.
fn claim(conn: &mut Conn, room: usize, requests: &Requests, now: Instant) -> Result<Vec<Due>> {
    let mut turns = Turns::new(store::with_due(conn, now)?, requests.so_far(), (room, now));
    let mut claimed = Vec::new();
    while let Some(webhook) = turns.next() {
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

/// Since when nothing was taken, if that has been tried often enough: two tries days apart do not say that it was so all the
/// time. What is refused is no failure for which a webhook is paused, but it is not taken either.
fn failing_since(conn: &mut Conn, webhook: &Webhook, now: Instant) -> Result<Option<Instant>> {
    let Some(since) = webhook.failing_since.filter(|since| since.plus(rules::FAILING) <= now) else {
        return Ok(None);
    };
    let is_down =
        webhook.failures + 1 >= rules::DOWN || store::tries_since(conn, webhook.id, since)? >= i64::from(rules::DOWN);
    Ok(is_down.then_some(since))
}

/// Sends what is due.
#[derive(Clone)]
pub struct Courier {
    db: Db,
    vault: Arc<Vault>,
    client: Client,
    notifier: Arc<Notifier>,
    places: Arc<Semaphore>,
    requests: Requests,
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
            requests: Requests::default(),
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
            let requests = self.requests.clone();
            let claim = move |conn: &mut Conn| claim(conn, room, &requests, Instant::now());
            let claimed = self.db.write(claim).await?;
            if claimed.is_empty() {
                return Ok(());
            }
            for due in claimed {
                let place = self.places.clone().acquire_owned().await.map_err(Error::internal)?;
                let request = self.requests.begin(&due.webhook, Instant::now());
                actix_web::rt::spawn(self.clone().deliver(due, (place, request)));
            }
        }
        Ok(())
    }

    async fn deliver(self, due: Due, place: (OwnedSemaphorePermit, Request)) {
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
                let Some(webhook) = store::find(conn, due.webhook.id)? else {
                    // It was deleted meanwhile.
                    return Ok(());
                };
                let failing_since = failing_since(conn, &webhook, now)?;
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
