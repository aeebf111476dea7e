//! What was committed since when: whether what was read may still be answered without reading it again.
//!
//! Every row belongs to a few things by whose ids it is read: a cohort, a person, a session (`triggers` says which).
//! For each there is the number of the last commit that changed a row of it, in a table of fixed size in which ids
//! may share a place: a shared place costs an unneeded read, never an old answer.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::sync::Notify;

use crate::primitives::Id;

const PLACES: usize = 1 << 14;

/// The numbers of the last commits. One process writes; what others commit counts as a change of everything.
pub struct Changes {
    /// Of the last commit of all.
    commit: AtomicU64,
    /// Of the last one that may have changed anything.
    everything: AtomicU64,
    places: Box<[AtomicU64]>,
    /// Whether anybody asks: a command that only writes is not to pay for it.
    asked_for: AtomicBool,
    /// Whether the writer notes them by now.
    noted: AtomicBool,
    /// Wakes whoever waits for the next commit.
    commits: Notify,
}

/// A point in the order of commits. What is read after it was taken is at least as new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(u64);

impl Default for Changes {
    fn default() -> Self {
        Self {
            commit: AtomicU64::new(0),
            everything: AtomicU64::new(0),
            places: (0..PLACES).map(|_| AtomicU64::new(0)).collect(),
            asked_for: AtomicBool::new(false),
            noted: AtomicBool::new(false),
            commits: Notify::new(),
        }
    }
}

impl Changes {
    /// To be taken before a read begins.
    pub fn now(&self) -> Moment {
        Moment(self.commit.load(Ordering::Acquire))
    }

    /// Whether no row of these things has changed since then.
    pub fn unchanged(&self, since: Moment, things: &[Id]) -> bool {
        let same = |number: &AtomicU64| number.load(Ordering::Acquire) <= since.0;
        same(&self.everything) && things.iter().filter_map(|id| self.place(id.raw())).all(same)
    }

    /// Until something is committed, or was since somebody last waited. One task waits.
    pub async fn next_commit(&self) {
        self.commits.notified().await;
    }

    /// From the writer's next look on, what it commits is noted.
    pub(super) fn ask_for(&self) {
        self.asked_for.store(true, Ordering::Release);
    }

    pub(super) fn is_asked_for(&self) -> bool {
        self.asked_for.load(Ordering::Acquire)
    }

    pub(super) fn is_noted(&self) -> bool {
        self.noted.load(Ordering::Acquire)
    }

    /// The writer notes what it commits from now on; what came before counts as a change of everything.
    pub(super) fn begin(&self) {
        self.committed_elsewhere();
        self.noted.store(true, Ordering::Release);
    }

    /// To be called after a commit, before anybody is told of it.
    pub(super) fn committed(&self, changed: impl Iterator<Item = i64>) {
        let number = self.commit.load(Ordering::Acquire) + 1;
        for place in changed.filter_map(|id| self.place(id)) {
            place.store(number, Ordering::Release);
        }
        self.commit.store(number, Ordering::Release);
        self.commits.notify_one();
    }

    /// Another process has committed something.
    pub(super) fn committed_elsewhere(&self) {
        let number = self.commit.load(Ordering::Acquire) + 1;
        self.everything.store(number, Ordering::Release);
        self.commit.store(number, Ordering::Release);
        self.commits.notify_one();
    }

    fn place(&self, id: i64) -> Option<&AtomicU64> {
        // Ids made one after the other differ in their lowest bits and in the milliseconds above them.
        let mixed = id.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 50;
        self.places.get(usize::try_from(mixed).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_holds_until_something_it_rests_on_changes() {
        let (changes, cohort, person) = (Changes::default(), Id::new(), Id::new());
        let read = changes.now();
        let holds = || changes.unchanged(read, &[cohort, person]);
        assert!(holds());
        changes.committed([Id::new().raw(), Id::new().raw()].into_iter());
        assert!(holds());
        changes.committed(std::iter::once(person.raw()));
        assert!(!holds() && changes.unchanged(read, &[cohort]));
        assert!(changes.unchanged(changes.now(), &[cohort, person]));
        let read = changes.now();
        changes.committed_elsewhere();
        assert!(!changes.unchanged(read, &[cohort]) && !changes.unchanged(read, &[]));
        assert!(changes.unchanged(changes.now(), &[cohort]));
    }

    #[test]
    fn ids_spread_over_all_places() {
        let changes = Changes::default();
        let places: std::collections::HashSet<_> = (0..PLACES)
            .filter_map(|_| changes.place(Id::new().raw()).map(std::ptr::from_ref))
            .collect();
        assert!(places.len() > PLACES / 3, "{}", places.len());
    }
}
