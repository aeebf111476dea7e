//! Hints of open projects over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    error::Result,
    primitives::{Id, Instant, Text},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
    work::{
        actions::{self, EarlierHint, HintOfTeam, HintsOfProject},
        model::{Hint, HintPatch, HintRequest, NewHint, TeamName},
    },
};

/// A hint of an open project.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProjectHint")]
pub struct HintView {
    /// The hint's id.
    id: Id,
    /// From 1, in the order in which hints are revealed.
    number: i32,
    /// What it says, in Markdown.
    body: Text,
    /// When it last became another than a team had been shown; null if it never did. `earlier` has what it said.
    changed_at: Option<Instant>,
    /// Rises with every change.
    version: i64,
}

impl From<Hint> for HintView {
    fn from(hint: Hint) -> Self {
        Self {
            id: hint.id,
            number: hint.number,
            body: hint.body,
            changed_at: hint.changed_at,
            version: hint.version,
        }
    }
}

/// What a hint said that a team had been shown, before it was changed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EarlierHint")]
pub struct EarlierHintView {
    /// Which hint.
    number: i32,
    /// What it said.
    body: Text,
    /// Until when.
    replaced_at: Instant,
}

impl From<EarlierHint> for EarlierHintView {
    fn from(earlier: EarlierHint) -> Self {
        Self {
            number: earlier.number,
            body: earlier.body,
            replaced_at: earlier.replaced_at,
        }
    }
}

/// That a team has asked for a hint.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "HintOfTeam")]
pub struct HintOfTeamView {
    /// The team.
    team: TeamName,
    /// Which hint.
    number: i32,
    /// When.
    asked_at: Instant,
}

impl From<HintOfTeam> for HintOfTeamView {
    fn from(asked: HintOfTeam) -> Self {
        Self {
            team: asked.team,
            number: asked.number,
            asked_at: asked.asked_at,
        }
    }
}

/// The hints of a project, as far as the caller sees them.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProjectHints")]
pub struct HintsView {
    /// The project.
    project_id: Id,
    /// Its week.
    week: i32,
    /// Whether it is open.
    open: bool,
    /// How many hints there are.
    count: usize,
    /// Those that the caller sees, in order: all for whoever writes them, for others those that their team has asked for.
    hints: Vec<HintView>,
    /// Which team has asked for which hint, in the order in which they asked.
    requests: Vec<HintOfTeamView>,
    /// What hints said that were changed after the caller's team had been shown them, in the order in which they were changed;
    /// all of it for whoever writes them.
    earlier: Vec<EarlierHintView>,
}

impl From<HintsOfProject> for HintsView {
    fn from(found: HintsOfProject) -> Self {
        Self {
            project_id: found.project,
            week: found.week,
            open: found.is_open,
            count: found.count,
            hints: found.hints.into_iter().map(HintView::from).collect(),
            requests: found.asked.into_iter().map(HintOfTeamView::from).collect(),
            earlier: found.earlier.into_iter().map(EarlierHintView::from).collect(),
        }
    }
}

/// `GET /v1/projects/{id}/hints`
pub async fn list_hints(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<HintsView>> {
    call.read(|conn, call| {
        let found = actions::list_hints(conn, &call.actor, call.path.id)?;
        Reply::ok(&HintsView::from(found))
    })
    .await
}

fn location(project: Id) -> String {
    format!("/v1/projects/{project}/hints")
}

/// `POST /v1/projects/{id}/hints`
pub async fn create_hint(call: Call<ById, NoQuery, Json<NewHint>>) -> Result<Reply<HintView>> {
    call.write(|conn, call| {
        let made = actions::create_hint(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        Reply::created(location(call.path.id), &HintView::from(made))
    })
    .await
}

/// `PATCH /v1/hints/{id}`
pub async fn change_hint(call: Call<ById, NoQuery, Json<HintPatch>>) -> Result<Reply<HintView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        let changed = actions::change_hint(conn, &call.actor, id, patch, call.if_match, call.now)?;
        let version = changed.version;
        Ok(Reply::ok(&HintView::from(changed))?.version(version))
    })
    .await
}

/// `DELETE /v1/hints/{id}`
pub async fn delete_hint(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete_hint(conn, &call.actor, call.path.id, call.if_match)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `POST /v1/projects/{id}/hints/requests`
pub async fn request_hint(call: Call<ById, NoQuery, Json<HintRequest>>) -> Result<Reply<HintView>> {
    call.write(|conn, call| {
        let (hint, is_new) = actions::ask_hint(conn, &call.actor, call.path.id, call.body.number, call.now)?;
        match is_new {
            true => Reply::created(location(call.path.id), &HintView::from(hint)),
            false => Reply::ok(&HintView::from(hint)),
        }
    })
    .await
}
