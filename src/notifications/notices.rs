//! What features tell of their events.

use std::collections::BTreeMap;

use super::model::NoticeKind;
use crate::{
    db::Conn,
    error::Result,
    mail::{Text, Value, detail, title},
    outbox::StoredEvent,
    primitives::{Id, Language},
};

/// One thing to tell some people.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// Whom it concerns. Whoever did it knows.
    pub people: Vec<Id>,
    /// A sentence, or a letter whose subject says it. No person is named in it: it stays when they are erased.
    pub(crate) text: Text,
    /// What its variables stand for.
    pub(crate) values: Vec<(&'static str, Value)>,
    /// Whether the feature writes the mail about it itself.
    pub has_letter: bool,
    /// Whether somebody loses what is theirs unless they answer soon: it is shown in the app and mailed at once to whoever wants
    /// any mail of this kind.
    pub cannot_wait: bool,
    /// Where it is read, if those whom it concerns read it elsewhere than where the event says.
    pub href: Option<String>,
}

impl Notice {
    /// What somebody reads.
    ///
    /// # Errors
    /// One for the log, if the language lacks the text or the text a value.
    pub(super) fn title(&self, language: Language) -> Result<String> {
        title(language, self.text, &self.values)
    }

    /// What it says besides, if the text has more than a title.
    ///
    /// # Errors
    /// As [`Notice::title`].
    pub(super) fn detail(&self, language: Language) -> Result<Option<String>> {
        detail(language, self.text, &self.values)
    }
}

type Write = Box<dyn Fn(&mut Conn, &StoredEvent) -> Result<Option<Notice>> + Send + Sync>;

/// What features tell of their events, by the type of the object.
#[derive(Default)]
pub struct Notices(BTreeMap<&'static str, Vec<Write>>);

impl Notices {
    /// The same with what is told of one more type of object, or to others of the same type. `write` reads the data as it is by then.
    #[must_use]
    pub fn with(
        mut self,
        object: &'static str,
        write: impl Fn(&mut Conn, &StoredEvent) -> Result<Option<Notice>> + Send + Sync + 'static,
    ) -> Self {
        self.0.entry(object).or_default().push(Box::new(write));
        self
    }

    /// What is told of an event.
    pub(super) fn of(&self, conn: &mut Conn, event: &StoredEvent) -> Result<Vec<Notice>> {
        let all = self.0.get(event.object_type.as_str()).into_iter().flatten();
        let told = all.map(|write| write(conn, event)).collect::<Result<Vec<_>>>()?;
        Ok(told.into_iter().flatten().collect())
    }
}
