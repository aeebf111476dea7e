//! All repairs of a cohort over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::repairs::{RepairOption, RepairView, option};
use crate::{
    error::{Error, Result},
    primitives::{Id, Line, Page, Text},
    teams::{
        actions::{self, AllNeeded, CurrentTeam, Needed},
        model::{Names, PersonName},
    },
    web::{ById, ByPerson, Call, Json, NoBody, NoQuery, Reply},
};

/// Which repairs to make.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"person_id": "0ds8x2v4fmg00", "reason": "Amal has left the course."}))]
pub struct NewTeamRepairs {
    /// Only rounds that this person is gone from; every round that needs a repair if left out.
    person_id: Option<Id>,
    /// Why, seen by staff only. Required unless it is a dry run.
    #[schemars(length(min = 1))]
    reason: Option<Text>,
    /// Whether only to tell what would be done. It cannot be null.
    #[serde(default)]
    dry_run: bool,
}

/// The repairs that a cohort's published rounds need.
#[derive(Serialize, JsonSchema)]
pub struct TeamRepairs {
    /// The rounds that need a repair and are not over, in order.
    data: Vec<RoundRepair>,
}

/// What a published round needs, and what was done.
#[derive(Serialize, JsonSchema)]
pub struct RoundRepair {
    /// First week of the round.
    first_week: i32,
    /// Last week of the round.
    last_week: i32,
    /// People in its teams who leave before it ends or miss all of it.
    gone: Vec<PersonName>,
    /// People who are present and in no team.
    without_team: Vec<PersonName>,
    /// The way with the fewest moves; null if every way breaks a pair rule or a lock.
    option: Option<RepairOption>,
    /// The repair as it stands on record; null if none was made.
    repair: Option<RepairView>,
}

impl RoundRepair {
    fn new(needed: Needed, names: &Names, repair: Option<RepairView>) -> Self {
        Self {
            first_week: needed.round.first_week,
            last_week: needed.round.last_week,
            gone: needed.gone,
            without_team: needed.without_team,
            option: needed.best.map(|best| option((1, best), names, &needed.teams)),
            repair,
        }
    }
}

/// `POST /v1/cohorts/{id}/team-repairs`: works the repairs out in a read, and makes them only if nothing that they depend on has
/// changed meanwhile.
pub async fn repair_all_teams(call: Call<ById, NoQuery, Json<NewTeamRepairs>>) -> Result<Reply<TeamRepairs>> {
    let reason = match (call.body.dry_run, &call.body.reason) {
        (true, _) => None,
        (false, Some(reason)) if !reason.as_str().is_empty() => Some(reason.clone()),
        (false, given) => {
            let code = if given.is_some() { "invalid" } else { "required" };
            return Err(Error::field("/reason", code, "must say why the teams change"));
        }
    };
    let (state, actor, cohort, person, seen, now) = (
        call.state.clone(),
        call.actor,
        call.path.id,
        call.body.person_id,
        call.if_match,
        call.now,
    );
    let needed = state
        .db
        .read(move |conn| actions::prepare_all(conn, &actor, cohort, person, seen, now))
        .await?;
    let Some(reason) = reason.filter(|_| needed.has_any()) else {
        return preview(needed);
    };
    call.write(move |conn, call| {
        let mut made = actions::save_all(conn, &call.actor, &needed, &reason, call.now)?;
        let round = |of_round: &Needed| {
            let repair = made.remove(&of_round.round.id).map(RepairView::from);
            RoundRepair::new(of_round.clone(), &needed.names, repair)
        };
        let data = needed.rounds.iter().map(round).collect();
        Reply::created(
            format!("/v1/cohorts/{}/team-repairs", call.path.id),
            &TeamRepairs { data },
        )
    })
    .await
}

/// A published team that a student is in.
#[derive(Serialize, JsonSchema)]
pub struct StudentTeam {
    /// First week of its round.
    first_week: i32,
    /// Last week of its round.
    last_week: i32,
    /// The team's id.
    team_id: Id,
    /// The team's name.
    team_name: Line,
    /// What they look after; null for nothing.
    role: Option<String>,
    /// Whether they leave before the round ends or miss all of it, so that it needs a repair.
    gone: bool,
}

impl From<CurrentTeam> for StudentTeam {
    fn from(place: CurrentTeam) -> Self {
        let (team_id, team_name) = place.team;
        Self {
            first_week: place.round.first_week,
            last_week: place.round.last_week,
            team_id,
            team_name,
            role: place.role,
            gone: place.is_gone,
        }
    }
}

/// `GET /v1/cohorts/{id}/enrolments/{person_id}/teams`
pub async fn list_student_teams(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<Page<StudentTeam>>> {
    call.read(|conn, call| {
        let ByPerson { id, person_id } = call.path;
        let places = actions::list_student_teams(conn, &call.actor, id, person_id, call.now)?;
        call.page(Page::whole(places).map(StudentTeam::from))
    })
    .await
}

fn preview(needed: AllNeeded) -> Result<Reply<TeamRepairs>> {
    let (version, names) = (needed.fingerprint(), needed.names);
    let data = needed
        .rounds
        .into_iter()
        .map(|needed| RoundRepair::new(needed, &names, None));
    Ok(Reply::ok(&TeamRepairs { data: data.collect() })?.version(version))
}
