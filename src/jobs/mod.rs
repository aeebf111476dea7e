//! Jobs: work that takes longer than a caller should wait. A request puts one into the queue, in its
//! own transaction; a worker in any process takes it, says once a second how far it has got, and keeps
//! its result in the transaction that marks it done. What a kind of job does is a [`Task`] of the
//! feature it belongs to.
//!
//! A job's row is all there is of it: whoever runs it holds a lease on it, and when a process dies the
//! lease runs out and another takes the job up again from its beginning.

pub(crate) mod actions;
pub mod http;
pub mod model;
mod queue;
mod rules;
pub mod store;
mod view;
mod worker;

pub use queue::{Bell, call_off, put};
pub use view::{JobView, accepted};
pub use worker::{Task, forget_finished, work};
