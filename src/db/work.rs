//! A closure on its way to a database thread, and its answer on the way back.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Conn;
use crate::error::{Error, Result};

/// Where the answer arrives.
pub type Answer<T> = tokio::sync::oneshot::Receiver<Result<T>>;

/// Tells whoever waits how it ended, once the surrounding commit is known.
pub type Finish = Box<dyn FnOnce(Result<()>) + Send>;

/// What a job's run left: `Ok` if its changes stand and wait for the commit.
pub struct Ran {
    /// Why it must be undone, if it must.
    pub failed: Option<Failure>,
    /// To be called after commit or rollback.
    pub finish: Finish,
}

/// Why a run must be undone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Failure {
    /// The closure said no, or panicked.
    Refused,
    /// Another transaction was in the way: run it again.
    Conflict,
    /// What another try may find otherwise: the driver has no kind for it, such as a deadlock, or a row stands in the way that
    /// was not there, or is gone, since the closure looked.
    Unclassified,
    /// The connection is of no more use.
    Broken,
}

/// A closure whose type is forgotten. Repeatable: PostgreSQL may ask for another try.
pub struct Job {
    run: Box<dyn FnMut(&mut Conn) -> Ran + Send>,
    drop: Box<dyn FnOnce(Error) + Send>,
}

impl Job {
    /// Wraps `work`; its result arrives at the answer.
    pub fn new<T, F>(work: F) -> (Self, Answer<T>)
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let sender = std::sync::Arc::new(std::sync::Mutex::new(Some(sender)));
        let reply = {
            let sender = sender.clone();
            move |result: Result<T>| {
                let sender = sender.lock().ok().and_then(|mut sender| sender.take());
                if let Some(sender) = sender {
                    // Whoever asked may have gone; the work stands all the same.
                    let _ = sender.send(result);
                }
            }
        };
        let refuse = reply.clone();
        let run = move |conn: &mut Conn| {
            let result = catch_unwind(AssertUnwindSafe(|| work(conn)))
                .unwrap_or_else(|_| Err(Error::internal("panic in a database closure")));
            let failed = result.as_ref().err().map(failure_of);
            let reply = reply.clone();
            let finish: Finish = Box::new(move |commit| reply(result.and_then(|value| commit.map(|()| value))));
            Ran { failed, finish }
        };
        (
            Self {
                run: Box::new(run),
                drop: Box::new(move |error| refuse(Err(error))),
            },
            receiver,
        )
    }

    /// Runs it once.
    pub fn run(&mut self, conn: &mut Conn) -> Ran {
        (self.run)(conn)
    }

    /// Gives up on it.
    pub fn give_up(self, error: Error) {
        (self.drop)(error);
    }
}

/// What to do about an error, by the driver's classification of it.
pub fn failure_of(error: &Error) -> Failure {
    use diesel::result::DatabaseErrorKind as Kind;
    match error.database_kind() {
        Some(Kind::SerializationFailure) => Failure::Conflict,
        Some(Kind::Unknown | Kind::UniqueViolation | Kind::ForeignKeyViolation) => Failure::Unclassified,
        Some(Kind::ClosedConnection | Kind::UnableToSendCommand | Kind::ReadOnlyTransaction) => Failure::Broken,
        _ => Failure::Refused,
    }
}
