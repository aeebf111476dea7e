//! Published teams over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::model::{PersonCard, PersonView, Viewer},
    cohorts::model::ProjectView,
    error::Result,
    primitives::{Id, Line, Page, Url, page::PageInfo},
    teams::{
        actions::{self, TeamView, WeekView},
        model::{FullTeam, Member, Round, TeamPatch},
        rules::OwnTeam,
    },
    web::{ById, ByWeek, Call, Json, NoBody, NoQuery, Reply},
};

/// A team, its members and where its work is.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Team")]
pub struct TeamBody {
    /// The team's id.
    id: Id,
    /// Name to show.
    name: Line,
    /// The cohort it belongs to.
    cohort_id: Id,
    /// First week of its round.
    first_week: i32,
    /// Last week of its round.
    last_week: i32,
    /// Where its code is.
    repository_url: Option<Url>,
    /// Where its product runs.
    deployed_url: Option<Url>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// Who is in it.
    members: Vec<TeamMember>,
}

/// Somebody in a team.
#[derive(Serialize, JsonSchema)]
pub struct TeamMember {
    /// Who it is.
    person: PersonView,
    /// What they look after; null if the programme has no roles.
    role: Option<String>,
}

fn body(round: &Round, full: FullTeam, viewer: &Viewer) -> TeamBody {
    let member = |(member, person): (Member, PersonCard)| TeamMember {
        person: viewer.view(person),
        role: member.role,
    };
    TeamBody {
        id: full.team.id,
        name: full.team.name,
        cohort_id: round.cohort_id,
        first_week: round.first_week,
        last_week: round.last_week,
        repository_url: full.team.repository_url,
        deployed_url: full.team.deployed_url,
        version: full.team.version,
        members: full.members.into_iter().map(member).collect(),
    }
}

/// The teams of a week, with what they build.
#[derive(Serialize, JsonSchema)]
pub struct WeekTeams {
    /// The teams; empty until the week is published.
    data: Vec<TeamBody>,
    /// Always the whole list.
    page: PageInfo,
    /// What the teams build this week; null if nothing.
    project: Option<ProjectView>,
}

/// `GET /v1/cohorts/{id}/weeks/{number}/teams`
pub async fn list_week_teams(call: Call<ByWeek, NoQuery, NoBody>) -> Result<Reply<WeekTeams>> {
    call.read(|conn, call| {
        let ByWeek { id, number } = call.path;
        let WeekView {
            project,
            round,
            teams,
            viewer,
            zone,
        } = actions::list_week_teams(conn, &call.actor, id, number.0)?;
        let teams = round
            .iter()
            .flat_map(|round| teams.iter().map(|team| body(round, team.clone(), &viewer)));
        let Page { data, page } = Page::whole(teams.collect());
        let project = project
            .map(|project| ProjectView::of(project, number.0, zone))
            .transpose()?;
        Reply::ok(&WeekTeams { data, page, project })
    })
    .await
}

fn team_reply(view: TeamView) -> Result<Reply<TeamBody>> {
    let version = view.team.team.version;
    Ok(Reply::ok(&body(&view.round, view.team, &view.viewer))?.version(version))
}

/// `GET /v1/teams/{id}`
pub async fn get_team(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<TeamBody>> {
    call.read(|conn, call| team_reply(actions::get_team(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/teams/{id}`
pub async fn change_team(call: Call<ById, NoQuery, Json<TeamPatch>>) -> Result<Reply<TeamBody>> {
    call.write(|conn, call| {
        let patch = &call.body.0;
        team_reply(actions::update_team(
            conn,
            &call.actor,
            call.path.id,
            patch,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// Whose place to explain.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnTeamQuery {
    /// A member of the team; the caller if left out.
    person_id: Option<Id>,
}

/// `GET /v1/teams/{id}/explanation`
pub async fn explain_team(call: Call<ById, OwnTeamQuery, NoBody>) -> Result<Reply<OwnTeam>> {
    call.read(|conn, call| {
        Reply::ok(&actions::explain_team(
            conn,
            &call.actor,
            call.path.id,
            call.query.person_id,
        )?)
    })
    .await
}
