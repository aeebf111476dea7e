//! Work on its way to the threads that do it: bounded in number and in the time it may wait.
//!
//! A queue that is only bounded in number makes everybody wait for as long as it takes to work it off, and by then
//! many have given up: whoever comes when the first in line has waited too long already is told at once to come back.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use crate::error::{Error, Result};

/// A queue that several threads put work into and several take it from.
pub struct Queue<T>(Arc<Shared<T>>);

struct Shared<T> {
    line: Mutex<Line<T>>,
    more: Condvar,
    most: usize,
    patience: Duration,
    refused: AtomicU64,
}

struct Line<T> {
    waiting: VecDeque<(Instant, T)>,
    is_open: bool,
}

/// What an operator sees of a queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Depth {
    /// Work that waits.
    pub waiting: usize,
    /// For how long the first in line has waited.
    pub longest: Duration,
    /// How much was refused since the start.
    pub refused: u64,
}

impl<T> Queue<T> {
    /// An empty one, and the end from which work is taken. It has room for `most`, and lets nobody in while the first in
    /// line has waited longer than `patience`.
    pub fn new(most: usize, patience: Duration) -> (Self, Work<T>) {
        let shared = Arc::new(Shared {
            line: Mutex::new(Line {
                waiting: VecDeque::new(),
                is_open: true,
            }),
            more: Condvar::new(),
            most,
            patience,
            refused: AtomicU64::new(0),
        });
        (Self(shared.clone()), Work(shared))
    }

    /// Puts work at the end of the line.
    ///
    /// # Errors
    /// `503`, at once, if too much waits or the first in line has waited too long.
    pub fn submit(&self, work: T) -> Result<()> {
        let mut line = self.0.lock();
        let is_late = line
            .waiting
            .front()
            .is_some_and(|(since, _)| since.elapsed() > self.0.patience);
        if is_late || line.waiting.len() >= self.0.most {
            self.0.refused.fetch_add(1, Ordering::Relaxed);
            return Err(Error::overloaded());
        }
        line.waiting.push_back((Instant::now(), work));
        drop(line);
        self.0.more.notify_one();
        Ok(())
    }

    /// How long the line is.
    pub fn depth(&self) -> Depth {
        let line = self.0.lock();
        Depth {
            waiting: line.waiting.len(),
            longest: line
                .waiting
                .front()
                .map_or(Duration::ZERO, |(since, _)| since.elapsed()),
            refused: self.0.refused.load(Ordering::Relaxed),
        }
    }
}

impl<T> Drop for Queue<T> {
    fn drop(&mut self) {
        self.0.lock().is_open = false;
        self.0.more.notify_all();
    }
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, Line<T>> {
        // No work is done under the lock, so nothing is half done after a panic.
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What came within a time.
#[derive(Debug, PartialEq)]
pub enum Taken<T> {
    /// The first in line.
    Work(T),
    /// Nobody was in line.
    Nothing,
    /// Nobody is in line, and nobody will be.
    NothingMore,
}

/// The end of a queue from which work is taken.
pub struct Work<T>(Arc<Shared<T>>);

impl<T> Clone for Work<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Work<T> {
    /// The first in line; waits for it. `None` when the queue is gone and everything is done.
    pub fn take(&self) -> Option<T> {
        let mut line = self.0.lock();
        loop {
            if let Some((_, work)) = line.waiting.pop_front() {
                return Some(work);
            }
            if !line.is_open {
                return None;
            }
            line = self.0.more.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The first in line; waits for it, but not longer than this.
    pub fn take_within(&self, time: Duration) -> Taken<T> {
        let deadline = Instant::now() + time;
        let mut line = self.0.lock();
        loop {
            if let Some((_, work)) = line.waiting.pop_front() {
                return Taken::Work(work);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match (line.is_open, left.is_zero()) {
                (false, _) => return Taken::NothingMore,
                (true, true) => return Taken::Nothing,
                (true, false) => {
                    let waited = self.0.more.wait_timeout(line, left);
                    line = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }

    /// The first in line, if there is one.
    pub fn take_next(&self) -> Option<T> {
        self.0.lock().waiting.pop_front().map(|(_, work)| work)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn work_is_taken_in_order_and_to_the_last() {
        let (queue, work) = Queue::new(2, LONG);
        assert!(queue.submit(1).is_ok() && queue.submit(2).is_ok());
        assert!(queue.submit(3).is_err(), "there is room for two");
        assert_eq!((queue.depth().waiting, queue.depth().refused), (2, 1));
        assert_eq!(work.take(), Some(1));
        assert_eq!(work.take_within(LONG), Taken::Work(2));
        assert_eq!(work.take_within(Duration::from_millis(5)), Taken::Nothing);
        queue.submit(3).unwrap();
        drop(queue);
        assert_eq!((work.take_next(), work.take_next(), work.take()), (Some(3), None, None));
        assert_eq!(work.take_within(LONG), Taken::NothingMore);
    }

    #[test]
    fn who_waits_for_work_gets_it() {
        let (queue, work) = Queue::new(1, LONG);
        let other = work.clone();
        let waits = std::thread::spawn(move || [other.take(), other.take()]);
        queue.submit("done").unwrap();
        while queue.depth().waiting > 0 {
            std::thread::yield_now();
        }
        drop(queue);
        assert_eq!(waits.join().unwrap(), [Some("done"), None]);
    }

    #[test]
    fn nobody_is_let_in_while_the_first_in_line_waits_too_long() {
        let (queue, work) = Queue::new(9, Duration::from_millis(20));
        queue.submit(1).unwrap();
        std::thread::sleep(Duration::from_millis(30));
        let refused = queue.submit(2).unwrap_err();
        assert_eq!(refused.retry_after_seconds(), Some(1));
        assert!(queue.depth().longest > Duration::from_millis(20));
        assert_eq!(work.take(), Some(1));
        assert!(queue.submit(3).is_ok());
    }
}
