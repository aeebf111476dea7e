//! Mail: a consumer of the outbox. Features register what they write of an event ([`Letters`]); the letters are
//! stored when the event is received, and a task of its own ([`Sender`]) hands them to the mail server. A feature names
//! a text and its values; what it reads in a language is in `texts/`.

mod codes;
mod letters;
mod links;
mod model;
mod sender;
mod store;
#[cfg(test)]
mod tests;
mod texts;
mod transport;
mod values;

pub use codes::CodePages;
pub use letters::{Letters, Mailroom};
pub use model::{Letter, Mailing, Message};
pub use sender::Sender;
pub use store::{delete_old, delete_unsent, insert, insert_of_nothing, list};
pub(crate) use texts::Text;
pub(crate) use values::{Value, detail, say, say_where, title};
