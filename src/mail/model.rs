//! Letters, and messages as they are stored.

use diesel::prelude::*;

use crate::{
    db::schema::mail_messages as messages,
    primitives::{Email, Id, Instant},
};

/// A message to one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// Who it goes to.
    pub recipient: Email,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// Where its reader says that they want no more of its kind; none if they cannot.
    pub unsubscribe: Option<String>,
}

/// What an event means for mail.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mailing {
    /// What is to be sent.
    pub letters: Vec<Letter>,
    /// Whether earlier letters about the same object are pointless now and, if they wait, are not to be sent.
    pub replaces_earlier: bool,
}

/// A letter on its way.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = messages)]
pub struct Message {
    /// Its id.
    pub id: Id,
    /// Who it goes to.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Its text; empty once it has been sent, because it may hold a code.
    pub body: String,
    /// When it was written.
    pub created_at: Instant,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was handed to the mail server.
    pub sent_at: Option<Instant>,
    /// Why the last try failed, in the mail server's words.
    pub last_error: Option<String>,
    /// The type of the object that it is about.
    pub object_type: Option<String>,
    /// The object that it is about.
    pub object_id: Option<Id>,
    /// When it was given up: refused for good, or tried too often.
    pub given_up_at: Option<Instant>,
    /// Where its reader says that they want no more of its kind.
    pub unsubscribe: Option<String>,
}

/// How a try went.
#[derive(Clone, Debug)]
pub enum Delivery {
    /// The mail server has it.
    Sent,
    /// It can never be sent to this recipient.
    Refused(String),
    /// It may work later.
    Failed {
        /// In the mail server's words.
        why: String,
        /// Whether the mail server was there at all.
        is_reachable: bool,
    },
}
