//! Work on its way to the threads that do it: bounded in number and in the time it may wait.
//!
//! A queue that is only bounded in number makes everybody wait for as long as it takes to work it off, and by then
//! many have given up: whoever comes when the first in line has waited too long already is told at once to come back.
//!
//! Of several threads that have nothing to do, the one that worked last gets the next work: what it holds, such as a connection,
//! is warm, and the others need not open theirs before there is work for them.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, Thread},
    time::{Duration, Instant},
};

use crate::error::{Error, Result};

/// A queue that several threads put work into and several take it from.
pub struct Queue<T>(Arc<Shared<T>>);

struct Shared<T> {
    line: Mutex<Line<T>>,
    most: usize,
    patience: Duration,
    refused: AtomicU64,
}

struct Line<T> {
    waiting: VecDeque<(Instant, T)>,
    /// Threads that wait for work, the last that came at the end.
    idle: Vec<Thread>,
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
                idle: Vec::new(),
                is_open: true,
            }),
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
        let next = line.idle.pop();
        drop(line);
        if let Some(thread) = next {
            thread.unpark();
        }
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
        let mut line = self.0.lock();
        line.is_open = false;
        line.idle.drain(..).for_each(|thread| thread.unpark());
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
        loop {
            match self.take_or_wait(true) {
                Taken::Work(work) => return Some(work),
                Taken::NothingMore => return None,
                Taken::Nothing => thread::park(),
            }
        }
    }

    /// The first in line; waits for it, but not longer than this.
    pub fn take_within(&self, time: Duration) -> Taken<T> {
        let deadline = Instant::now() + time;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.take_or_wait(!left.is_zero()) {
                Taken::Nothing if !left.is_zero() => thread::park_timeout(left),
                taken => return taken,
            }
        }
    }

    /// The first in line; if there is none and this thread `waits`, it is among those that are woken for the next.
    fn take_or_wait(&self, waits: bool) -> Taken<T> {
        let (mut line, own) = (self.0.lock(), thread::current());
        // It may have been woken by its time, or by something else.
        line.idle.retain(|idle| idle.id() != own.id());
        match line.waiting.pop_front() {
            Some((_, work)) => return Taken::Work(work),
            None if !line.is_open => return Taken::NothingMore,
            None => {}
        }
        if waits {
            line.idle.push(own);
        }
        Taken::Nothing
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
    fn the_thread_that_worked_last_works_next() {
        let (queue, work) = Queue::new(9, LONG);
        let (done, came) = std::sync::mpsc::channel();
        let threads: Vec<_> = (0..3)
            .map(|_| {
                let (work, done) = (work.clone(), done.clone());
                thread::spawn(move || {
                    while work.take().is_some() {
                        done.send(thread::current().id()).unwrap();
                    }
                })
            })
            .collect();
        let everybody_waits = || {
            while queue.0.lock().idle.len() < threads.len() {
                thread::yield_now();
            }
        };
        let by: Vec<_> = (0..20)
            .map(|number| {
                everybody_waits();
                queue.submit(number).unwrap();
                came.recv().unwrap()
            })
            .collect();
        assert!(by.iter().all(|thread| *thread == by[0]), "{by:?}");
        drop(queue);
        threads.into_iter().for_each(|thread| thread.join().unwrap());
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
