//! Mail: a consumer of the outbox. Features register what they write of an event ([`Letters`]); the letters are
//! stored when the event is received, and a task of its own ([`Sender`]) hands them to the mail server.

mod letters;
mod links;
mod model;
mod sender;
mod store;
mod transport;

pub use letters::{Letters, Mailroom};
pub use links::without_links;
pub use model::{Letter, Mailing, Message};
pub use sender::Sender;
pub use store::{delete_old, insert, insert_of_nothing, list};
