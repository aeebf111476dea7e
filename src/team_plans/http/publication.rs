//! Publishing plans over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::plans::PlanView;
use crate::{
    error::Result,
    primitives::{Field, Id, Line},
    team_plans::{
        actions::publication::{self, Preview},
        rules::{NewTeamOf, NewlyVisible},
    },
    teams::model::PersonName,
    web::{ById, ByWeek, Call, Json, NoBody, NoQuery, Reply},
};

/// What to publish.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"weeks": [1, 2]}))]
pub struct Publication {
    /// Publish the rounds of these weeks; all rounds that are not published yet if left out. It cannot be null.
    #[serde(default)]
    weeks: Field<Vec<i32>>,
    /// Whether only to tell who would see what. It cannot be null.
    #[serde(default)]
    dry_run: bool,
}

/// A team plan after its publication, or as it is with `dry_run`.
#[derive(Serialize, JsonSchema)]
pub struct PublishedPlan {
    #[serde(flatten)]
    plan: PlanView,
    /// Who would see what. Only with `dry_run`.
    #[serde(skip_serializing_if = "Option::is_none")]
    preview: Option<PublicationPreview>,
}

/// Who would see what, once rounds are published.
#[derive(Serialize, JsonSchema)]
pub struct PublicationPreview {
    /// The weeks that would be published. All students of the cohort and its staff would see all their teams.
    weeks: Vec<i32>,
    /// What changes for each student of these weeks, by name.
    students: Vec<NewlySeen>,
    /// Those who mentor in the cohort, by name. Each sees the teams from three days before their week to seven days after it.
    mentors: Vec<PersonName>,
}

/// What a student would newly see of their own.
#[derive(Serialize, JsonSchema)]
pub struct NewlySeen {
    /// The student.
    person: PersonName,
    /// Their team in each round.
    teams: Vec<NewOwnTeam>,
    /// The weeks in which they would have no team, because they are absent.
    without_team: Vec<i32>,
}

/// A student's team in a round.
#[derive(Serialize, JsonSchema)]
pub struct NewOwnTeam {
    /// First week of the round.
    first_week: i32,
    /// Last week of the round.
    last_week: i32,
    /// The team's id.
    team_id: Id,
    /// The team's name.
    team_name: Line,
    /// What they look after; null if the programme has no roles.
    role: Option<String>,
}

impl From<NewTeamOf> for NewOwnTeam {
    fn from(team: NewTeamOf) -> Self {
        Self {
            first_week: team.span.first,
            last_week: team.span.last,
            team_id: team.id,
            team_name: team.name,
            role: team.role,
        }
    }
}

impl From<NewlyVisible> for NewlySeen {
    fn from(newly: NewlyVisible) -> Self {
        Self {
            person: newly.person,
            teams: newly.teams.into_iter().map(NewOwnTeam::from).collect(),
            without_team: newly.without_team,
        }
    }
}

impl From<Preview> for PublishedPlan {
    fn from(preview: Preview) -> Self {
        Self {
            plan: preview.plan.into(),
            preview: Some(PublicationPreview {
                weeks: preview.weeks,
                students: preview.students.into_iter().map(NewlySeen::from).collect(),
                mentors: preview.mentors,
            }),
        }
    }
}

/// `POST /v1/team-plans/{id}/publication`
pub async fn publish_team_plan(call: Call<ById, NoQuery, Json<Publication>>) -> Result<Reply<PublishedPlan>> {
    if !call.body.dry_run {
        return call
            .write(|conn, call| {
                let (plan, weeks) = (call.path.id, call.body.weeks.clone().given());
                let plan = publication::publish(conn, &call.actor, plan, weeks.as_deref(), call.if_match, call.now)?;
                reply(PublishedPlan {
                    plan: plan.into(),
                    preview: None,
                })
            })
            .await;
    }
    call.read(|conn, call| {
        let (plan, weeks) = (call.path.id, call.body.weeks.clone().given());
        reply(publication::preview(conn, &call.actor, plan, weeks.as_deref(), call.if_match)?.into())
    })
    .await
}

fn reply(published: PublishedPlan) -> Result<Reply<PublishedPlan>> {
    Ok(Reply::ok(&published)?.version(published.plan.version()))
}

/// `DELETE /v1/cohorts/{id}/weeks/{number}/publication`
pub async fn unpublish_week(call: Call<ByWeek, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByWeek { id, number } = call.path;
        publication::unpublish(conn, &call.actor, id, number.0, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
