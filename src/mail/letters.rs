//! From an event to the letters about it.

use std::{collections::BTreeMap, sync::Arc};

use super::{model::Mailing, store};
use crate::{
    db::Conn,
    error::Result,
    notifier::Notifier,
    outbox::{Consumer, Event, StoredEvent, forget_secret},
    primitives::Instant,
};

type Write = Box<dyn Fn(&mut Conn, &StoredEvent) -> Result<Mailing> + Send + Sync>;

/// What features write of their events, by the type of the object.
#[derive(Default)]
pub struct Letters(BTreeMap<&'static str, Write>);

impl Letters {
    /// The same with what is written of one more type of event. `write` is given the event and its secret; it reads
    /// the data as it is by then.
    #[must_use]
    pub fn with<E: Event>(
        mut self,
        write: impl Fn(&mut Conn, &E, Option<&str>) -> Result<Mailing> + Send + Sync + 'static,
    ) -> Self {
        let write = move |conn: &mut Conn, event: &StoredEvent| write(conn, &event.read()?, event.secret.as_deref());
        self.0.insert(E::OBJECT, Box::new(write));
        self
    }
}

/// Receives events and puts the letters about them where the [`Sender`](super::Sender) finds them.
pub struct Mailroom {
    letters: Letters,
    notifier: Arc<Notifier>,
}

impl Mailroom {
    /// With the letters of all features, and what wakes the sender.
    pub fn new(letters: Letters, notifier: Arc<Notifier>) -> Self {
        Self { letters, notifier }
    }
}

impl Consumer for Mailroom {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn receive(&self, conn: &mut Conn, event: &StoredEvent) -> Result<()> {
        let write = self.letters.0.get(event.object_type.as_str());
        let Some(write) = write.filter(|_| !event.is_bare()) else {
            return Ok(());
        };
        let mailing = write(conn, event)?;
        if mailing.replaces_earlier {
            store::delete_waiting(conn, event)?;
        }
        for letter in &mailing.letters {
            store::insert(conn, event, letter, Instant::now())?;
        }
        match event.secret {
            Some(_) => forget_secret(conn, event.id),
            None => Ok(()),
        }
    }

    fn received(&self) {
        self.notifier.notify();
    }
}
