//! Arranging the teams of a round over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    edits::EffectView,
    plans::{PlanView, PlannedMember},
};
use crate::{
    error::Result,
    primitives::{Id, Line},
    team_plans::{
        actions::arrangements::{self, ArrangedTeam},
        model::Arrangement,
    },
    web::{ById, Call, Json, NoQuery, Reply},
};

/// The plan with the new teams, or with `dry_run` what they would change.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ArrangementAnswer {
    /// Without `dry_run`.
    Made(Box<PlanView>),
    /// With `dry_run`.
    Preview(ArrangementPreview),
}

/// What an arrangement would do.
#[derive(Serialize, JsonSchema)]
pub struct ArrangementPreview {
    /// The week of the request.
    week: i32,
    #[serde(flatten)]
    effect: EffectView,
    /// The round's teams as they would be.
    teams: Vec<ArrangedTeamView>,
}

/// A team as it would be.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ArrangedTeam")]
pub struct ArrangedTeamView {
    /// The team that it goes on as; null for a new one.
    id: Option<Id>,
    /// That team's name; null for a new one.
    name: Option<Line>,
    /// Who would be in it.
    members: Vec<PlannedMember>,
}

impl From<ArrangedTeam> for ArrangedTeamView {
    fn from(arranged: ArrangedTeam) -> Self {
        let (id, name) = arranged.team.unzip();
        let members = arranged.members.into_iter();
        Self {
            id,
            name,
            members: members.map(|(person, role)| PlannedMember { person, role }).collect(),
        }
    }
}

/// `POST /v1/team-plans/{id}/arrangements`
pub async fn arrange_teams(call: Call<ById, NoQuery, Json<Arrangement>>) -> Result<Reply<ArrangementAnswer>> {
    if !call.body.dry_run {
        return call
            .write(|conn, call| {
                let (plan, asked) = (call.path.id, &call.body.0);
                let made = arrangements::arrange(conn, &call.actor, plan, asked, call.if_match, call.now)?;
                let version = made.plan.version;
                Ok(Reply::ok(&ArrangementAnswer::Made(Box::new(made.into())))?.version(version))
            })
            .await;
    }
    call.read(|conn, call| {
        let (effect, teams) = arrangements::preview(conn, &call.actor, call.path.id, &call.body.0, call.if_match)?;
        Reply::ok(&ArrangementAnswer::Preview(ArrangementPreview {
            week: call.body.week,
            effect: effect.into(),
            teams: teams.into_iter().map(ArrangedTeamView::from).collect(),
        }))
    })
    .await
}
