//! A consumer of the outbox: by which channels each event reaches those who may know of it.

use std::sync::Arc;

use super::{hub::Hub, model::CONSUMER, rules, store};
use crate::{
    db::Conn,
    error::Result,
    outbox::{Consumer, StoredEvent},
};

/// Notes the channels of each event.
pub struct Channels {
    hub: Arc<Hub>,
}

impl Channels {
    /// With whom to wake when there is something new.
    pub fn new(hub: Arc<Hub>) -> Self {
        Self { hub }
    }
}

impl Consumer for Channels {
    fn name(&self) -> &'static str {
        CONSUMER
    }

    fn receive(&self, conn: &mut Conn, event: &StoredEvent) -> Result<()> {
        let channels = rules::channels(&event.audience, event.campus_id, event.cohort_id);
        match event.position.filter(|_| !channels.is_empty()) {
            Some(position) => store::insert_channels(conn, position, &channels),
            None => Ok(()),
        }
    }

    fn received(&self) {
        self.hub.wake();
    }
}

/// Deletes some of what is noted of events that are gone. Returns how much.
pub fn delete_old(conn: &mut Conn) -> Result<usize> {
    store::delete_old(conn)
}
