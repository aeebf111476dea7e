//! The outbox: what happened, written as an [`Event`] in the transaction that did it, and handed to consumers after
//! the commit. Mail is one consumer; others (changes, notices, webhooks) register in the same way.
//!
//! 1. A feature writes an event with [`record`], or as a [`Told`] where there is nothing to tell but what it is about. It
//!    knows no consumer. Every event says who may know of it.
//! 2. After the commit the [`Dispatcher`] gives new events their positions, by one transaction at a time. Positions
//!    are in the order of commits, so a reader who has seen position n has missed nothing before it; ids are made
//!    before the commit and are no such order. Events of one object keep the order in which they were written.
//! 3. Each [`Consumer`] has a position of its own. Receiving an event and moving on are one transaction: a consumer
//!    writes what it will deliver to rows of its own, and a task of its own delivers it.

mod audience;
mod dispatcher;
mod event;
mod record;
mod store;
mod told;

pub use audience::Audience;
pub use dispatcher::{Consumer, Dispatcher};
pub(crate) use event::event;
pub use event::{Event, StoredEvent, Subject};
pub use record::{Doing, record, record_all, record_with_secret, recording};
pub use store::{delete_old, forget_secret, position};
pub use told::Told;
