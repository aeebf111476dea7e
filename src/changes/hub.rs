//! What has just happened, handed to everybody who listens: one task reads it for all of them.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::sync::{Notify, broadcast, watch};

use super::{
    model::{CONSUMER, Change, Channel},
    rules, store,
};
use crate::{
    authz::Identity,
    db::Db,
    error::{Code, Error, Result},
    notifier::Notifier,
    outbox,
    primitives::{Id, Instant},
};

/// How often to look without being told: other processes hand events over too.
const POLL: Duration = Duration::from_secs(2);
/// How often it is asked whether those who listen still may.
const CHECKED: Duration = Duration::from_secs(2);
/// How many changes are read at once.
const AT_ONCE: i64 = 500;
/// How many readings somebody may be behind before they have to read for themself.
const BEHIND: usize = 64;
/// Connections of one account.
const OF_ONE: usize = 5;
/// Connections in all.
const OF_ALL: usize = 5_000;

/// Changes that have just been received, and the places they lie between.
#[derive(Debug)]
pub struct Latest {
    /// Behind this position.
    pub from: i64,
    /// Up to this one.
    pub to: i64,
    /// In order, with the channels of each.
    pub changes: Vec<(Change, Vec<Channel>)>,
}

/// Where those who listen meet the task that reads.
pub struct Hub {
    notifier: Notifier,
    latest: broadcast::Sender<Arc<Latest>>,
    is_stopping: watch::Sender<bool>,
    listeners: Mutex<HashMap<u64, Listener>>,
    next: AtomicU64,
}

struct Listener {
    identity: Identity,
    ended: Arc<Notify>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            notifier: Notifier::default(),
            latest: broadcast::Sender::new(BEHIND),
            is_stopping: watch::Sender::new(false),
            listeners: Mutex::default(),
            next: AtomicU64::new(0),
        }
    }
}

/// Somebody's connection. As long as it lives it counts.
pub struct Listening {
    hub: Arc<Hub>,
    number: u64,
    /// What has just happened.
    pub latest: broadcast::Receiver<Arc<Latest>>,
    /// Whether the service is about to stop.
    pub is_stopping: watch::Receiver<bool>,
    /// Told when the session has ended.
    pub ended: Arc<Notify>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.hub.with_listeners(|all| all.remove(&self.number));
    }
}

impl Hub {
    /// There may be something new.
    pub fn wake(&self) {
        self.notifier.notify();
    }

    /// Sends everybody away.
    pub fn stop(&self) {
        self.is_stopping.send_replace(true);
    }

    /// Lets somebody listen.
    ///
    /// # Errors
    /// `429` if they do so too often already, `503` if too many do.
    pub fn listen(self: &Arc<Self>, identity: Identity) -> Result<Listening> {
        let (number, ended) = (self.next.fetch_add(1, Ordering::Relaxed), Arc::new(Notify::new()));
        let listener = Listener {
            identity,
            ended: ended.clone(),
        };
        self.with_listeners(|all| {
            let own = all.values().filter(|one| one.identity.person == identity.person);
            if own.count() >= OF_ONE {
                let detail =
                    format!("You have {OF_ONE} streams open, which is as many as you can have. Close one first.");
                return Err(Error::new(Code::TooManyRequests, detail).retry_after(60));
            }
            if all.len() >= OF_ALL {
                return Err(Error::overloaded());
            }
            all.insert(number, listener);
            Ok(())
        })?;
        Ok(Listening {
            hub: self.clone(),
            number,
            latest: self.latest.subscribe(),
            is_stopping: self.is_stopping.subscribe(),
            ended,
        })
    }

    fn with_listeners<T>(&self, run: impl FnOnce(&mut HashMap<u64, Listener>) -> T) -> T {
        run(&mut self.listeners.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// By what they listen: the ids of sessions and API tokens.
    fn ways_in(&self) -> Vec<Id> {
        self.with_listeners(|all| all.values().filter_map(|one| one.identity.way_in()).collect())
    }

    /// Sends away everybody who listens by something else than these.
    fn keep(&self, asked: &[Id], live: &[Id]) {
        self.with_listeners(|all| {
            for one in all.values() {
                if one
                    .identity
                    .way_in()
                    .is_some_and(|id| asked.contains(&id) && !live.contains(&id))
                {
                    one.ended.notify_one();
                }
            }
        });
    }
}

/// The task that reads for everybody.
pub struct Reader {
    /// Where the changes are.
    pub db: Db,
    /// Who is told.
    pub hub: Arc<Hub>,
}

impl Reader {
    /// Reads what is new as long as somebody listens, and the server runs.
    pub async fn run(self) {
        let (mut last, mut checked) = (None, std::time::Instant::now());
        loop {
            self.hub.notifier.wait(POLL).await;
            if self.hub.latest.receiver_count() == 0 {
                last = None;
                continue;
            }
            match self.hand_out(last).await {
                Ok(position) => last = Some(position),
                Err(error) => tracing::warn!(%error, "what has changed cannot be read"),
            }
            if checked.elapsed() >= CHECKED {
                checked = std::time::Instant::now();
                if let Err(error) = self.check().await {
                    tracing::warn!(%error, "whether sessions have ended cannot be read");
                }
            }
        }
    }

    /// Hands out what lies behind a position; up to where it did. Who begins to listen reads for themself what was before.
    async fn hand_out(&self, last: Option<i64>) -> Result<i64> {
        let read = move |conn: &mut crate::db::Conn| {
            let end = outbox::position(conn, CONSUMER)?.unwrap_or(0);
            let from = last.filter(|last| *last <= end);
            let changes = match from {
                Some(from) if from < end => store::all_changes(conn, (from, end), AT_ONCE)?,
                _ => Vec::new(),
            };
            Ok((from, end, changes))
        };
        let (from, end, changes) = self.db.read(read).await?;
        // Whoever is not as far as everybody finds out by the gap, also where nothing is new.
        let from = from.unwrap_or(end);
        if last == Some(end) {
            return Ok(end);
        }
        let is_cut = changes.len() >= usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
        let to = changes
            .last()
            .and_then(|last| last.position)
            .filter(|_| is_cut)
            .unwrap_or(end);
        let with_channels = |change: Change| {
            let channels = rules::channels(&change.audience, change.campus_id, change.cohort_id);
            (change, channels)
        };
        let latest = Latest {
            from,
            to,
            changes: changes.into_iter().map(with_channels).collect(),
        };
        // If nobody listens any more, nobody misses it.
        let _ = self.hub.latest.send(Arc::new(latest));
        if is_cut {
            self.hub.wake();
        }
        Ok(to)
    }

    /// Sends away whoever's session has ended.
    async fn check(&self) -> Result<()> {
        let asked = self.hub.ways_in();
        for some in asked.chunks(500) {
            let these = some.to_vec();
            let live = self
                .db
                .read(move |conn| store::live(conn, &these, Instant::now()))
                .await?;
            self.hub.keep(some, &live);
        }
        Ok(())
    }
}
