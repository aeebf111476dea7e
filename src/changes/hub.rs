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
    db::{Changes, Db, Moment},
    error::{Code, Error, Result},
    notifier::Notifier,
    outbox,
    primitives::{Id, Instant},
};

/// How often to look without being told: other processes hand events over too.
const POLL: Duration = Duration::from_secs(2);
/// How often it is asked whether those who listen still may: sessions run out, and of what other processes do to them on
/// PostgreSQL nothing tells.
const CHECKED: Duration = Duration::from_secs(2);
/// How long commits are gathered before it is looked whose sessions they changed.
const GATHERED: Duration = Duration::from_millis(20);
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
    /// When they were known to have a session; none where changes are not noted.
    since: Option<Moment>,
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

    /// Lets somebody listen; whether their session has ended meanwhile is to be asked after this.
    ///
    /// # Errors
    /// `429` if they do so too often already, `503` if too many do.
    pub fn listen(self: &Arc<Self>, identity: Identity, db: &Db) -> Result<Listening> {
        let (number, ended) = (self.next.fetch_add(1, Ordering::Relaxed), Arc::new(Notify::new()));
        let listener = Listener {
            identity,
            since: db.changes().map(Changes::now),
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

    /// By what they listen, the ids of sessions and API tokens: of all, or of those whose session or account has changed
    /// since it was known.
    fn ways_in(&self, changed: Option<&Changes>) -> Vec<Id> {
        let is_asked = |one: &Listener, id: Id| {
            let holds = |changes: &Changes| {
                one.since
                    .is_some_and(|since| changes.unchanged(since, &[id, one.identity.person]))
            };
            !changed.is_some_and(holds)
        };
        self.with_listeners(|all| {
            let ways_in = all.values().filter_map(|one| Some((one, one.identity.way_in()?)));
            ways_in
                .filter(|(one, id)| is_asked(one, *id))
                .map(|(_, id)| id)
                .collect()
        })
    }

    /// Sends away everybody who listens by one of those asked for and not by a live one.
    fn keep(&self, asked: &[Id], live: &[Id], since: Option<Moment>) {
        self.with_listeners(|all| {
            for one in all.values_mut() {
                let Some(id) = one.identity.way_in().filter(|id| asked.contains(id)) else {
                    continue;
                };
                match live.contains(&id) {
                    true => one.since = since,
                    false => one.ended.notify_one(),
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
        let mut last = None;
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
}

/// The task that sends away whoever's session has ended.
pub struct Doorkeeper {
    /// Where sessions are.
    pub db: Db,
    /// Who listens.
    pub hub: Arc<Hub>,
}

impl Doorkeeper {
    /// Looks after each commit, where commits are noted, and now and then, as long as the server runs.
    pub async fn run(self) {
        let mut checked = std::time::Instant::now();
        loop {
            // Running out of time is no failure.
            let _ = tokio::time::timeout(CHECKED, self.next_commit()).await;
            let is_time = checked.elapsed() >= CHECKED;
            if is_time {
                checked = std::time::Instant::now();
            }
            if let Err(error) = self.check(is_time).await {
                tracing::warn!(%error, "whether sessions have ended cannot be read");
            }
            tokio::time::sleep(GATHERED).await;
        }
    }

    async fn next_commit(&self) {
        match self.db.changes() {
            Some(changes) => changes.next_commit().await,
            None => std::future::pending().await,
        }
    }

    async fn check(&self, of_all: bool) -> Result<()> {
        let changes = self.db.changes();
        let since = changes.map(Changes::now);
        let asked = self.hub.ways_in(changes.filter(|_| !of_all));
        for some in asked.chunks(500) {
            let these = some.to_vec();
            let live = self
                .db
                .read(move |conn| store::live(conn, &these, Instant::now()))
                .await?;
            self.hub.keep(some, &live, since);
        }
        Ok(())
    }
}
