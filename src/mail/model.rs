//! Letters, and messages as they are stored.

use diesel::prelude::*;

use super::{
    texts::Text,
    values::{self, Value},
};
use crate::{
    db::schema::mail_messages as messages,
    error::{Error, Result},
    primitives::{Email, Id, Instant, Language},
};

/// A message to one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    pub(super) recipient: Email,
    pub(super) subject: String,
    pub(super) body: String,
    /// Where its reader says that they want no more of its kind; none if they cannot.
    pub(super) unsubscribe: Option<String>,
}

impl Letter {
    /// A letter in a language, with these values for the variables of its text.
    ///
    /// # Errors
    /// One for the log, if the language lacks the text or the letter a value.
    pub(crate) fn write(
        recipient: Email,
        language: Language,
        text: Text,
        values: &[(&'static str, Value)],
    ) -> Result<Self> {
        let written = values::write(language, text, values)?;
        let missing = || Error::internal(format!("the text `{}` has no subject", text.id()));
        Ok(Self {
            recipient,
            subject: written.subject.ok_or_else(missing)?,
            body: written.body + "\n",
            unsubscribe: None,
        })
    }

    /// The same for whoever may want no more of its kind, and says so at this address.
    #[must_use]
    pub(crate) fn unsubscribed_at(self, link: String) -> Self {
        Self {
            unsubscribe: Some(link),
            ..self
        }
    }
}

/// What an event means for mail.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mailing {
    /// What is to be sent.
    pub letters: Vec<Letter>,
    /// Whether earlier letters about the same object are pointless now and, if they wait, are not to be sent.
    pub replaces_earlier: bool,
}

impl Mailing {
    /// One letter, and nothing else changes.
    pub fn one(letter: Letter) -> Self {
        Self {
            letters: vec![letter],
            ..Self::default()
        }
    }

    /// No letter; those that wait are pointless now.
    pub fn withdrawal() -> Self {
        Self {
            replaces_earlier: true,
            ..Self::default()
        }
    }
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
    /// It is about somebody, and nobody has proved that the address is theirs.
    Unproved,
    /// It may work later.
    Failed {
        /// In the mail server's words.
        why: String,
        /// Whether the mail server was there at all.
        is_reachable: bool,
    },
}
