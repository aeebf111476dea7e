//! The daily mail: all that waits for somebody, at eight by their own clock.

use std::time::Duration;

use super::{
    model::{Choice, MailChoice, NoticeKind, Notification},
    rules, store,
    unsubscribing::Unsubscribing,
};
use crate::{
    accounts::store as accounts,
    campuses::store as campuses,
    db::{Conn, Db},
    error::Result,
    mail::{self, Letter},
    primitives::{Id, Instant, time::TimeZone},
};

/// How often it is looked whether it has struck eight somewhere.
const LOOKED: Duration = Duration::from_secs(5 * 60);
/// How many people are looked at in one transaction.
const AT_ONCE: i64 = 50;

/// The task that writes daily mail.
pub struct Digests {
    /// Where the notices are.
    pub db: Db,
    /// Makes the link with which somebody wants no more.
    pub unsubscribing: Unsubscribing,
    /// The address of the service.
    pub public_url: String,
}

impl Digests {
    /// Writes daily mail as it becomes due, as long as the server runs.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.write(Instant::now()).await {
                tracing::warn!(%error, "the daily mail was not written");
            }
            actix_web::rt::time::sleep(LOOKED).await;
        }
    }

    /// Writes all that is due.
    ///
    /// # Errors
    /// `503`
    pub async fn write(&self, now: Instant) -> Result<()> {
        let mut behind = None;
        loop {
            let (unsubscribing, public_url) = (self.unsubscribing.clone(), self.public_url.clone());
            let write = move |conn: &mut Conn| {
                let people = store::waited_for(conn, behind, AT_ONCE)?;
                for person in &people {
                    write_to(conn, *person, &unsubscribing, &public_url, now)?;
                }
                Ok(people.last().copied())
            };
            behind = self.db.write(write).await?;
            if behind.is_none() {
                return Ok(());
            }
        }
    }
}

/// Writes to one person, with what they want by now.
fn write_to(conn: &mut Conn, person: Id, links: &Unsubscribing, public_url: &str, now: Instant) -> Result<()> {
    let waiting = store::waiting(conn, person)?;
    let Some(addressee) = accounts::addressees(conn, &[person])?.pop() else {
        let ids: Vec<Id> = waiting.iter().map(|notice| notice.id).collect();
        return store::mark_mailed(conn, &ids);
    };
    let zone = zone(conn, addressee.time_zone, &waiting)?;
    if !zone.is_some_and(|zone| waiting.iter().any(|notice| rules::is_due(notice.created_at, now, zone))) {
        return Ok(());
    }
    let chosen = store::choices_of(conn, person)?;
    let wants = |kind: NoticeKind| {
        let own = chosen.iter().find(|(of, _)| *of == kind);
        let choice = own.map_or_else(|| Choice::usual(kind), |(_, choice)| *choice);
        choice.mail == MailChoice::Daily
    };
    let ids: Vec<Id> = waiting.iter().map(|notice| notice.id).collect();
    store::mark_mailed(conn, &ids)?;
    let told: Vec<Notification> = waiting.into_iter().filter(|notice| wants(notice.kind)).collect();
    let Some(first) = told.first() else {
        return Ok(());
    };
    let (subject, body) = rules::daily_mail(&told, public_url);
    let letter = Letter {
        recipient: addressee.email,
        subject,
        body,
        unsubscribe: Some(links.link(person, first.kind)?),
    };
    mail::insert_of_nothing(conn, &letter, now)
}

/// Their own time zone, or that of the campus it is about.
fn zone(conn: &mut Conn, own: Option<TimeZone>, waiting: &[Notification]) -> Result<Option<TimeZone>> {
    let campus = waiting.iter().find_map(|notice| notice.campus_id);
    match (own, campus) {
        (Some(own), _) => Ok(Some(own)),
        (None, Some(campus)) => Ok(Some(campuses::campus(conn, campus)?.time_zone)),
        (None, None) => Ok(TimeZone::parse("UTC").ok()),
    }
}
