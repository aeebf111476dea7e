//! A consumer of the outbox: notices for those whom an event concerns.

use super::{
    model::{Choice, MailChoice, Notification},
    notices::{Notice, Notices},
    store,
    unsubscribing::Unsubscribing,
};
use crate::{
    accounts::store as accounts,
    db::Conn,
    error::{Code, Error, Result},
    mail::{self, Letter, without_links},
    outbox::{Consumer, StoredEvent},
    primitives::{Id, Instant},
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
        let now = Instant::now();
        let rows: Vec<Notification> = people
            .iter()
            .map(|person| (*person, choice(*person)))
            .filter(|(_, choice)| choice.in_app || choice.mail == MailChoice::Daily)
            .map(|(person_id, choice)| Notification {
                id: Id::new(),
                person_id,
                kind: notice.kind,
                title: without_links(&notice.title),
                href: event.href.clone(),
                campus_id: event.campus_id,
                cohort_id: event.cohort_id,
                in_app: choice.in_app,
                mail_waits: choice.mail == MailChoice::Daily,
                created_at: now,
                read_at: None,
            })
            .collect();
        store::insert(conn, &rows)?;
        if notice.has_letter {
            return Ok(());
        }
        for person in people
            .into_iter()
            .filter(|person| choice(*person).mail == MailChoice::AtOnce)
        {
            self.mail(conn, event, notice, person)?;
        }
        Ok(())
    }

    fn mail(&self, conn: &mut Conn, event: &StoredEvent, notice: &Notice, person: Id) -> Result<()> {
        let Some(addressee) = accounts::addressees(conn, &[person])?.pop() else {
            return Ok(());
        };
        let letter = Letter {
            recipient: addressee.email,
            subject: notice.title.clone(),
            body: format!(
                "{}\n\nLog in to the app that your campus uses to see more.\n",
                without_links(&notice.title)
            ),
            unsubscribe: Some(self.unsubscribing.link(person, notice.kind)?),
        };
        mail::insert(conn, event, &letter, Instant::now())
    }
}

impl Consumer for NoticeBoard {
    fn name(&self) -> &'static str {
        "notifications"
    }

    fn receive(&self, conn: &mut Conn, event: &StoredEvent) -> Result<()> {
        match self.notices.of(conn, event) {
            Ok(Some(notice)) => self.tell(conn, event, &notice),
            // What it was about is gone by now.
            Err(error) if error.code() == Code::NotFound => Ok(()),
            Ok(None) => Ok(()),
            Err(error) => Err(Error::internal(error)),
        }
    }
}
