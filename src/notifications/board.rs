//! A consumer of the outbox: notices for those whom an event concerns.

use super::{
    model::{Choice, MailChoice, Notification, whole},
    notices::{Notice, Notices},
    store,
    unsubscribing::{Unsubscribing, Unwanted},
};
use crate::{
    accounts::store as accounts,
    campuses::store as campuses,
    db::Conn,
    error::{Code, Error, Result},
    mail::{self, Letter, Text, Value},
    outbox::{Consumer, StoredEvent},
    primitives::{Id, Instant, Language},
};

/// Writes notices, and mail at once for whoever wants that.
pub struct NoticeBoard {
    notices: Notices,
    unsubscribing: Unsubscribing,
}

impl NoticeBoard {
    /// With what all features tell.
    pub fn new(notices: Notices, unsubscribing: Unsubscribing) -> Self {
        Self { notices, unsubscribing }
    }

    fn tell(&self, conn: &mut Conn, event: &StoredEvent, notice: &Notice) -> Result<()> {
        let people: Vec<Id> = (notice.people.iter().copied())
            .filter(|person| Some(*person) != event.person_id)
            .collect();
        let people = store::with_account(conn, &people)?;
        let chosen = store::choices(conn, &people, notice.kind)?;
        let choice = |person: Id| {
            let own = chosen.iter().find(|(whose, _)| *whose == person);
            own.map_or_else(|| Choice::usual(notice.kind), |(_, choice)| *choice)
        };
        let campus = event
            .campus_id
            .map(|campus| campuses::campus(conn, campus))
            .transpose()?;
        let (now, theirs) = (Instant::now(), campus.and_then(|campus| campus.language));
        let mut rows = Vec::new();
        for person in people {
            let choice = match notice.cannot_wait {
                true => choice(person).without_waiting(),
                false => choice(person),
            };
            let addressee = accounts::addressees(conn, &[person])?.pop();
            let language = Language::first([addressee.as_ref().and_then(|to| to.language), theirs]);
            let (title, detail) = (notice.title(language)?, notice.detail(language)?);
            if let Some(to) = addressee.filter(|_| choice.mail == MailChoice::AtOnce && !notice.has_letter) {
                let link = self.unsubscribing.link(person, Unwanted::Kind(notice.kind))?;
                let said = [
                    ("text", Value::Said(whole(&title, detail.as_deref()))),
                    ("title", Value::Said(title.clone())),
                ];
                let letter = Letter::write(to.email, language, Text::NoticeMail, &said)?.unsubscribed_at(link);
                mail::insert(conn, event, &letter, now)?;
            }
            if choice.in_app || choice.mail == MailChoice::Daily {
                rows.push(Notification {
                    id: Id::new(),
                    person_id: person,
                    kind: notice.kind,
                    title,
                    href: notice.href.clone().or_else(|| event.href.clone()),
                    campus_id: event.campus_id,
                    cohort_id: event.cohort_id,
                    in_app: choice.in_app,
                    mail_waits: choice.mail == MailChoice::Daily,
                    created_at: now,
                    read_at: None,
                    detail,
                });
            }
        }
        store::insert(conn, &rows)
    }
}

impl Consumer for NoticeBoard {
    fn name(&self) -> &'static str {
        "notifications"
    }

    fn receive(&self, conn: &mut Conn, event: &StoredEvent) -> Result<()> {
        match self.notices.of(conn, event) {
            Ok(notices) => notices.iter().try_for_each(|notice| self.tell(conn, event, notice)),
            // What it was about is gone by now.
            Err(error) if error.code() == Code::NotFound => Ok(()),
            Err(error) => Err(Error::internal(error)),
        }
    }
}
