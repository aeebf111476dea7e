//! From the outbox to its consumers.

use std::{sync::Arc, time::Duration};

use prometheus::IntCounter;

use super::{event::StoredEvent, store};
use crate::{
    db::{Conn, Db},
    error::{Code, Result},
    notifier::Notifier,
};

/// How often to look without being told: other processes and commands write events too.
const POLL: Duration = Duration::from_secs(2);
/// How many events are handed over in one transaction.
const BATCH: i64 = 100;

/// Somebody who is told everything that happens, in order.
pub trait Consumer: Send + Sync {
    /// The name under which its position is stored. It never changes.
    fn name(&self) -> &'static str;

    /// Writes down what is to be delivered of an event, in the transaction that moves the consumer on. It may be
    /// called again for the same event if that transaction fails.
    ///
    /// # Errors
    /// The event is then logged and passed over, unless the database could not be reached.
    fn receive(&self, conn: &mut Conn, event: &StoredEvent) -> Result<()>;

    /// Some events were received and committed: a good moment to wake whoever delivers.
    fn received(&self) {}
}

/// Hands events to consumers.
#[derive(Clone)]
pub struct Dispatcher {
    /// Where the events are.
    pub db: Db,
    /// Who is told.
    pub consumers: Vec<Arc<dyn Consumer>>,
    /// What wakes it.
    pub notifier: Arc<Notifier>,
    /// How many events could not be received, where somebody counts them.
    pub passed_over: Option<IntCounter>,
}

impl Dispatcher {
    /// Hands over events as they are committed, as long as the server runs.
    pub async fn run(self) {
        loop {
            self.dispatch().await;
            self.notifier.wait(POLL).await;
        }
    }

    /// Hands over everything there is, unless a consumer cannot be told.
    pub async fn dispatch(&self) {
        while self.round().await {}
    }

    /// Hands a batch to each consumer, so that while more and more happens none waits until another is through. Whether there
    /// may be more to hand over.
    async fn round(&self) -> bool {
        // Whoever has not begun begins before anything is placed: it is told of what is already written.
        let placed = match self.begin().await {
            Ok(()) => self.place().await,
            Err(error) => Err(error),
        };
        let mut goes_on = match placed {
            Ok(placed) => placed,
            Err(error) => {
                tracing::warn!(%error, "the outbox cannot be read");
                return false;
            }
        };
        let mut is_well = true;
        for consumer in &self.consumers {
            match self.feed(consumer).await {
                Ok(fed) => goes_on |= fed,
                Err(error) => {
                    tracing::warn!(consumer = consumer.name(), %error, "events wait in the outbox");
                    is_well = false;
                }
            }
        }
        goes_on && is_well
    }

    /// Has consumers that this database does not know yet begin with the first event that has no position.
    async fn begin(&self) -> Result<()> {
        let known = self.db.read(store::consumers).await?;
        let names = self.consumers.iter().map(|consumer| consumer.name());
        let new: Vec<&str> = names.filter(|name| !known.iter().any(|known| known == name)).collect();
        if new.is_empty() {
            return Ok(());
        }
        self.db
            .write(move |conn| new.iter().try_for_each(|name| store::begin(conn, name)))
            .await
    }

    /// Gives positions to some events that have none. Whether there were any.
    async fn place(&self) -> Result<bool> {
        let has_unplaced = self.db.read(store::has_unplaced).await?;
        if has_unplaced {
            self.db.write(store::place).await?;
        }
        Ok(has_unplaced)
    }

    /// Tells a consumer of the next events. Whether there were any.
    async fn feed(&self, consumer: &Arc<dyn Consumer>) -> Result<bool> {
        let name = consumer.name();
        if self.db.read(move |conn| store::next(conn, name, 1)).await?.is_empty() {
            return Ok(false);
        }
        match self.hand_over(consumer, BATCH).await {
            Ok(()) => {}
            Err(error) if error.code() == Code::Unavailable => return Err(error),
            // One at a time, to find the one that cannot be received.
            Err(_) => self.hand_over_one(consumer).await?,
        }
        consumer.received();
        Ok(true)
    }

    async fn hand_over(&self, consumer: &Arc<dyn Consumer>, limit: i64) -> Result<()> {
        let consumer = consumer.clone();
        let hand_over = move |conn: &mut Conn| {
            let events = store::next(conn, consumer.name(), limit)?;
            for event in &events {
                consumer.receive(conn, event)?;
            }
            events
                .last()
                .map_or(Ok(()), |last| store::advance(conn, consumer.name(), last))
        };
        self.db.write(hand_over).await
    }

    async fn hand_over_one(&self, consumer: &Arc<dyn Consumer>) -> Result<()> {
        let Err(error) = self.hand_over(consumer, 1).await else {
            return Ok(());
        };
        if error.code() == Code::Unavailable {
            return Err(error);
        }
        let name = consumer.name();
        let pass_over = move |conn: &mut Conn| {
            let next = store::next(conn, name, 1)?.pop();
            if let Some(event) = &next {
                store::advance(conn, name, event)?;
            }
            Ok(next.map(|event| event.id))
        };
        let event = self.db.write(pass_over).await?;
        if let Some(passed_over) = &self.passed_over {
            passed_over.inc();
        }
        tracing::error!(
            consumer = name,
            event = event.map(tracing::field::display),
            cause = error.cause(),
            %error,
            "an event could not be received and is passed over"
        );
        Ok(())
    }
}
