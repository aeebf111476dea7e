//! Jobs: work that takes longer than a caller should wait. A request puts one into the queue, in its own
//! transaction; a worker in any process takes it, writes down once a second how far it has got, and saves its
//! result in the transaction that marks it done. What a kind of job does is a [`Task`] of the feature it belongs
//! to, registered in [`JobKinds`] where the application is put together.
//!
//! A job's row is all there is of it: whoever runs it holds a lease on it, and when a process dies the
//! lease runs out and another takes the job up again from its beginning.

pub(crate) mod actions;
mod execution;
pub mod http;
mod kinds;
pub mod model;
mod queue;
mod rules;
pub mod store;
mod task;
mod view;
mod worker;

pub use kinds::JobKinds;
pub use queue::{cancel_pointless, enqueue};
pub use task::{JobRequest, Task};
pub use view::{JobView, accepted};
pub use worker::{Worker, forget_finished};
