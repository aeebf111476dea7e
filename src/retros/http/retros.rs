//! Retros over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use super::items::ItemView;
use crate::{
    error::Result,
    primitives::{Id, Instant, Page, PageInfo},
    retros::{
        actions::{self, Closed, FullRetro, RetroInWeek},
        model::{ActionView, ItemKind, NewRetro, RetroScope, RetroStatus},
    },
    teams::model::TeamName,
    web::{ById, ByWeek, Call, Json, NoBody, NoQuery, Reply},
};

/// A retro, without what is in it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RetroSummary")]
pub struct RetroView {
    /// The retro's id.
    id: Id,
    /// The cohort.
    cohort_id: Id,
    /// The number of the week.
    week: i32,
    /// Whose it is.
    scope: RetroScope,
    /// The team; null if it is the whole cohort's.
    team: Option<TeamName>,
    /// How far it has come.
    status: RetroStatus,
    /// How many votes each has: in all in a team's retro, on items of one kind in a cohort's.
    votes_each: i32,
    /// When it was opened.
    created_at: Instant,
    /// When it was closed; null while it goes on.
    closed_at: Option<Instant>,
    /// Rises with every change of the retro itself; the `ETag` begins with it.
    version: i64,
}

impl From<RetroInWeek> for RetroView {
    fn from(RetroInWeek { retro, week, team }: RetroInWeek) -> Self {
        Self {
            scope: retro.scope(),
            id: retro.id,
            cohort_id: retro.cohort_id,
            week,
            team,
            status: retro.status,
            votes_each: retro.votes_each,
            created_at: retro.created_at,
            closed_at: retro.closed_at,
            version: retro.version,
        }
    }
}

/// How many votes the caller can still give to items of one kind.
#[derive(Serialize, JsonSchema)]
pub struct VotesLeft {
    /// The kind.
    kind: ItemKind,
    /// How many. In a team's retro all kinds share the same votes, so these are not to be added up: three for each of the
    /// kinds are three in all, as `votes_left_in_all` says.
    votes: i32,
}

/// A retro with all that is in it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Retro")]
pub struct FullRetroView {
    #[serde(flatten)]
    retro: RetroView,
    /// What was written, in an order that tells nothing.
    items: Vec<ItemView>,
    /// How many votes the caller can still give in all; null if they have no votes here, or the retro is closed.
    votes_left_in_all: Option<i32>,
    /// How many they can still give to items of each kind, of these; null if they have no votes here, or the retro is
    /// closed.
    votes_left: Option<Vec<VotesLeft>>,
    /// Open actions of before: in a cohort's retro all of the cohort, in a team's those of the team and those that its
    /// members look after. Empty once the retro is closed.
    carried_over: Vec<ActionView>,
    /// Actions made of its top items.
    actions: Vec<ActionView>,
}

impl From<FullRetro> for FullRetroView {
    fn from(found: FullRetro) -> Self {
        let left = |(kind, votes)| VotesLeft { kind, votes };
        Self {
            retro: found.retro.into(),
            items: found.items.into_iter().map(ItemView::from).collect(),
            votes_left_in_all: found.votes_left_in_all,
            votes_left: found.votes_left.map(|votes| votes.into_iter().map(left).collect()),
            carried_over: found.carried_over.into_iter().map(ActionView::from).collect(),
            actions: found.actions.into_iter().map(ActionView::from).collect(),
        }
    }
}

/// `POST /v1/cohorts/{id}/weeks/{number}/retros`
pub async fn open_retro(call: Call<ByWeek, NoQuery, Json<NewRetro>>) -> Result<Reply<FullRetroView>> {
    call.write(|conn, call| {
        let week = (call.path.id, call.path.number.0);
        let opened = FullRetroView::from(actions::open(conn, &call.actor, week, call.body.0, call.now)?);
        let (id, version) = (opened.retro.id, opened.retro.version);
        Ok(Reply::created(format!("/v1/retros/{id}"), &opened)?.version(version))
    })
    .await
}

/// `GET /v1/cohorts/{id}/weeks/{number}/retros`
pub async fn list_retros(call: Call<ByWeek, NoQuery, NoBody>) -> Result<Reply<Page<RetroView>>> {
    call.read(|conn, call| {
        let found = actions::list_retros(conn, &call.actor, call.path.id, call.path.number.0)?;
        call.page(Page::whole(found.into_iter().map(RetroView::from).collect()))
    })
    .await
}

/// `GET /v1/retros/{id}`
pub async fn get_retro(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<FullRetroView>> {
    call.read(|conn, call| {
        let found = FullRetroView::from(actions::get_retro(conn, &call.actor, call.path.id)?);
        let version = found.retro.version;
        Ok(Reply::ok(&found)?.version(version))
    })
    .await
}

/// What came of a retro.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ClosedRetro")]
pub struct ClosedView {
    /// The actions made, of the item with most votes first.
    data: Vec<ActionView>,
    /// Always the whole list.
    page: PageInfo,
    /// Items with equally many votes for which there was not room. Make actions of them by hand if they are worth it.
    tied: Vec<ItemView>,
}

/// `POST /v1/retros/{id}/closing`
pub async fn close_retro(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ClosedView>> {
    call.write(|conn, call| {
        let Closed { actions, tied, version } =
            actions::close(conn, &call.actor, call.path.id, call.if_match, call.now)?;
        let Page { data, page } = Page::whole(actions.into_iter().map(ActionView::from).collect());
        let closed = ClosedView {
            data,
            page,
            tied: tied.into_iter().map(ItemView::from).collect(),
        };
        Ok(Reply::created(format!("/v1/retros/{}", call.path.id), &closed)?.version(version))
    })
    .await
}
