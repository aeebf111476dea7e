//! Calendar feeds over HTTP.

mod operations;

pub use operations::operations;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    calendars::{
        actions,
        model::{Feed, FeedOf, NewFeed},
    },
    error::Result,
    primitives::{Id, Instant, Page},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// A calendar feed. Its address was shown when it was made.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CalendarFeed")]
pub struct FeedView {
    /// The feed's id.
    id: Id,
    /// What it shows.
    of: FeedOf,
    /// The cohort, if it shows one.
    cohort_id: Option<Id>,
    /// The campus, if it shows one.
    campus_id: Option<Id>,
    /// When it was made.
    created_at: Instant,
}

impl From<Feed> for FeedView {
    fn from(feed: Feed) -> Self {
        Self {
            id: feed.id,
            of: feed.shows,
            cohort_id: feed.cohort_id,
            campus_id: feed.campus_id,
            created_at: feed.created_at,
        }
    }
}

/// A calendar feed with its address.
#[derive(Serialize, JsonSchema)]
pub struct NewCalendarFeed {
    #[serde(flatten)]
    feed: FeedView,
    /// Where calendar programs read it, without logging in. It is shown this once: whoever has it reads the calendar, so keep
    /// it as you keep a password.
    url: String,
}

/// `POST /v1/me/calendar-feeds`
pub async fn create_calendar_feed(call: Call<NoPath, NoQuery, Json<NewFeed>>) -> Result<Reply<NewCalendarFeed>> {
    call.write(|conn, call| {
        let (feed, token) = actions::create(conn, &call.actor, call.body.0, call.now)?;
        let made = NewCalendarFeed {
            url: format!(
                "{}/calendars/{token}.ics",
                call.state.config.public_url.trim_end_matches('/')
            ),
            feed: FeedView::from(feed),
        };
        Reply::created(format!("/v1/me/calendar-feeds/{}", made.feed.id), &made)
    })
    .await
}

/// `GET /v1/me/calendar-feeds`
pub async fn list_calendar_feeds(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Page<FeedView>>> {
    call.read(|conn, call| call.page(Page::whole(actions::list(conn, &call.actor)?).map(FeedView::from)))
        .await
}

/// `DELETE /v1/me/calendar-feeds/{id}`
pub async fn delete_calendar_feed(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete(conn, &call.actor, call.path.id)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `{token}.ics`
#[derive(Clone, Deserialize, JsonSchema)]
pub struct ByToken {
    /// The secret part of the feed's address.
    token: String,
}

/// `GET /calendars/{token}.ics`
pub async fn read_calendar(call: Call<ByToken, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.read(|conn, call| {
        let config = &call.state.config;
        let host = url::Url::parse(&config.public_url).ok();
        let host = host.as_ref().and_then(url::Url::host_str).unwrap_or("peerled");
        let required = config.require_second_factor;
        let calendar = actions::read(conn, &call.path.token, required, host, call.now)?;
        Ok(Reply::media("text/calendar; charset=utf-8", calendar))
    })
    .await
}
