//! Discoveries over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::PersonCard,
    error::Result,
    primitives::{
        Id, Instant, Line, Page, Text, Url, Word, list_query,
        text::{folded, words},
    },
    web::{ById, Call, Json, NoBody, NoQuery, Number, Reply},
    work::{
        actions::{self, SharedDiscovery},
        model::{DiscoveryPatch, DiscoverySelection, DiscoverySort, NewDiscovery, Position},
    },
};

/// Something that somebody found and shares.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Discovery")]
pub struct DiscoveryView {
    /// The discovery's id.
    id: Id,
    /// The cohort with which it is shared.
    cohort_id: Id,
    /// The week that went on when it was shared; null before the first.
    week: Option<i32>,
    /// The team in which whoever shared it was then.
    team_id: Option<Id>,
    /// What that team is called; null without a team.
    team_name: Option<Line>,
    /// What it is called.
    title: Line,
    /// Where it is.
    url: Url,
    /// What it is, in a word.
    kind: Word,
    /// What it is about.
    topic: Line,
    /// What is good about it, in Markdown.
    text: Option<Text>,
    /// Who shared it; null if their account was removed.
    shared_by: Option<PersonCard>,
    /// How many found it useful.
    useful: i32,
    /// Whether the caller did.
    useful_to_me: bool,
    /// When it was shared.
    created_at: Instant,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl From<SharedDiscovery> for DiscoveryView {
    fn from(found: SharedDiscovery) -> Self {
        let discovery = found.discovery;
        Self {
            id: discovery.id,
            cohort_id: discovery.cohort_id,
            week: discovery.week_number,
            team_id: discovery.team_id,
            team_name: found.team_name,
            title: discovery.title,
            url: discovery.url,
            kind: discovery.kind,
            topic: discovery.topic,
            text: discovery.text,
            shared_by: found.shared_by,
            useful: discovery.useful,
            useful_to_me: found.is_marked,
            created_at: discovery.created_at,
            version: discovery.version,
        }
    }
}

/// `POST /v1/cohorts/{id}/discoveries`
pub async fn share_discovery(call: Call<ById, NoQuery, Json<NewDiscovery>>) -> Result<Reply<DiscoveryView>> {
    call.write(|conn, call| {
        let shared = actions::share(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let view = DiscoveryView::from(shared);
        Ok(Reply::created(format!("/v1/discoveries/{}", view.id), &view)?.version(view.version))
    })
    .await
}

list_query! {
    /// Which discoveries of a cohort.
    pub struct DiscoveryQuery {
        /// Filter by kind.
        kind: Option<Word>,
        /// Filter by topic, whole, without regard to case and accents.
        topic: Option<Line>,
        /// Filter by the week in which it was shared.
        week: Option<Number>,
        /// Filter by the team of whoever shared it.
        team_id: Option<Id>,
        /// Words that title, topic or text must have all of. Each finds words that begin with it, without regard to case
        /// and accents; everything else in it means nothing.
        q: Option<Line>,
        /// The order; newest first if left out.
        sort: Option<DiscoverySort>,
    }
}

/// `GET /v1/cohorts/{id}/discoveries`
pub async fn list_discoveries(call: Call<ById, DiscoveryQuery, NoBody>) -> Result<Reply<Page<DiscoveryView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let selection = DiscoverySelection {
            kind: query.kind.clone(),
            topic: query.topic.as_ref().map(|topic| folded(topic.as_str())),
            week: query.week.map(|Number(week)| week),
            team: query.team_id,
            words: query.q.as_ref().map(|q| words(q.as_str())),
            sort: query.sort.unwrap_or(DiscoverySort::Newest),
            after: query.after()?,
        };
        let found = actions::list_discoveries(conn, &call.actor, call.path.id, &selection, query.limit.plus_one())?;
        let page = Page::of(found, query.limit, |one| Position {
            useful: one.discovery.useful,
            id: one.discovery.id,
        });
        call.page(page.map(DiscoveryView::from))
    })
    .await
}

fn reply(found: SharedDiscovery) -> Result<Reply<DiscoveryView>> {
    let version = found.discovery.version;
    Ok(Reply::ok(&DiscoveryView::from(found))?.version(version))
}

/// `GET /v1/discoveries/{id}`
pub async fn get_discovery(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<DiscoveryView>> {
    call.read(|conn, call| reply(actions::get_discovery(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/discoveries/{id}`
pub async fn change_discovery(call: Call<ById, NoQuery, Json<DiscoveryPatch>>) -> Result<Reply<DiscoveryView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        reply(actions::change_discovery(
            conn,
            &call.actor,
            id,
            patch,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// `DELETE /v1/discoveries/{id}`
pub async fn delete_discovery(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::remove(conn, &call.actor, call.path.id, call.if_match, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `PUT /v1/discoveries/{id}/useful/me`
pub async fn mark_useful(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::mark(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/discoveries/{id}/useful/me`
pub async fn unmark_useful(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::unmark(conn, &call.actor, call.path.id)?;
        Ok(Reply::no_content())
    })
    .await
}
