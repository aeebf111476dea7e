//! The daily mail: all that waits for somebody, at eight by their own clock.

use std::time::Duration;

use super::{
    model::{Choice, MailChoice, NoticeKind, Notification},
    rules, store,
    unsubscribing::{Unsubscribing, Unwanted},
};
use crate::{
    accounts::store as accounts,
    campuses::{model::Campus, store as campuses},
    db::{Conn, Db},
    error::Result,
    mail::{self, Letter, Text, Value},
    primitives::{Id, Instant, Language, time::TimeZone},
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
    let campus = campus(conn, &waiting)?;
    let theirs = addressee.time_zone.or(campus.as_ref().map(|campus| campus.time_zone));
    let zone = theirs.unwrap_or(TimeZone::UTC);
    if !waiting.iter().any(|notice| rules::is_due(notice.created_at, now, zone)) {
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
    let told = rules::as_it_is_now(told);
    let Some(first) = told.first() else {
        return Ok(());
    };
    let titles: Vec<String> = told.iter().map(|notice| format!("- {}", notice.text())).collect();
    let values = [
        ("titles", Value::Said(titles.join("\n"))),
        ("title", Value::Said(first.title.clone())),
        ("count", Value::Number(i32::try_from(told.len()).unwrap_or(i32::MAX))),
        ("list", Value::Link(format!("{public_url}/v1/me/notifications"))),
    ];
    let link = links.link(person, Unwanted::Daily)?;
    let language = Language::first([addressee.language, campus.and_then(|campus| campus.language)]);
    let letter = Letter::write(addressee.email, language, Text::DailyMail, &values)?.unsubscribed_at(link);
    mail::insert_of_nothing(conn, &letter, now)
}

/// The campus that it is about, whose time zone and language count for who has chosen none.
fn campus(conn: &mut Conn, waiting: &[Notification]) -> Result<Option<Campus>> {
    let campus = waiting.iter().find_map(|notice| notice.campus_id);
    campus.map(|campus| campuses::campus(conn, campus)).transpose()
}
