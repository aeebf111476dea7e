//! Notices over HTTP.

mod operations;

pub use operations::operations;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    actions::{self, ChoicePatch, Choices},
    model::{Choice, MailChoice, NoticeKind, Notification},
    unsubscribing::Unsubscribing,
};
use crate::{
    error::Result,
    primitives::{Id, Instant, Page, content_version, list_query},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// Something that the caller is told.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Notification")]
pub struct NotificationView {
    /// Its id.
    id: Id,
    /// What it is about.
    kind: NoticeKind,
    /// A sentence.
    title: String,
    /// What it says besides, in some lines, such as the commitment of a draw; null if its title says all.
    detail: Option<String>,
    /// Where there is more.
    href: Option<String>,
    /// The campus that it belongs to.
    campus_id: Option<Id>,
    /// The cohort that it belongs to.
    cohort_id: Option<Id>,
    /// When it was written.
    at: Instant,
    /// When it was read, if it was.
    read_at: Option<Instant>,
}

impl From<Notification> for NotificationView {
    fn from(notice: Notification) -> Self {
        Self {
            id: notice.id,
            kind: notice.kind,
            title: notice.title,
            detail: notice.detail,
            href: notice.href,
            campus_id: notice.campus_id,
            cohort_id: notice.cohort_id,
            at: notice.created_at,
            read_at: notice.read_at,
        }
    }
}

list_query! {
    /// Which notices.
    pub struct NotificationsQuery {
        /// Only those that have not been read.
        #[serde(default)]
        unread: Option<bool>,
    }
}

/// `GET /v1/me/notifications`, newest first
pub async fn list_notifications(
    call: Call<NoPath, NotificationsQuery, NoBody>,
) -> Result<Reply<Page<NotificationView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let unread = query.unread.unwrap_or(false);
        let page = actions::list(conn, &call.actor, unread, query.after()?, query.limit)?;
        call.page(page.map(NotificationView::from))
    })
    .await
}

/// `PUT /v1/me/notifications/{id}/read`
pub async fn read_notification(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::read(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `PUT /v1/me/notifications/read`
pub async fn read_all_notifications(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::read_all(conn, &call.actor, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// How the caller wants to be told, by what it is about.
#[derive(Serialize, JsonSchema)]
pub struct NotificationSettings {
    /// One's own teams: published, changed.
    teams: Choice,
    /// One's own places as a mentor.
    mentoring: Choice,
    /// Being enrolled, admitted or appointed.
    membership: Choice,
    /// People who ask to join a campus, for its staff.
    requests: Choice,
    /// What takes place otherwise than it was announced.
    events: Choice,
    /// Actions that one is to look after.
    actions: Choice,
    /// Code reviews that one's team has to do, and issues that were raised, answered or closed.
    reviews: Choice,
    /// Paid work that one could do, for graduates who wish to hear of it: not shown in the app unless they do.
    paid_work: Choice,
}

impl From<Choices> for NotificationSettings {
    fn from(choices: Choices) -> Self {
        let of = |kind| actions::choice(&choices, kind);
        Self {
            teams: of(NoticeKind::Teams),
            mentoring: of(NoticeKind::Mentoring),
            membership: of(NoticeKind::Membership),
            requests: of(NoticeKind::Requests),
            events: of(NoticeKind::Events),
            actions: of(NoticeKind::Actions),
            reviews: of(NoticeKind::Reviews),
            paid_work: of(NoticeKind::PaidWork),
        }
    }
}

/// What of a choice is to be another.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ChoicePatch")]
pub struct ChoiceBody {
    /// Whether it is shown in the app.
    in_app: Option<bool>,
    /// When mail is sent.
    mail: Option<MailChoice>,
}

/// What is to be another; what is left out stays.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"teams": {"mail": "daily"}}))]
pub struct NotificationSettingsPatch {
    /// One's own teams: published, changed.
    teams: Option<ChoiceBody>,
    /// One's own places as a mentor.
    mentoring: Option<ChoiceBody>,
    /// Being enrolled, admitted or appointed.
    membership: Option<ChoiceBody>,
    /// People who ask to join a campus, for its staff.
    requests: Option<ChoiceBody>,
    /// What takes place otherwise than it was announced.
    events: Option<ChoiceBody>,
    /// Actions that one is to look after.
    actions: Option<ChoiceBody>,
    /// Code reviews that one's team has to do, and issues that were raised, answered or closed.
    reviews: Option<ChoiceBody>,
    /// Paid work that one could do.
    paid_work: Option<ChoiceBody>,
}

impl NotificationSettingsPatch {
    fn patches(self) -> Vec<(NoticeKind, ChoicePatch)> {
        let all = [
            (NoticeKind::Teams, self.teams),
            (NoticeKind::Mentoring, self.mentoring),
            (NoticeKind::Membership, self.membership),
            (NoticeKind::Requests, self.requests),
            (NoticeKind::Events, self.events),
            (NoticeKind::Actions, self.actions),
            (NoticeKind::Reviews, self.reviews),
            (NoticeKind::PaidWork, self.paid_work),
        ];
        let patch = |ChoiceBody { in_app, mail }| ChoicePatch { in_app, mail };
        all.into_iter()
            .filter_map(|(kind, body)| Some((kind, patch(body?))))
            .collect()
    }
}

/// `GET /v1/me/notification-settings`
pub async fn get_notification_settings(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<NotificationSettings>> {
    call.read(|conn, call| settings(actions::choices(conn, &call.actor)?))
        .await
}

/// Settings have no number that rises, so their ETag is made from what they say.
fn settings(choices: Choices) -> Result<Reply<NotificationSettings>> {
    let version = content_version(&choices)?;
    Ok(Reply::ok(&NotificationSettings::from(choices))?.version(version))
}

/// `PATCH /v1/me/notification-settings`
pub async fn change_notification_settings(
    call: Call<NoPath, NoQuery, Json<NotificationSettingsPatch>>,
) -> Result<Reply<NotificationSettings>> {
    call.write(|conn, call| settings(actions::change(conn, &call.actor, &call.body.patches(), call.if_match)?))
        .await
}

/// The link of a mail.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnsubscribingQuery {
    /// What the mail's `List-Unsubscribe` has.
    #[schemars(example = "0ds8x2v4fmg00.teams.tq2cK5x0r0vN")]
    token: String,
}

/// `POST /v1/notification-unsubscriptions`
pub async fn unsubscribe(call: Call<NoPath, UnsubscribingQuery, NoBody>) -> Result<Reply<()>> {
    let links = Unsubscribing::new(call.state.vault.secret(), &call.state.config.public_url);
    call.write(move |conn, call| {
        actions::unsubscribe(conn, &links, &call.query.token)?;
        Ok(Reply::no_content())
    })
    .await
}
