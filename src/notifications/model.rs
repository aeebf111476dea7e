//! Notices as they are stored, and what people want of them.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    db::schema::{notification_settings, notifications},
    primitives::{Id, Instant, text_enum},
};

text_enum! {
    /// What a notice is about, as far as people choose.
    pub enum NoticeKind {
        /// One's own teams: published, changed.
        Teams = "teams",
        /// One's own places as a mentor.
        Mentoring = "mentoring",
        /// Being enrolled, admitted or appointed.
        Membership = "membership",
        /// People who ask to join a campus, for its staff.
        Requests = "requests",
        /// What takes place otherwise than it was announced.
        Events = "events",
        /// Actions that one is to look after.
        Actions = "actions",
        /// Code reviews that one's team has to do, and issues that were raised, answered or closed.
        Reviews = "reviews",
        /// Paid work that one could do, for graduates who wish to hear of it.
        PaidWork = "paid_work",
    }
}

impl NoticeKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Teams,
        Self::Mentoring,
        Self::Membership,
        Self::Requests,
        Self::Events,
        Self::Actions,
        Self::Reviews,
        Self::PaidWork,
    ];
}

text_enum! {
    /// When mail is sent about something.
    pub enum MailChoice {
        /// As it happens.
        AtOnce = "at_once",
        /// Once a day, with all that happened.
        Daily = "daily",
        /// Never.
        None = "none",
    }
}

/// How somebody wants to be told of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = notification_settings)]
pub struct Choice {
    /// Whether it is shown in the app.
    pub in_app: bool,
    /// When mail is sent.
    pub mail: MailChoice,
}

impl Choice {
    /// What counts for who has not chosen.
    pub fn usual(kind: NoticeKind) -> Self {
        Self {
            // Nobody is told of paid work who has not asked for it.
            in_app: kind != NoticeKind::PaidWork,
            mail: match kind {
                NoticeKind::Mentoring => MailChoice::AtOnce,
                NoticeKind::Teams
                | NoticeKind::Membership
                | NoticeKind::Requests
                | NoticeKind::Events
                | NoticeKind::Actions
                | NoticeKind::Reviews
                | NoticeKind::PaidWork => MailChoice::None,
            },
        }
    }
}

impl Choice {
    /// What it comes to where nothing can wait: shown at once, and mailed at once unless no mail is wanted.
    #[must_use]
    pub fn without_waiting(self) -> Self {
        let mail = match self.mail {
            MailChoice::Daily | MailChoice::AtOnce => MailChoice::AtOnce,
            MailChoice::None => MailChoice::None,
        };
        Self { in_app: true, mail }
    }
}

/// Something that one person is told.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = notifications, treat_none_as_default_value = false)]
pub struct Notification {
    /// Its id.
    pub id: Id,
    /// Who is told.
    pub person_id: Id,
    /// What it is about.
    pub kind: NoticeKind,
    /// A sentence.
    pub title: String,
    /// Where there is more.
    pub href: Option<String>,
    /// The campus that it belongs to.
    pub campus_id: Option<Id>,
    /// The cohort that it belongs to.
    pub cohort_id: Option<Id>,
    /// Whether the app shows it.
    pub in_app: bool,
    /// Whether the next daily mail is to tell it.
    pub mail_waits: bool,
    /// When it was written.
    pub created_at: Instant,
    /// When it was read.
    pub read_at: Option<Instant>,
    /// What it says besides, in some lines.
    pub detail: Option<String>,
}

impl Notification {
    /// All that it says, for a letter.
    pub fn text(&self) -> String {
        whole(&self.title, self.detail.as_deref())
    }
}

/// A title with what is said besides, for a letter.
pub fn whole(title: &str, detail: Option<&str>) -> String {
    match detail {
        Some(detail) => format!("{title}\n\n{detail}"),
        None => title.to_owned(),
    }
}
